"""Things to do: assigned, done, verified by the commander; immediate ones before it is resolved (RE-2, RE-3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from irp_actions.rules.commands.gates_work import may_verify
from irp_actions.rules.commands.remediate import with_checklist
from tests.model import PACKAGED, confirmed
from tests.rules.working import at_work


def test_an_item_is_a_box_on_the_board() -> None:
    """RE-2: with its number, its words and whose it is."""
    model = confirmed()
    assert model.told("ben", "/todo @cat rotate the key\n/todo find out who else has it") == ""
    assert "- [ ] **T1** rotate the key — cat" in model.board
    assert "- [ ] **T2** find out who else has it — **nobody yet**" in model.board


@pytest.mark.parametrize("typed", ["/todo deferred @cat harden it", "/todo @cat deferred: harden it"])
def test_a_deferred_item_is_told_apart(typed: str) -> None:
    """RE-3: whichever way round it is typed."""
    model = confirmed()
    model.told("ben", typed)
    assert "- [ ] **T1** (deferred) harden it — cat" in model.board
    assert [item.id for item in model.incident.work.deferred] == ["T1"]
    assert model.incident.work.open_now == ()


def test_an_item_changes_hands_and_class_by_its_number() -> None:
    """RE-2, RE-3: quietly."""
    model = at_work()
    assert model.told("ben", "/todo T1 @cat") == ""
    assert model.incident.work.items[0].who == "cat"
    model.told("ben", "/todo T1 deferred")
    assert model.incident.work.items[0].deferred
    model.told("ben", "/todo T1 immediate only production")
    assert not model.incident.work.items[0].deferred
    assert "rotate the key — cat; only production" in model.board


def test_somebody_s_possession_is_no_assignment() -> None:
    """RE-2: `ana's key` is a key."""
    model = confirmed()
    model.told("ben", "/todo ana's key must go")
    assert model.incident.work.items[0].who == ""
    assert "ana's key must go" in model.board


def test_done_by_number_with_its_time() -> None:
    """RE-2: it waits to be verified."""
    model = at_work()
    assert model.told("cat", "/done T1 03:12 rotated everywhere") == ""
    done = model.incident.work.items[0].done
    assert done is not None
    assert (done.by, f"{done.at:%H:%M}") == ("cat", "03:12")
    assert "- [x] **T1** rotate the key — cat; verify: `/verify T1`" in model.board


def test_a_bare_done_means_the_only_open_item_of_its_author() -> None:
    """RE-2: of two, or of none, it is asked which."""
    model = at_work()
    assert "Which one? `/done T1`" in model.told("cat", "/done")
    model.told("ben", "/done")
    assert model.incident.work.items[0].done is not None
    model.told("ana", "/todo @ben second\n/todo @ben third")
    assert "Which one? `/done T2`, or another of T2, T3" in model.told("ben", "/done")
    model.told("ben", "/done T2")
    model.told("ben", "/done")
    assert model.incident.work.open_now == ()
    assert "Nothing is open" in model.told("ben", "/done")


@pytest.mark.parametrize("typed", ["/done T1 T2", "/done T1, T2", "/done L1", "/verify T1 D1"])
def test_two_numbers_in_a_line_are_not_guessed_at(typed: str) -> None:
    """RE-2: nor is the number of another kind of thing."""
    model = at_work()
    assert "One at a time, please" in model.told("ben", typed)
    assert model.incident.work.items[0].done is None


@pytest.mark.parametrize("typed", ["/todo T9 @cat", "/done T9", "/verify T9 no"])
def test_a_number_that_nothing_has_is_asked_about(typed: str) -> None:
    """RE-2: with the numbers there are."""
    assert "There is no T9; there is T1. Nothing was done." in at_work().told("ben", typed)


def test_what_was_done_can_be_taken_back() -> None:
    """RE-2: `/done T1 no`."""
    model = at_work()
    model.told("ben", "/done T1")
    model.told("cat", "/done T1 no, staging still has it")
    assert model.incident.work.items[0].open
    assert "rotate the key — ben; staging still has it" in model.board


def test_the_commander_verifies() -> None:
    """RE-2: a verified item leaves the list and is counted."""
    model = at_work()
    model.told("cat", "/done T1")
    assert "The commander (ben) verifies" in model.told("ana", "/verify T1")
    assert model.incident.work.items[0].verified is None
    model.told("ben", "/verify")
    assert "**T1**" not in model.board
    assert "1 done and verified." in model.board


def test_what_proves_undone_is_open_again() -> None:
    """RE-2: `/verify T1 no` and why."""
    model = at_work()
    model.told("cat", "/done T1")
    model.told("ben", "/verify T1 no, the old key still works")
    assert model.incident.work.items[0].open
    assert "the old key still works" in model.board


def test_the_deputy_verifies_too() -> None:
    """RE-2: in the commander's place."""
    model = at_work()
    model.told("ana", "/take deputy")
    model.told("cat", "/done T1")
    model.told("ana", "/verify T1")
    assert model.incident.work.items[0].verified is not None


