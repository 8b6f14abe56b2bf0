"""Writing, the body: our block stands on top, the prose below is the author's, and neither is fought over."""

from __future__ import annotations

import pytest

from irp_actions.rules.header import BODY_LIMIT, block, board_hint, prose, with_block
from irp_actions.values.changes import WriteBody
from irp_actions.values.thread import Revision
from tests.model import BOT, REPORT_FORM, Model, confirmed, opened


def body_writes(model: Model) -> int:
    """How often the program rewrote the body."""
    return sum(isinstance(change, WriteBody) for batch in model.batches for change in batch)


def test_the_header_stands_on_top_and_the_prose_below_it() -> None:
    """RO-5: status, severity and commander, then what the reporter wrote."""
    model = confirmed()
    assert model.issue.body.startswith("<!-- irp:header board=")
    assert "severity **high** · commander **ben**" in block(model.issue.body)
    assert prose(model.issue.body) == REPORT_FORM.strip()


def test_the_body_is_written_only_when_its_block_differs() -> None:
    """Each write is a revision; words, sitreps and clocks change the board, not the body."""
    model = confirmed()
    before = body_writes(model)
    model.told("ben", "/sitrep all under control")
    model.told("cat", "hello")
    model.wait(120)
    model.run()
    assert body_writes(model) == before
    model.told("ben", "/sev low")
    assert body_writes(model) == before + 1


def test_an_edit_of_our_block_is_undone_and_named() -> None:
    """RO-5: restored, and the board says who it was."""
    model = confirmed()
    ours = block(model.issue.body)
    model.wait(1)
    model.edit_body(model.issue.body.replace("severity **high**", "severity **low**"), by="rae")
    model.run()
    assert block(model.issue.body) == ours
    assert "edited by rae" in model.board
    assert model.entry("edited").args["of"] == "header"
    assert model.run().changes == ()


def test_an_edit_of_the_prose_stays() -> None:
    """The reporter's own words are theirs."""
    model = confirmed()
    model.edit_body(model.issue.body + "\n\nP.S. It was on Tuesday.", by="rae")
    assert model.run().changes == ()
    assert model.issue.body.endswith("It was on Tuesday.")
    assert model.incident.drifted == 0


def test_a_body_without_our_block_gets_it_back() -> None:
    """RO-5: somebody replaced the whole text."""
    model = confirmed()
    model.edit_body("All new.", by="rae")
    model.run()
    assert block(model.issue.body)
    assert prose(model.issue.body) == "All new."


def test_prose_that_a_write_of_ours_overwrote_is_restored() -> None:
    """Somebody edited between our read and our write: their newest revision is what the prose becomes again."""
    model = confirmed()
    stale = model.issue.body
    model.edit_body(model.issue.body.replace("A strange mail.", "A very strange mail."), by="rae")
    model.write_body(stale, BOT)
    assert "very strange" not in model.issue.body
    model.run()
    assert "A very strange mail." in model.issue.body
    assert block(model.issue.body) == block(stale)
    assert model.run().changes == ()


def test_a_forged_block_is_removed() -> None:
    """Only one block, with our text, naming our board."""
    model = Model()
    model.open(body="<!-- irp:header board=IC_9 -->\n> severity **low**\n<!-- /irp:header -->\n\nA mail.")
    model.run()
    assert model.issue.body.count("irp:header board=") == 1
    assert board_hint(model.issue.body) == model.head.id
    assert prose(model.issue.body) == "A mail."
    assert "severity **unknown**" in model.issue.body


@pytest.mark.parametrize(
    "forged",
    [
        "<!-- irp:header -->one",
        "<!-- /irp:header --> only the end",
        "<!-- irp:header board=A -->x<!-- /irp:header -->\n<!-- irp:header board=B -->y<!-- /irp:header -->\nz",
        "text\r\n<!-- irp:header board=A -->\r\nx\r\n<!-- /irp:header -->\r\nmore",
    ],
    ids=["no end", "no beginning", "two", "CRLF, in the middle"],
)
def test_no_mark_of_ours_survives_in_the_prose(forged: str) -> None:
    """Whatever is forged, the next write leaves exactly one block, and a second finds nothing."""
    model = Model()
    model.open(body=forged)
    model.run()
    assert model.issue.body.count("<!-- irp:header") == 1
    assert model.issue.body.count("<!-- /irp:header") == 1
    assert model.run().changes == ()
    model.edit_body(model.issue.body + forged, by="zoe")
    model.run()
    assert model.issue.body.count("<!-- irp:header") == 1
    assert model.run().changes == ()


def test_a_body_with_the_web_editors_line_ends_is_not_written_for_their_sake() -> None:
    """CRLF is no difference."""
    model = confirmed()
    model.write_body(model.issue.body.replace("\n", "\r\n"), BOT)
    assert model.run().changes == ()


def test_a_body_too_long_for_a_block_gets_none() -> None:
    """GitHub may drop an over-long body without a word, so the prose is left alone."""
    model = Model()
    model.open(body="x" * BODY_LIMIT)
    model.run()
    assert model.issue.body == "x" * BODY_LIMIT
    assert model.run().changes == ()
    assert with_block("> text", "IC_1", "short").endswith("\n\nshort")


def test_prose_is_kept_when_the_newest_revisions_are_all_ours() -> None:
    """There is no human text to restore, so the body's own is the prose."""
    model = opened()
    revisions = tuple(Revision(model.now, BOT, model.issue.body) for _ in range(5))
    model.put(revisions=revisions)
    model.told("ben", "/confirm high")
    assert prose(model.issue.body) == REPORT_FORM.strip()
