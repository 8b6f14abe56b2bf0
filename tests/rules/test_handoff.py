"""Handoff: a ceremony of two, from the offer to the release (HO-1 to HO-5, HO-8)."""

from __future__ import annotations

import pytest

from irp_actions.values.incident import Handoff
from tests.model import START, Model, confirmed, policy_with
from tests.outsiders import telling


def handed(briefing: str = "night shift; failover is the open lead") -> Model:
    """Ben is in command and has offered it to cat."""
    model = confirmed()
    model.told("ben", f"/handoff ic @cat {briefing}")
    return model


def last(model: Model) -> Handoff:
    """The newest ceremony."""
    return model.incident.handoffs[-1]


def clocks(model: Model) -> set[str]:
    """The rules whose clocks run."""
    return {clock.rule for clock in model.incident.clocks}


@pytest.mark.parametrize("typed", ["/handoff ic @cat go", "/ic @cat go", "/handoff @cat go", "/Handoff to @cat: go"])
def test_the_holder_offers_the_role_in_any_of_the_ways_people_type(typed: str) -> None:
    """HO-1: one's only role need not be named."""
    model = confirmed()
    model.told("ben", typed)
    assert (last(model).role, last(model).outgoing, last(model).incoming) == ("ic", "ben", "cat")


def test_nobody_else_can_hand_it_over() -> None:
    """HO-1: the holder starts the handoff, and the others are told who that is."""
    model = confirmed()
    said = model.told("cat", "/handoff ic @ana")
    assert model.incident.handoffs == ()
    assert "The incident commander is ben" in said


def test_the_commander_may_give_away_a_role_that_nobody_holds() -> None:
    """RO-3: the empty communications officer's chair."""
    model = confirmed()
    model.told("ben", "/handoff co @cat")
    assert last(model).role == "co"
    model.told("cat", "/accept")
    assert model.incident.holder("co") == "cat"
    assert "HO-5" not in clocks(model)


def test_an_empty_role_is_done_by_the_commander_until_somebody_accepts_it() -> None:
    """RO-3, HO-8: as the board has it; whoever gave what they did not hold is not sent to rest."""
    model = confirmed()
    model.told("ben", "/handoff co @cat")
    assert "Until then ben does it, as incident commander." in model.ours[0].body
    assert "| **Communications officer** | the incident commander |" in model.board
    model.told("cat", "/accept")
    assert "- [x] ben stays incident commander." in model.ours[0].body
    model.told("ben", "/handoff ic @ana\n/handoff scribe @cat")
    model.told("ana", "/accept")
    model.wait(20)
    model.run()
    empty, command, scribe = (comment.body for comment in model.ours[:3])
    assert "Until then nobody holds it." in scribe
    assert "ben was released at 03:35 UTC. Thank you; get some rest." in command
    assert "- [x] ben stays incident commander." in empty
    assert "get some rest" not in empty


def test_a_ceremony_that_is_over_says_who_held_what_then() -> None:
    """HO-8: its comment is not amended for what comes after it, whether it was accepted, declined or taken back."""
    model = confirmed()
    model.told("ben", "/handoff co @cat")
    model.told("cat", "/accept")
    model.told("ben", "/handoff scribe @ana")
    model.told("ana", "/decline")
    model.told("ben", "/handoff ic @ana")
    model.told("ben", "/undo")
    model.told("ben", "/handoff ic @cat")
    model.told("cat", "/decline")
    before = [comment.body for comment in model.ours if "irp:note handoff:" in comment.body]
    said = ("ben stays incident commander.", "The role stays with nobody.", "ben is incident commander", "with ben.")
    assert len(before) == len(said)
    assert all(words in body for words, body in zip(said, before, strict=True))
    model.told("ben", "/leave")
    model.told("ana", "/take ic")
    model.told("cat", "/take scribe")
    assert [comment.body for comment in model.ours if "irp:note handoff:" in comment.body] == before


def test_whoever_keeps_another_role_is_not_sent_to_rest() -> None:
    """HO-5: released of the one, they stay what else they are."""
    model = confirmed()
    model.told("ben", "/take co\n/take scribe\n/handoff co @cat\n/sitrep cat speaks for us from now on")
    model.told("cat", "/accept")
    assert "- [ ] ben stays at hand until 03:33 UTC." in model.ours[0].body
    model.wait(20)
    model.run()
    assert "- [x] ben stays incident commander and scribe." in model.ours[0].body
    assert "get some rest" not in model.ours[0].body


def test_an_empty_role_that_is_declined_stays_with_the_commander() -> None:
    """RO-3, HO-2: it is nobody's alone only where nobody commands."""
    model = confirmed()
    model.told("ben", "/handoff co @cat")
    model.told("cat", "/decline")
    assert "cat declined at 03:13 UTC. ben goes on doing it, as incident commander." in model.ours[0].body