def test_what_the_commander_did_somebody_else_may_verify() -> None:
    """RE-2: four eyes are better than a rule."""
    model = at_work()
    model.told("ben", "/done T1")
    model.told("cat", "/verify T1")
    item = model.incident.work.items[0]
    assert item.verified is not None
    assert not item.alone


def test_one_person_alone_verifies_their_own_work_and_it_says_so() -> None:
    """IN-5, RE-2: it works with one participant from end to end."""
    model = confirmed()
    model.told("ben", "/todo @ben pull the plug")
    model.told("ben", "/done\n/verify")
    assert "1 done and verified, T1 by whoever did it." in model.board


def test_without_a_commander_anybody_of_the_team_verifies() -> None:
    """RE-2: nobody waits for an empty chair."""
    model = at_work()
    model.told("cat", "/done T1")
    model.told("ana", "/verify T1")
    verify = replace(model.entry("done"), call="verify", by=model.entry("todo").by)
    assert may_verify(model.incident, verify) is not None
    assert may_verify(replace(model.incident, roles={}), verify) is None


def test_a_word_that_means_nothing_before_an_argument_stays_in_a_text() -> None:
    """RE-2: `to @cat` names cat, and `now or never` is what was said."""
    model = confirmed()
    model.told("ben", "/todo to @cat now or never")
    assert "**T1** now or never — cat" in model.board


def test_nothing_to_verify_is_said() -> None:
    """RE-2: with what to type instead."""
    assert "Nothing waits to be verified" in at_work().told("ben", "/verify")


def test_verifying_what_nobody_called_done_says_both() -> None:
    """RE-2: the commander saw that it is done."""
    model = at_work()
    model.told("ben", "/verify T1 saw it")
    item = model.incident.work.items[0]
    assert item.done is not None
    assert item.verified is not None


def test_a_number_alone_changes_nothing() -> None:
    """RE-2: it is asked about."""
    for typed in ("/todo", "/todo T1", "/todo @cat", "/todo deferred @cat"):
        assert "type it like `/todo T1 @ben`" in at_work().told("ben", typed), typed


def test_items_are_for_the_team() -> None:
    """RE-2: nobody else takes or gives work."""
    assert "`/todo` is for the team" in confirmed().told("zoe", "/todo panic")


def test_whoever_is_named_for_an_item_needs_no_permission_to_be_looked_up() -> None:
    """RE-2: an item gives nobody authority, so GitHub is not asked about them."""
    model = confirmed()
    model.unreachable = frozenset({"*"})
    model.told("ben", "/todo @wes look at the firewall")
    assert model.incident.work.items[0].who == "wes"


def test_calling_it_resolved_with_open_work_is_recorded_and_mentioned_once() -> None:
    """RE-3: never refused, and never worth a comment of its own: the draft of the report comes anyway (CL-3)."""
    model = at_work()
    model.told("ben", "/todo deferred later")
    assert model.told("ben", "/resolve").count("irp:note") == 1
    assert "**Open items at the time of resolving:**\n\n- T1 " in model.ours[-1].body
    assert "\n- L1 " in model.ours[-1].body
    assert model.incident.status == "resolved"
    said = model.told("cat", "/brief")
    assert "It was called resolved while T1, L1 were open." in said
    assert "called resolved" not in model.told("cat", "/brief")


def test_what_is_done_meanwhile_is_not_mentioned() -> None:
    """RE-3: only what still holds."""
    model = at_work()
    model.told("ben", "/resolve")
    model.told("ben", "/done T1\n/lead L1 dropped")
    assert "called resolved" not in model.told("cat", "/brief")


