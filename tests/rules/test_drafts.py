"""Drafts: with everything that is due comes the text for it, and `/sitrep ok` posts exactly what was shown."""

from __future__ import annotations

import re

import pytest

from irp_actions.rules.drafts import LONGEST, SITREP_CLOCKS, sitrep_draft
from tests.model import Model, confirmed, opened, policy_with
from tests.outsiders import policy_telling


def posted(model: Model) -> str:
    """The text of the last sitrep."""
    assert model.incident.sitrep is not None
    return model.record.text_of(model.incident.sitrep.n) or ""


def shown(said: str) -> str:
    """The description in an answered draft."""
    found = re.search(r"> \*\*Description\*\*: (.*(?:\n> .*)*)", said)
    assert found
    return found[1].replace("\n> ", "\n")


def offered(said: str) -> str:
    """The draft that a reminder shows."""
    found = re.search(r"posts this as it is:\n((?:> .*\n?)+)", said)
    assert found
    return found[1].replace("> ", "").strip()


def test_a_bare_sitrep_shows_the_draft_with_the_fields_of_a_sitrep() -> None:
    """CO-3: subject, severity, commander, responders, description."""
    said = confirmed().told("ben", "/sitrep")
    for field in ("**Subject**: [sitrep] Odd mail", "**Severity**: high", "**IC**: ben", "**Responders**: ben"):
        assert field in said


def test_the_first_draft_says_what_was_reported_and_when_it_was_confirmed() -> None:
    """CO-3, AS-8: there is nothing before it."""
    assert shown(confirmed().told("ben", "/sitrep")) == (
        "Confirmed, severity high, not contained. ben is in command."
        "\nReported at 03:10 UTC by rae: Odd mail. Confirmed at 03:11 UTC."
    )


def test_a_draft_before_anything_is_confirmed_does_not_say_that_it_is() -> None:
    """CO-3: it is an event still."""
    said = shown(opened().told("ben", "/sitrep"))
    assert said.startswith("Investigating, severity unknown")
    assert "Confirmed" not in said


def test_a_later_draft_says_what_changed_since_the_last_sitrep() -> None:
    """CO-3: severity, containment, roles, and whom somebody told."""
    model = confirmed(policy=policy_telling("cert", zone="UTC"))
    model.told("ben", "/sitrep key revoked, logs are being read")
    model.told("ben", "/sev medium nothing was read\n/contained 03:05")
    model.told("cat", "/take co")
    model.told("cat", "/told us-cert by phone")
    said = shown(model.told("ben", "/sitrep"))
    assert said.count("contained since 03:05 UTC") == 1
    assert "Confirmed, severity medium, contained since 03:05 UTC." in said
    assert "Since the last sitrep at 03:12 UTC: severity medium; communications officer cat" in said
    assert "told national CERT." in said


def test_an_empty_record_says_so() -> None:
    """CO-3: nothing is made up."""
    model = confirmed()
    model.told("ben", "/sitrep key revoked, logs are being read")
    assert "The record shows nothing new since the last sitrep at 03:12 UTC." in shown(model.told("ben", "/sitrep"))


def test_a_draft_repeats_the_last_words_of_a_person_once_and_never_those_of_a_draft() -> None:
    """CO-3: the quotation does not grow from draft to draft."""
    model = confirmed()
    model.told("ben", "/sitrep key revoked, logs are being read")
    for _ in range(4):
        model.told("cat", "/sitrep ok", after=30)
        assert posted(model).count("key revoked, logs are being read") == 1
        assert posted(model).endswith('ben at 03:12 UTC: "key revoked, logs are being read"')


def test_ok_posts_exactly_the_draft_that_was_shown() -> None:
    """CO-3: word for word."""
    model = confirmed()
    said = shown(model.told("ben", "/sitrep"))
    model.told("ben", "/sitrep ok")
    assert posted(model) == said