def test_the_incoming_person_reads_what_is_due_to_those_outside() -> None:
    """HO-1: every clock they take over, with the party's name; not the one of this very offer."""
    model = telling("cert", "isso", "readers")
    model.told("ben", "/handoff co @cat")
    (running,) = (row for row in model.ours[0].body.split("\n") if "Running: " in row)
    assert "; first notice outside: national CERT by 23:11 EST (04:11 UTC);" in running
    assert running.endswith("; daily word outside: the ISSO, the readers by Mon 02 Mar 16:00 EST (21:00 UTC).")
    assert "answer to the handoff" not in running


def test_others_may_not_give_away_an_empty_role_but_may_take_it() -> None:
    """RO-3: everyone may step forward for themselves."""
    model = confirmed()
    assert "`/take co`" in model.told("cat", "/handoff co @ana")
    model.told("cat", "/take co")
    assert model.incident.holder("co") == "cat"


def test_with_several_roles_one_has_to_be_named() -> None:
    """HO-1: which of them is not guessed."""
    model = confirmed()
    model.told("ben", "/take co")
    said = model.told("ben", "/handoff @cat go")
    assert "say which role: `/handoff ic @cat`" in said
    assert model.incident.handoffs == ()


def test_without_any_role_there_is_nothing_to_hand_over() -> None:
    """HO-1: the answer says how a commander is got."""
    model = confirmed()
    assert "You hold no role" in model.told("cat", "/handoff @ana")


def test_a_missing_briefing_is_flagged_not_refused() -> None:
    """HO-1: the facts are added from the record, the human line is asked for."""
    model = handed("")
    assert not last(model).briefed
    assert "No briefing was written" in model.ours[-1].body
    assert "severity high" in model.ours[-1].body


def test_a_briefing_is_quoted_with_the_facts_of_the_record() -> None:
    """HO-1: what the incoming person needs stands in one comment, and mentions only them."""
    model = handed()
    body = model.ours[-1].body
    assert "> night shift; failover is the open lead" in body
    assert "@cat" in body
    assert "@ben" not in body
    assert "severity high" in body


def test_the_role_s_card_stands_in_the_comment_of_its_handoff() -> None:
    """RO-6: whoever is offered a role reads what it asks of them, until they have answered."""
    model = handed()
    card = model.policy.roles["ic"].card
    assert [comment.body.count(card) for comment in model.ours] == [1]
    model.told("cat", "/accept")
    assert [comment.body.count(card) for comment in model.ours] == [0]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("/handoff ic @ben me", "names you alone"),
        ("/handoff ic @zoe go", "neither on the roster nor with write access"),
        ("/handoff ic @acme/responders go", "not to a team"),
        ("/handoff ic @siem[bot] go", "not to a program"),
        ("/handoff ic @cat @ana go", "either cat or ana"),
        ("/handoff ic", "Name one person with an @"),
        ("/handoff ic nobody-known go", "names nobody"),
        ("/ic @ben me", "names you alone"),
        ("/ic @zoe go", "neither on the roster nor with write access"),
    ],
)
def test_a_role_goes_to_one_person_who_may_act(typed: str, says: str) -> None:
    """HO-1: each wrong receiver has one clear answer."""
    model = confirmed()
    assert says in model.told("ben", typed)
    assert model.incident.handoffs == ()


def test_a_receiver_with_write_access_is_as_good_as_the_roster() -> None:
    """HO-1: asked of GitHub at the time of the offer, and pinned."""
    model = confirmed(writers=frozenset({"wes"}))
    model.told("ben", "/handoff ic @wes go")
    assert last(model).incoming == "wes"
    assert model.entry("handoff").args["standing"] == "responder"


def test_a_roster_member_may_be_named_without_the_at_sign() -> None:
    """HO-1: people type names."""
    model = confirmed()
    model.told("ben", "/handoff ic to cat, night shift")
    assert last(model).incoming == "cat"


@pytest.mark.parametrize("typed", ["/handoff ic @cat please", "/ic @cat please"])
def test_the_same_offer_again_only_mails_people_and_is_refused(typed: str) -> None:
    """HO-1: the answer says what is awaited."""
    model = handed()
    assert "is offered to cat already" in model.told("ben", typed)


def test_another_offer_of_the_same_role_withdraws_the_first() -> None:
    """HO-1: only one person can accept."""
    model = handed()
    model.told("ben", "/handoff ic @ana cat sleeps")
    first, second = model.incident.handoffs
    assert first.withdrawn
    assert second.pending
    assert "No role is offered to you" in model.told("cat", "/accept") or model.incident.holder("ic") == "ben"
    assert "Withdrawn" in next(x.body for x in model.ours if x.body.startswith("<!-- irp:note handoff"))