def test_a_commander_who_takes_an_item_hears_it_once() -> None:
    """RO-2: with the next comment that goes out anyway, and only when there are others."""
    model = confirmed()
    model.told("ben", "/todo @ben look")
    assert "keeps the overview" not in model.told("ben", "/brief")
    model.told("cat", "here")
    assert model.told("ben", "/todo @ben look again") == ""
    assert "ben, a commander keeps the overview" in model.told("cat", "/brief")
    model.told("ben", "/done T1")
    assert "keeps the overview" not in model.told("cat", "/brief")


def test_a_commander_who_does_an_item_hears_it_too() -> None:
    """RO-2: whoever it was given to."""
    model = confirmed()
    model.told("cat", "/todo @cat look")
    model.told("ben", "/done T1")
    assert "ben, a commander keeps the overview" in model.told("cat", "/brief")


def test_a_number_is_never_used_again_even_if_what_it_named_is_taken_back() -> None:
    """RE-2: whoever noted T3 meanwhile still has T3."""
    model = confirmed()
    model.told("ben", "/todo first")
    model.told("cat", "/kind dos\n/lead odd traffic")
    model.told("ana", "/todo mine")
    assert [item.id for item in model.incident.work.items] == ["T1", "T2", "T3", "T4", "T5"]
    model.told("ben", "/undo")
    assert [item.id for item in model.incident.work.items] == ["T2", "T3", "T4", "T5"]
    model.told("cat", "/undo\n/lead another")
    model.told("ben", "/todo one more")
    assert model.incident.work.items[-1].id == "T6"
    assert [lead.id for lead in model.incident.work.leads] == ["L2"]


def test_naming_the_kind_puts_its_checklist_in_once() -> None:
    """RE-7: disable, preserve, rotate, scrub, in this order."""
    model = confirmed()
    model.told("ben", "/kind key")
    words = PACKAGED.checklists["credential"].items
    assert [item.words for item in model.incident.work.items] == list(words)
    assert f"- [ ] **T1** {words[0]} — **nobody yet**" in model.board
    model.told("ben", "/kind credential")
    assert len(model.incident.work.items) == len(words)
    model.told("ben", "/todo T2 @cat")
    assert f"**T2** {words[1]} — cat" in model.board


def test_every_kind_begins_with_what_must_not_be_lost_or_waited_for() -> None:
    """RE-5, RE-6, RE-7: each in the order in which it has to be done."""
    first = {kind: checklist.items[0].split()[0] for kind, checklist in PACKAGED.checklists.items()}
    assert first == {"credential": "Disable", "exposure": "Tell", "host": "Take", "dos": "Save", "phishing": "Keep"}
    exposure = " ".join(PACKAGED.checklists["exposure"].items)
    for duty in ("owner of the information", "received it", "obliged"):
        assert duty in exposure


def test_an_impact_can_put_a_checklist_in() -> None:
    """RE-6: exposure brings its duties, once, and never by a guess."""
    model = confirmed()
    model.told("ben", "/timeline 03:00 the customer list was sent out")
    incident, entry = model.incident, model.entry("timeline")
    assert incident.work.items == ()
    exposed = with_checklist(incident, entry, "exposure")
    assert len(exposed.work.items) == len(PACKAGED.checklists["exposure"].items)
    assert with_checklist(exposed, entry, "exposure") == exposed
    assert with_checklist(exposed, entry, "weather") == exposed


def test_a_title_puts_nothing_in_by_itself() -> None:
    """RE-7: a guess never acts."""
    model = confirmed()
    model.put(title="Leaked credential in a public repository")
    model.told("ben", "on it")
    assert model.incident.work.items == ()
    assert "A checklist: `/kind credential`, `/kind exposure`" in model.board


def test_a_kind_without_a_checklist_is_asked_about() -> None:
    """RE-7: with kinds there are."""
    assert "`/kind credential`" in confirmed().told("ben", "/kind weather")


def test_only_so_many_items_stay_in_the_head_and_the_verified_ones_go_first() -> None:
    """RE-2: the record's head stays small."""
    model = at_work()
    model.told("ben", "/verify T1")
    for _ in range(2):
        model.told("ben", "\n".join(f"/todo thing {place}" for place in range(20)))
    ids = [item.id for item in model.incident.work.items]
    assert (len(ids), ids[0], ids[-1]) == (40, "T2", "T41")
    assert "and 28 more." in model.board
    assert len(model.head.body) < 44_000
