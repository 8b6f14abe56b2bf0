"""Evidence: snapshots, logs and screen captures first; who has it, where it is, whose hands it went through (RE-5)."""

from __future__ import annotations

import pytest

from tests.model import confirmed, opened
from tests.rules.working import at_work

SHA = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
PRESERVE = "Before you change anything: snapshots, logs, screen captures"


def test_the_board_asks_for_evidence_until_there_is_some() -> None:
    """RE-5: as soon as somebody is on it, and not in the reporter's comfort."""
    model = opened()
    assert PRESERVE not in model.board
    model.told("ben", "on it")
    assert PRESERVE in model.board
    assert "Cut off rather than shut down" in model.board
    model.told("ben", "/evidence screen capture of the mail")
    assert PRESERVE not in model.board


def test_evidence_stands_on_the_board_with_holder_and_place() -> None:
    """RE-5: and with the beginning of its digest."""
    model = confirmed()
    assert model.told("ben", f"/evidence disk snapshot in vault ir-7, sha256: {SHA}") == ""
    assert "**Evidence:** **E1** disk snapshot in vault ir-7, with ben (sha256 e3b0c442…)." in model.board
    assert model.incident.work.evidence[0].sha256 == SHA
    model.told("ben", "/evidence @cat the laptop itself")
    assert "**E2** the laptop itself, with cat" in model.board


@pytest.mark.parametrize("digest", ["e3b0c442", SHA[:-1], SHA + "0", "zz" * 32])
def test_a_digest_of_the_wrong_length_is_recorded_and_marked(digest: str) -> None:
    """RE-5: never refused, and never called a digest."""
    model = confirmed()
    assert model.told("ben", f"/evidence auth.log sha256:{digest}") == ""
    piece = model.incident.work.evidence[0]
    assert (piece.sha256, piece.misspelt) == ("", True)
    assert "**its sha256 is not 64 hexadecimal digits**" in model.board
    model.told("ben", f"/evidence E1 sha256:{SHA.upper()}")
    piece = model.incident.work.evidence[0]
    assert (piece.sha256, piece.misspelt) == (SHA, False)


def test_words_about_a_digest_are_no_digest() -> None:
    """RE-5: `sha256 to follow` is a plan."""
    model = confirmed()
    model.told("ben", "/evidence auth.log, sha256 to follow")
    assert not model.incident.work.evidence[0].misspelt


@pytest.mark.parametrize(
    "typed",
    [
        "/custody E1 @ben → @cat in the safe",
        "/custody E1 @ben -> @cat in the safe",
        "/custody E1 @ben to @cat in the safe",
        "/custody E1 @cat in the safe",
        "/custody @cat in the safe",
        "/evidence E1 @cat in the safe",
    ],
)
def test_a_change_of_hands_is_kept_with_giver_taker_and_place(typed: str) -> None:
    """RE-5: however the arrow is typed; the giver is whoever had it, where nobody says."""
    model = at_work()
    assert model.told("ben", typed) == ""
    piece = model.incident.work.evidence[0]
    assert [(step.giver, step.holder) for step in piece.chain] == [("ben", "cat")]
    assert "with cat, in the safe" in model.board


def test_evidence_can_move_in_the_same_hands() -> None:
    """RE-5: its present place is what counts."""
    model = at_work()
    model.told("ben", "/evidence E1 in the bank")
    assert "**E1** disk image of web-1 in vault ir-7, with ben, in the bank" in model.board


def test_a_change_of_hands_that_was_told_by_another_says_who_gave_it() -> None:
    """RE-5: the record follows the thing, not the teller."""
    model = at_work()
    model.told("ana", "/custody E1 @cat → @ana")
    assert [(step.giver, step.holder) for step in model.incident.work.evidence[0].chain] == [("cat", "ana")]


def test_which_evidence_is_meant_is_asked_where_it_is_not_plain() -> None:
    """RE-5: of two, of none, of a number that nothing has."""
    model = at_work()
    model.told("ben", "/evidence auth.log")
    assert "Which one? `/custody E1 @from → @to`, or another of E1, E2" in model.told("ben", "/custody @cat")
    assert "No evidence is noted yet" in confirmed().told("ben", "/custody @cat")
    assert "There is no E9" in model.told("ben", "/custody E9 @cat")
    assert "There is no E9" in model.told("ben", "/evidence E9 in the safe")
    assert "One at a time" in model.told("ben", "/custody E1 E2")


def test_only_so_much_stays_in_the_head() -> None:
    """RE-5: the last pieces, and the last changes of hands of each."""
    model = at_work()
    for place in range(8):
        model.told("ben", f"/custody E1 @{('cat', 'ana')[place % 2]} safe {place}")
    assert len(model.incident.work.evidence[0].chain) == 6
    for place in range(20):
        model.told("ben", f"/evidence log {place}")
    assert model.incident.work.evidence[0].id == "E2"
    assert "And 15 older." in model.board


def test_every_step_of_custody_stands_in_the_report() -> None:
    """RE-5: an investigator can follow it."""
    model = at_work()
    model.told("ben", "/custody E1 @ben → @cat in the safe")
    model.told("ben", "/resolve\n/close")
    assert "ben handed E1 from ben to cat: in the safe" in model.ours[-1].body
