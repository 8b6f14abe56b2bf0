"""The plain templates of both sources, as people paste them: placeholders left in, bold or not, names for logins."""

from __future__ import annotations

import pytest

from irp_actions.rules.pasted import read_template
from irp_actions.rules.sources import form_answers, form_of, is_record, shown_about
from tests.model import PACKAGED, Model, opened, policy_with

GUIDE = """\
The backups of the billing database are gone

- **Status**: investigating
- **Severity**: unknown
- **Reporter**: Gus from billing
- **IC**: Your Name
- **Responders**: Any other responders

They were there yesterday evening.

The bucket still exists.
"""

PROCEDURE = """\
**Description**: The backups of the billing database are gone
**Status**: investigating
**Severity**: unknown
**Reporter**: Gus from billing
**IC**: _[your name]_
**Responders**: _[names of other responders]_
**Details**: They were there yesterday evening.

The bucket still exists.
"""

UNTOUCHED = """\
Short description of what\u2019s going on

- **Status**: investigating
- **Severity**: unknown
- **Reporter**: who initially reported the issue
- **IC**: Your Name
- **Responders**: Any other responders

Any extra details about the issue can go here.
"""

SITREP = """\
**Subject**: [sitrep] The backups are gone
**Severity**: low
**IC**: Farmer Jane
**Responders**: Spot, Farmer Dave
**Description**: A job deleted them. Dave restores last week's copy.
"""

GUIDE_SITREP = """\
Subject: [sitrep] The backups are gone

https://github.com/acme/incidents/issues/1

Severity: low
IC: Farmer Jane
Responders: Spot, Farmer Dave

A job deleted them.
Dave restores last week's copy.
"""


def pasted(body: str, login: str = "rae", **model: object) -> Model:
    """A model in which somebody opened an issue with this body and no label, and the program has answered."""
    found = Model(**model)  # type: ignore[arg-type]
    found.open(login, body, labels=())
    found.run()
    return found


def plainer(text: str) -> str:
    """Without any emphasis, as pasted from a page."""
    return text.replace("**", "").replace("_", "")