@pytest.mark.parametrize("word", ["ok", "OK.", "okay!", "yes", "post"])
def test_ok_may_be_said_in_several_ways(word: str) -> None:
    """CO-3: it is three in the morning."""
    model = confirmed()
    model.told("ben", f"/sitrep {word}")
    assert posted(model).startswith("Confirmed, severity high")
    assert model.entry("sitrep").args == {"drafted": True}


@pytest.mark.parametrize("change", ["/sev medium", "/contained", "/resolve"])
def test_a_draft_that_is_no_longer_true_is_not_posted(change: str) -> None:
    """CO-3, HO-4: who is in command, severity, status and containment are those of now, as on the board."""
    model = confirmed()
    said = shown(model.told("ben", "/sitrep"))
    model.told("cat", change, after=5)
    now = sitrep_draft(model.scene)
    model.told("ben", "/sitrep ok")
    assert posted(model) == now != said


def test_ok_after_a_handoff_names_who_is_in_command_now() -> None:
    """HO-4: whatever draft the former commander was shown before."""
    model = confirmed()
    model.told("ben", "/sitrep")
    model.told("ben", "/handoff ic @cat the logs")
    model.told("cat", "/accept\n/sitrep ok")
    assert posted(model).startswith("Confirmed, severity high, not contained. cat is in command; ben, cat on it.")
    assert "handed from ben to cat" in posted(model)


def test_ok_to_a_reminder_posts_the_draft_that_it_showed() -> None:
    """CO-6: a tired person need only say yes."""
    model = confirmed()
    model.wait(15)
    said = model.heard()
    model.told("cat", "just looking", after=3)
    model.told("ben", "/sitrep ok", after=3)
    assert posted(model) == offered(said)


def test_ok_to_the_long_plan_posts_the_draft_that_it_showed() -> None:
    """CO-6: the plan's comment counts as one that showed a draft."""
    model = confirmed()
    model.told("ben", "/sitrep key revoked, logs are being read")
    while not any(key.startswith("long:") for key in model.said_keys):
        model.told("ben", "/ack", after=10)
    found = re.search(r"^/sitrep (.*)$", model.ours[-1].body, re.MULTILINE)
    assert found
    model.told("cat", "just looking")
    model.told("ben", "/sitrep ok")
    assert posted(model).replace("\n", " ").replace("`", "'") == found[1]


def test_a_draft_tells_what_ended_and_what_is_open() -> None:
    """CO-3: leads, things to do, disruptions and decisions, by their numbers."""
    model = confirmed()
    model.told("ben", "/lead odd login from abroad\n/todo @cat rotate the key\n/todo tell everybody")
    model.told("ben", "/sitrep ok")
    assert posted(model).endswith("Open: L1 odd login from abroad; T1 rotate the key; T2 tell everybody.")
    model.told("ben", "/lead L1 clean: cloudtrail 02:41-03:01\n/done T1\n/decide we stay up because it is contained")
    model.told("ben", "/disrupt stop the export\n/disrupted D1\n/contingency activate the region is gone")
    model.told("ben", "/sitrep ok")
    assert posted(model).split("\n")[1:] == [
        "Checked: L1 odd login from abroad: clean, cloudtrail 02:41-03:01.",
        "Done: T1 rotate the key.",
        "Interrupted on purpose: D1 stop the export.",
        "Decided: we stay up because it is contained.",
        "The contingency plan is active.",
        "Open: T2 tell everybody.",
    ]


def test_a_draft_is_never_longer_than_the_record_keeps() -> None:
    """CO-3: what is posted is what was shown, however much there is to tell."""
    model = confirmed()
    for _ in range(3):
        model.told("ben", "\n".join(f"/todo {'very ' * 30}important {n}" for n in range(9)))
    for _ in range(2):
        model.told("ben", "/lead " + "long " * 60)
    said = shown(model.told("ben", "/sitrep"))
    model.told("ben", "/sitrep ok")
    assert len(posted(model)) <= LONGEST
    assert posted(model) == said
    assert "and 22 more" in said