@pytest.mark.parametrize("typed", ["/accept", "/ic", "/accept ic", "/accepted thanks", "/i have it"])
def test_only_the_incoming_persons_yes_moves_the_role(typed: str) -> None:
    """HO-2, HO-3: header, board and assignees change at acceptance."""
    model = handed()
    assert model.incident.holder("ic") == "ben"
    model.told("cat", typed)
    assert model.incident.holder("ic") == "cat"
    assert model.incident.roles["ic"].how == "handoff"
    assert "commander **cat**" in model.issue.body
    assert model.issue.assignees == {"cat"}


@pytest.mark.parametrize("login", ["ben", "ana"])
@pytest.mark.parametrize("answer", ["/accept", "/decline"])
def test_nobody_else_can_answer_for_them(answer: str, login: str) -> None:
    """HO-2: not even the one who offered it."""
    model = handed()
    assert "was offered to cat" in model.told(login, answer)
    assert model.incident.holder("ic") == "ben"
    assert last(model).pending


def test_a_declined_offer_leaves_the_role_where_it_is() -> None:
    """HO-2: and says so in the same comment."""
    model = handed()
    model.told("cat", "/decline asleep in ten minutes")
    assert last(model).declined_at is not None
    assert model.incident.holder("ic") == "ben"
    assert "cat declined" in model.ours[-1].body
    assert "HO-2" not in clocks(model)


def test_an_unanswered_offer_is_asked_about_after_ten_minutes_at_high() -> None:
    """HO-2: the incoming person, by name."""
    model = handed()
    model.told("ben", "/sitrep waiting", after=5)
    model.wait(16)
    said = model.heard()
    assert "Answer to the handoff" in said
    assert "@cat" in said


def test_at_medium_an_answer_has_until_the_next_morning() -> None:
    """HO-2: the end of the quiet hours, on a working day."""
    model = confirmed("medium")
    model.told("ben", "/handoff ic @cat go")
    clock = next(clock for clock in model.incident.clocks if clock.rule == "HO-2")
    assert clock.due == START.replace(hour=8, minute=30)


def test_the_new_commander_owes_a_sitrep_that_notes_the_handoff() -> None:
    """HO-4: open on the board until it is posted."""
    model = handed()
    model.told("cat", "/accept")
    assert "HO-4" in clocks(model)
    assert "| Sitrep of the new commander | cat |" in model.board
    model.told("ben", "/sitrep cat has it")
    assert "HO-4" in clocks(model)
    model.told("cat", "/sitrep ok")
    assert "HO-4" not in clocks(model)
    text = model.record.text_of(model.entry("sitrep").n)
    assert text is not None
    assert "handed from ben to cat" in text


def test_the_outgoing_person_stays_for_twenty_minutes_and_is_then_released() -> None:
    """HO-5: by the program itself, at the due time, however late it looks."""
    model = handed()
    model.told("cat", "/accept")
    accepted = model.now
    assert "ben stays at hand" in model.board
    model.told("cat", "/sitrep mine", after=2)
    model.wait(60)
    model.run()
    released = last(model).released_at
    assert released is not None
    assert (released - accepted).total_seconds() == 20 * 60
    assert last(model).finished
    assert "ben was released at 03:33 UTC" in model.ours[0].body


def test_two_ceremonies_can_run_at_once() -> None:
    """HO-8: each has its own comment and its own clocks."""
    model = handed()
    model.told("ben", "/handoff co @ana tell the customers")
    assert [key.split(":")[1] for key in model.said_keys if key.startswith("handoff")] == ["ic", "co"]
    model.told("ana", "/accept")
    model.told("cat", "/accept")
    assert (model.incident.holder("ic"), model.incident.holder("co")) == ("cat", "ana")


def test_after_closing_nobody_hands_anything_over() -> None:
    """CL-5: acting again begins with `/reopen`."""
    model = confirmed()
    model.told("ben", "/close done")
    assert "`/reopen` first" in model.told("ben", "/handoff @cat go")


def test_handing_over_to_oneself_is_answered_with_somebody_else() -> None:
    """HO-1: the example is another person of the roster, and the role is the one that was meant."""
    assert "like `/handoff ic @ana`" in confirmed().told("ben", "/handoff ic @ben")
    alone = confirmed(policy=policy_with(("ben",)))
    assert "Name somebody else." in alone.told("ben", "/ic @ben")


def test_accepting_one_of_two_offers_names_the_other() -> None:
    """HO-2: a bare `/accept` takes the older one, and the other does not wait unseen."""
    model = handed()
    model.told("ben", "/take co")
    model.told("ben", "/handoff co @cat tell the customers")
    said = model.told("cat", "/accept")
    assert model.incident.holder("ic") == "cat"
    assert "@cat that was one of 2. Communications officer is offered to you as well: `/accept co`" in said
    assert "as well" not in model.told("cat", "/accept")
    assert model.incident.holder("co") == "cat"


def test_an_offer_after_the_acceptance_is_not_named_again() -> None:
    """HO-2: its own comment has just asked."""
    model = handed()
    model.told("cat", "/accept")
    model.told("ben", "/take co")
    assert "as well" not in model.told("ben", "/handoff co @cat tell the customers")