WAYS = {
    "as it is": lambda text: text,
    "from the web, with CRLF": lambda text: text.replace("\n", "\r\n"),
    "plain": plainer,
    "with bullets of a page": lambda text: plainer(text).replace("- ", "  • "),
    "with the colon inside the emphasis": lambda text: text.replace("**:", ":**"),
    "with underscores": lambda text: text.replace("**", "__"),
    "indented as in the document": lambda text: "".join(f"            {row}" for row in text.splitlines(keepends=True)),
    "in lower case": lambda text: text.replace("Status", "status").replace("Severity", "severity"),
    "fenced": lambda text: f"```\n{text}```\n",
    "with stars": lambda text: text.replace("- ", "* "),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("template", [GUIDE, PROCEDURE], ids=["guide", "procedure"])
def test_a_template_is_understood_however_it_was_pasted(template: str, way: str) -> None:
    """IN-1: an issue that was opened without a form is a record all the same, and says the same."""
    model = pasted(WAYS[way](template))
    thread = model.issue
    assert is_record(frozenset(), thread.body, PACKAGED)
    answers = form_answers(thread, model.policy)
    assert answers["description"] == "The backups of the billing database are gone"
    assert answers["reporter"] == "Gus from billing"
    assert answers["severity"] == "unknown"
    assert answers["details"].startswith("They were there yesterday evening.")
    assert answers["details"].endswith("The bucket still exists.")
    assert "ic" not in answers
    assert "responders" not in answers
    assert shown_about(thread, model.policy).startswith("The backups of the billing database are gone\nThey were")


def test_each_template_is_known_by_its_name() -> None:
    """CL-4: how an incident was discovered is part of its report."""
    for name, template in {"cloud-gov": GUIDE, "civicactions": PROCEDURE}.items():
        found = form_of(template, PACKAGED)
        assert found is not None
        assert found[0] == name


def test_a_template_in_which_nothing_was_filled_in_says_nothing() -> None:
    """IN-1: it still begins a record, of unknown severity, and names nobody."""
    model = pasted(UNTOUCHED)
    assert form_answers(model.issue, model.policy) == {"status": "investigating", "severity": "unknown"}
    assert model.incident.severity == "unknown"
    assert model.incident.named is None
    assert "Named in the report" not in model.board


@pytest.mark.parametrize("body", ["Status: all is well\nSeverity: none", "We should write `Status:` into reports.", ""])
def test_what_only_looks_like_a_template_begins_nothing(body: str) -> None:
    """All marks have to be there."""
    assert not is_record(frozenset(), body, PACKAGED)


def test_the_first_heading_of_a_report_of_ours_stays_its_own() -> None:
    """IN-1: a template that was pasted into a form is what its author told the form."""
    model = opened()
    model.edit_body(f"### What looks wrong?\n\n{PROCEDURE}", "rae")
    found = form_of(model.issue.body, PACKAGED)
    assert found is not None
    assert found[0] == "report"


def test_a_reporter_with_a_name_and_no_login_is_named_and_thanked() -> None:
    """AS-2: who noticed it may differ from who opened the issue, and hears of the end too."""
    model = pasted(GUIDE)
    assert model.incident.reporter == "rae"
    assert "| **Named in the report** | Reporter: Gus from billing |" in model.board
    model.told("ben", "/false-alarm moved to another bucket")
    assert "Thank you, @rae, for speaking up." in model.ours[-1].body
    assert "Gus from billing noticed it and cannot be reached from here" in model.ours[-1].body


def test_a_reporter_with_a_login_is_thanked_by_it() -> None:
    """AS-2: both who noticed it and who wrote it down."""
    model = pasted(GUIDE.replace("Gus from billing", "@gus"))
    model.told("ben", "/false-alarm moved to another bucket")
    assert "Thank you, @rae and @gus, for speaking up." in model.ours[-1].body


def test_who_opens_it_for_themselves_is_not_named_twice() -> None:
    """Reporter and author are one person most of the time."""
    for reporter in ("@rae", "rae"):
        assert pasted(GUIDE.replace("Gus from billing", reporter)).incident.named is None


def test_a_named_commander_is_asked_and_not_made() -> None:
    """IN-4: a name in a report is no authority; whoever answers first is in command."""
    model = pasted(GUIDE.replace("Your Name", "@cat"))
    assert model.incident.roles == {}
    assert model.incident.acknowledged is None
    assert "@cat, the report names you as incident commander" in model.board
    model.told("ben", "on it")
    assert model.incident.holder("ic") == "ben"
    assert "@cat" not in model.board


def test_a_stranger_is_not_called_by_a_name_in_a_report() -> None:
    """Only the roster is mentioned: nobody can make the program call whom they like."""
    model = pasted(GUIDE.replace("Your Name", "@famous").replace("Any other responders", "Farmer Dave"))
    assert "@famous" not in model.board
    assert "Reporter: Gus from billing / IC: @\u200bfamous / Responders: Farmer Dave" in model.board


def test_a_responder_who_names_themselves_commander_is_it() -> None:
    """IN-4: it says the same as the tick *I am handling this now*."""
    for name in ("ana", "@Ana"):
        model = pasted(GUIDE.replace("Your Name", name), "ana")
        assert model.incident.holder("ic") == "ana"


def test_an_outsider_who_names_themselves_commander_is_noted_and_not_lectured() -> None:
    """IN-4: nothing is refused aloud that nobody typed as a command."""
    model = pasted(GUIDE.replace("Your Name", "@rae"))
    assert model.incident.holder("ic") is None
    assert model.ours == []
    assert "IC: @\u200brae" in model.board


@pytest.mark.parametrize("typed", ["High", "high.", "1", "1 - High", "high, customer data", "Sev1"])
def test_a_severity_is_taken_from_who_may_set_one(typed: str) -> None:
    """AS-3: of the team it is their word; of anybody else it is noted, and unknown acts as high anyway."""
    body = GUIDE.replace("**Severity**: unknown", f"**Severity**: {typed}")
    assert pasted(body, "ana").incident.severity == "high"
    model = pasted(body)
    assert model.incident.severity == "unknown"
    assert f"Severity: {typed}" in model.board
    assert model.ours == []


def test_a_confirmed_incident_can_be_opened_as_one_by_the_team() -> None:
    """AS-3: what the team writes down late is so from the beginning; writing alone acknowledges nothing else."""
    body = GUIDE.replace("investigating", "confirmed").replace("**Severity**: unknown", "**Severity**: low")
    model = pasted(body, "ana")
    assert model.incident.status == "confirmed"
    assert model.incident.severity == "low"
    assert pasted(body).incident.status == "investigating"


@pytest.mark.parametrize("status", ["resolved", "closed", "false alarm", "all good"])
def test_no_template_ends_what_it_begins(status: str) -> None:
    """IN-2: it begins as an event; the end is a decision of its own."""
    assert pasted(GUIDE.replace("investigating", status), "ana").incident.status == "investigating"


def test_opening_with_a_template_alone_is_no_sign_of_life() -> None:
    """IN-4, IN-7: the next person is still called."""
    model = pasted(GUIDE, "ana")
    assert model.incident.acknowledged is None
    assert [clock.rule for clock in model.incident.clocks] == ["IN-7"]


def test_of_a_template_with_a_secret_nothing_is_kept() -> None:
    """IN-11: not even a name beside it."""
    model = pasted(GUIDE + "\npassword: hunter2hunter2\n")
    assert "hunter2" not in model.head.body
    assert "Gus" not in model.head.body
    model.told("ben", "/false-alarm")
    assert "Gus" not in model.ours[-1].body


@pytest.mark.parametrize("template", [SITREP, GUIDE_SITREP], ids=["procedure", "guide"])
@pytest.mark.parametrize(
    ("call", "way"),  # what GitHub shows as code holds no call, but may stand after one
    [(call, way) for call in ("/sitrep\n", "/sitrep ", "") for way in WAYS if call or way != "fenced"],
)
def test_a_pasted_sitrep_is_one(template: str, way: str, call: str) -> None:
    """CO-3: its fields are read, its words are its text, and it counts for the cadence."""
    model = opened()
    model.told("ben", "/confirm high")
    comment = model.say("ben", call + WAYS[way](template))
    model.run()
    assert model.incident.sitreps == 1
    n = model.incident.sitrep.n if model.incident.sitrep else 0
    text = model.record.text_of(n) or ""
    assert " ".join(text.split()) == "The backups are gone: A job deleted them. Dave restores last week's copy."
    assert model.issue.comment(comment.id).reactions == {"THUMBS_UP"}  # type: ignore[union-attr]
    assert "CO-1" in {clock.rule for clock in model.incident.clocks}


def test_a_severity_in_a_sitrep_counts_while_nobody_has_judged_it() -> None:
    """AS-3: later it may be a copy of an old one, so it is asked about and not obeyed."""
    model = opened()
    model.told("ben", SITREP)
    assert model.incident.severity == "low"
    model.told("ben", "/severity high")
    model.told("ben", SITREP)
    assert model.incident.severity == "high"
    assert "It says severity low, and the record says high: `/severity low` if that is so now." in model.board


def test_a_pasted_sitrep_of_somebody_else_is_words() -> None:
    """Only the team posts situation reports, and nobody is lectured for having pasted one."""
    model = opened()
    model.told("ben", "on it")
    assert model.told("rae", SITREP) == ""
    assert model.incident.sitreps == 0


def test_a_command_below_a_pasted_sitrep_is_obeyed_as_well() -> None:
    """CO-3: the report ends where the command begins."""
    model = opened()
    model.told("ben", "/confirm high")
    model.told("ben", f"{SITREP}\n/contained 03:11 last job stopped\n")
    assert model.incident.contained is not None
    assert model.incident.sitrep is not None
    assert "contained" not in (model.record.text_of(model.incident.sitrep.n) or "")


@pytest.mark.parametrize(
    "text",
    ["> Subject: [sitrep] x\n\nwhat is this?", "Subject: lunch", "a [sitrep] is due", "/sitrep all is well: see above"],
)
def test_what_only_speaks_of_a_sitrep_is_not_taken_apart(text: str) -> None:
    """CO-3: a quotation, a mail about lunch, and plain words stay what they are."""
    model = opened()
    model.told("ben", text)
    assert model.incident.sitreps == text.startswith("/sitrep")
    if model.incident.sitrep:
        assert model.record.text_of(model.incident.sitrep.n) == "all is well: see above"


def test_a_policy_without_templates_reads_none() -> None:
    """They are the policy's, and an organisation may have its own or none."""
    policy = policy_with(forms={name: PACKAGED.forms[name] for name in ("report", "team")})
    model = opened(policy=policy)
    model.told("ben", SITREP)
    assert model.incident.sitreps == 0
    assert form_of(GUIDE, policy) is None


def test_a_link_is_an_answer_and_a_bracket_is_none() -> None:
    """What is left of a template's own brackets says nothing."""
    form = PACKAGED.forms["civicactions"]
    text = "**Description**: [the log](https://log.test/1)\n**Reporter**: _[name of the person]_\n**IC**: <your name>"
    assert read_template(text, form).answers == {"description": "[the log](https://log.test/1)"}