def test_a_draft_older_than_the_last_sitrep_is_not_posted() -> None:
    """CO-3: it was overtaken; the draft of now is."""
    model = confirmed()
    model.told("ben", "/sitrep")
    model.told("cat", "/sitrep the key is revoked and we read logs")
    model.told("ben", "/sitrep ok")
    assert "Since the last sitrep" in posted(model) or "nothing new since" in posted(model)


def test_without_any_draft_shown_ok_posts_the_one_of_now() -> None:
    """CO-3: the board has it folded away."""
    model = confirmed()
    board = model.board
    assert "Draft of the next sitrep" in board
    model.told("ben", "/sitrep ok")
    assert "\n".join(f"> {row}" for row in posted(model).split("\n")) in board


def test_a_draft_notes_the_handoff() -> None:
    """HO-4: the incoming commander's first sitrep says so."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat the logs are the open lead")
    model.told("cat", "/accept")
    assert "Incident commander was handed from ben to cat at 03:13 UTC." in shown(model.told("cat", "/sitrep"))


def test_a_draft_says_what_is_waited_for() -> None:
    """CO-6: so that whoever reads it knows why nothing happens."""
    model = confirmed()
    model.told("ben", "/wait 2 h for the vendor's answer")
    assert "Waiting until 05:12 UTC for the vendor's answer." in shown(model.told("ben", "/sitrep"))


def test_a_thin_sitrep_is_flagged_once() -> None:
    """CO-3: on the board, where it mails nobody; the next thin one is not."""
    model = confirmed()
    assert model.told("ben", "/sitrep still busy") == ""
    assert "Short. Whoever was away asks" in model.board
    model.told("ben", "/sitrep still very busy", after=30)
    assert "Short. Whoever was away asks" not in model.board


def test_a_draft_and_a_sitrep_of_some_words_are_not_thin() -> None:
    """CO-3: the policy says how many words make one."""
    model = confirmed()
    for text in ("/sitrep ok", "/sitrep key revoked, reading logs"):
        model.told("ben", text)
        assert "Short." not in model.board


def test_how_many_words_are_thin_is_the_policys_number() -> None:
    """CO-3: none, for a team that is short of them."""
    policy = policy_with()
    model = confirmed(policy=policy_with(sitreps=type(policy.sitreps)()))
    model.told("ben", "/sitrep busy")
    assert "Short." not in model.board


@pytest.mark.parametrize("rule", ["AS-8", "CO-1", "HO-4"])
def test_every_reminder_of_a_sitrep_comes_with_its_text(rule: str) -> None:
    """CO-6: whichever rule asks for it."""
    assert rule in SITREP_CLOCKS
    model = confirmed()
    if rule != "AS-8":
        model.told("ben", "/sitrep key revoked, logs are being read")
    if rule == "HO-4":
        model.told("ben", "/handoff ic @cat the logs are the open lead")
        model.told("cat", "/accept")
    said = ""
    for _ in range(90):
        model.wait(1)
        if model.now.minute % 9 == 0:
            model.say("ana", "reading on", after=0)
        heard = model.heard()
        if f"irp:note {rule}" in heard:
            said = heard
            break
    assert "`/sitrep ok` posts this as it is:\n> Confirmed, severity high" in said


def test_a_reminder_of_something_else_holds_no_draft() -> None:
    """CO-6: no more words than are needed."""
    model = opened()
    model.wait(10)
    assert "/sitrep ok" not in model.heard()


def test_nothing_typed_in_a_draft_mentions_anybody() -> None:
    """CO-3: a quotation notifies nobody."""
    model = confirmed()
    model.told("ben", "/sitrep @zoe looked at <b>it</b> and found much")
    model.wait(60)
    said = model.heard()
    assert "@zoe" not in said
    assert "<b>" not in said
