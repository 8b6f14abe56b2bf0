"""Issue forms: GitHub's own rules for them, and that they ask what the policy reads (IN-1)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from irp_actions.edges.checks import examine
from irp_actions.edges.checks.command import check_command
from irp_actions.edges.checks.form_file import read_form
from irp_actions.edges.checks.forms import sheet_of
from irp_actions.edges.policy_file import OVERLAY

ROOT = Path(__file__).parents[2]
FORMS = Path(".github/ISSUE_TEMPLATE")
ODD = """\
name: A form of ours
description: Nothing to do with incidents.
body:
  - type: input
    id: what
    attributes:
      label: What is it?
"""

Edit = Callable[[str, str, str], list[str]]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with this repository's forms and somebody on call."""
    shutil.copytree(ROOT / FORMS, tmp_path / FORMS)
    (tmp_path / OVERLAY).write_text("people: {on_call: [ana]}\n", encoding="utf-8")
    return tmp_path


def errors(checkout: Path) -> list[str]:
    """Every error, as an editor shows it."""
    return [str(fault).removeprefix(f"{FORMS}/") for fault in examine(checkout).findings.errors]


def warnings(checkout: Path) -> list[str]:
    """Every warning."""
    return [str(fault).removeprefix(f"{FORMS}/") for fault in examine(checkout).findings.warnings]


def edited(checkout: Path, name: str, old: str, new: str) -> None:
    """Change a form."""
    path = checkout / FORMS / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def written(checkout: Path, text: str) -> list[str]:
    """What is said of one more form."""
    (checkout / FORMS / "odd.yml").write_text(text, encoding="utf-8")
    return errors(checkout)


def test_the_forms_that_ship_are_good(checkout: Path) -> None:
    """IN-1: they ask what the policy reads, and GitHub shows them."""
    assert errors(checkout) == []
    assert warnings(checkout) == []


def test_a_form_that_has_nothing_to_do_with_incidents_is_held_to_github_s_rules_alone(checkout: Path) -> None:
    """A repository may have other forms."""
    assert written(checkout, ODD) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "name: A form of ours",
            "name: Odd",
            "1:1: 'Odd' is too short for a name; GitHub wants more than three characters",
        ),
        ("name: A form of ours\n", "", "1:1: 'name' is missing"),
        ("name: A form of ours", "name: yes", '1:1: YAML reads yes as true; for text, quote it: "yes"'),
        (
            "description: Nothing to do with incidents.",
            "description: ' '",
            "2:1: this text is empty; fill it in, or leave the key out",
        ),
        ("description:", "descripton:", "1:1: 'description' is missing"),
        (
            "type: input",
            "type: inptu",
            "4:5: 'inptu' is not one of markdown, input, textarea, dropdown, checkboxes, upload",
        ),
        ("id: what", "id: what is it", "5:5: 'what is it' is no id; it is made of letters, digits, - and _"),
        ("label: What is it?", "label: no", '7:7: YAML reads no as false; for text, quote it: "no"'),
        ("label: What is it?", "label: Your password", "7:7: GitHub takes no label with the word 'password'"),
        ("label: What is it?", "lable: What is it?", "6:5: 'label' is missing"),
        ("    attributes:\n      label: What is it?\n", "", "4:5: 'attributes' is missing"),
        ("type: input\n    id: what", "type: markdown", "3:1: a form asks at least one thing"),
        ("body:", "boyd:", "1:1: 'body' is missing"),
    ],
)
def test_what_github_would_not_take_is_named_with_its_place(checkout: Path, old: str, new: str, message: str) -> None:
    """GitHub itself shows such a form to nobody, and says so only to whoever looks at the file."""
    assert f"odd.yml:{message}" in written(checkout, ODD.replace(old, new))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("[Yes, Nope]", '8:17: YAML reads Yes as true; for text, quote it: "Yes"'),
        ('["Yes", None]', "8:24: GitHub keeps the option 'None' for itself; call it otherwise"),
        ("[a, b, a]", "8:23: 'a' is there twice"),
        ("[]", "8:7: a dropdown has at least one option"),
        ("[a, b]\n      default: 2", "9:7: options count from 0 to 1"),
    ],
)
def test_the_options_of_a_dropdown_are_ones_that_github_takes(checkout: Path, options: str, message: str) -> None:
    """`None` is GitHub's own way of choosing nothing."""
    text = ODD.replace("type: input", "type: dropdown") + f"      options: {options}\n"
    assert written(checkout, text) == [f"odd.yml:{message}"]


def test_two_questions_that_github_cannot_tell_apart_are_named(checkout: Path) -> None:
    """By their ids, or else by what it makes of their labels."""
    more = "  - type: input\n    attributes:\n      label: What?\n"
    more += "  - type: input\n    id: what\n    attributes:\n      label: x\n"
    assert written(checkout, ODD + more) == [
        "odd.yml:10:7: GitHub cannot tell this from another question: both are 'what' to it",
        "odd.yml:12:5: GitHub cannot tell this from another question: both are 'what' to it",
    ]


def test_markdown_takes_no_id(checkout: Path) -> None:
    """It is not submitted."""
    assert written(checkout, f"{ODD}  - type: markdown\n    id: x\n    attributes:\n      value: y\n") == [
        "odd.yml:9:5: markdown takes no id"
    ]


def test_ticks_have_different_labels(checkout: Path) -> None:
    """Or nobody knows which was ticked."""
    text = ODD.replace("type: input", "type: checkboxes") + "      options: [{label: a}, {label: a}]\n"
    assert written(checkout, text) == ["odd.yml:8:29: 'a' is there twice"]


def test_two_forms_of_one_name_are_one_too_many(checkout: Path) -> None:
    """People choose by it."""
    assert written(
        checkout, ODD.replace("A form of ours", "I am on the team").replace("What is it?", "What is going on?")
    )[-1].startswith("team.yml:2:1: another form is called 'I am on the team' too")


@pytest.mark.parametrize(
    ("name", "old", "new", "messages"),
    [
        (
            "report.yml",
            "label: What looks wrong?",
            "label: What looks odd?",
            [
                "report.yml:5:1: the policy's form 'report' reads 'What looks wrong?', and nothing here asks it; "
                "did you mean 'What looks odd?'?",
                "report.yml:14:7: the policy does not know this question of its form 'report', "
                "so nobody would read the answer; did you mean 'What looks wrong?'?",
            ],
        ),
        (
            "report.yml",
            "      required: true\n",
            "      required: false\n",
            ["report.yml:14:7: this is what the report says; make it required: true (IN-1)"],
        ),
        (
            "report.yml",
            "labels: [irp]",
            "labels: [irp, 'severity: hgh']",
            ["report.yml:4:15: 'severity: hgh' is none of the policy's labels; did you mean 'severity: high'?"],
        ),
        ("report.yml", "labels: [irp]", "labels: irp, plain", []),
        (
            "report.yml",
            "labels: [irp]",
            "labels: [irp, 7]",
            ['report.yml:4:15: YAML reads 7 as a number; for text, quote it: "7"'],
        ),
        ("report.yml", "labels: [irp]", "labels: {irp: 1}", ["report.yml:4:1: expected a list, found {'irp': 1}"]),
        (
            "team.yml",
            "type: checkboxes",
            "type: input",
            [
                "team.yml:16:7: unknown key 'options'; known keys: label, description, placeholder, value",
                "team.yml:15:7: this is read as a tick, so it has to be a checkbox (IN-4)",
            ],
        ),
        ("config.yml", "false", "maybe", ["config.yml:2:1: expected true or false, found 'maybe'"]),
        ("report.yml", "name: Something", "name: 'Something", ["report.yml:2:7: this quotation mark is never closed"]),
    ],
)
def test_a_form_asks_what_the_policy_reads(checkout: Path, name: str, old: str, new: str, messages: list[str]) -> None:
    """IN-1: an answer under a heading that nobody looks for is lost, and nobody notices."""
    edited(checkout, name, old, new)
    assert sorted(errors(checkout)) == sorted(messages)


def test_every_mistake_in_every_file_is_told_at_once_in_their_order(checkout: Path) -> None:
    """The policy's and the forms'."""
    (checkout / OVERLAY).write_text("zoen: UTC\npeople: {on_call: ['@ana', ben]}\n", encoding="utf-8")
    edited(checkout, "report.yml", "id: when", "id: what")
    edited(checkout, "team.yml", "type: textarea", "type: textaera")
    assert [fault.split(":")[0] for fault in errors(checkout)] == [
        "report.yml",
        "team.yml",
        "team.yml",
        ".github/irp.yml",
        ".github/irp.yml",
    ]


def test_what_may_be_meant_so_is_a_warning(checkout: Path) -> None:
    """IN-1, IN-4: nothing that needs analysis is required, somebody can say they are on it, and a number is shown."""
    edited(
        checkout, "report.yml", "placeholder: just now", "placeholder: just now\n    validations: {required: true}\n#"
    )
    (checkout / FORMS / "team.yml").unlink()
    (checkout / OVERLAY).write_text("contacts: {phone: '112'}\n", encoding="utf-8")
    assert warnings(checkout) == [
        "report.yml:1:1: no form has the tick for whoever handles it already (IN-4)",
        "report.yml:5:1: whoever cannot write here needs the number, 112: `irp check --fix` puts it in (IN-1)",
        "report.yml:21:7: whoever is in trouble may not know this; let it be left out (IN-1)",
        ".github/irp.yml:1:1: no issue form is the policy's form 'team': "
        "name one 'I am on the team', or give it its questions",
        ".github/irp.yml:1:1: nobody is on call: put logins under people: on_call:, or nobody will be asked by name",
    ]


def test_the_number_to_call_is_written_into_the_form_for_anyone(checkout: Path) -> None:
    """IN-1: once, as the policy has it, and gone again without one; nothing else of the file moves."""
    form = checkout / FORMS / "report.yml"
    before = form.read_text(encoding="utf-8")

    def fixed(phone: str) -> str:
        (checkout / OVERLAY).write_text(f"contacts: {{phone: '{phone}'}}\n", encoding="utf-8")
        result = CliRunner().invoke(check_command, [str(checkout), "--fix"])
        assert result.exit_code == 0
        assert "cannot write here" not in result.output
        return form.read_text(encoding="utf-8")

    shown = fixed("+1 555 0142")
    assert shown.replace("        If you cannot write here, call +1 555 0142.\n", "") == before
    assert "call +1 555 0142" in read_form(sheet_of(form, checkout)).prose
    assert fixed("+1 555 0142") == shown
    assert fixed("112") == shown.replace("+1 555 0142", "112")
    assert fixed("") == before


def test_a_repository_without_forms_is_warned(tmp_path: Path) -> None:
    """IN-1: people would have to know what to write."""
    assert any("there are no issue forms" in message for message in warnings(tmp_path))


def test_a_form_in_another_encoding_is_a_mistake(checkout: Path) -> None:
    """Not a traceback."""
    (checkout / FORMS / "odd.yml").write_bytes(b"name: \xff\xfe")
    assert errors(checkout) == ["odd.yml:1:1: not UTF-8: invalid start byte"]


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("EST", "EST never changes to summer time; America/New_York does"),
        ("Etc/GMT+5", "Etc/GMT+5 is 5 h behind UTC and never changes to summer time"),
        ("Etc/GMT-2", "Etc/GMT-2 is 2 h ahead of UTC and never changes to summer time"),
    ],
)
def test_a_zone_without_summer_time_that_looks_like_one_with_is_warned_of(checkout: Path, zone: str, said: str) -> None:
    """CO-1: else every local time is an hour off for half of the year; nothing stops working."""
    (checkout / OVERLAY).write_text(f"people: {{on_call: [ana]}}\nzone: {zone}\n", encoding="utf-8")
    findings = examine(checkout).findings
    assert [str(fault) for fault in findings.warnings if said in str(fault)] != []
    assert findings.errors == ()


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT", "Etc/GMT+0", "America/Phoenix", "Asia/Tokyo", "CET", "Japan"])
def test_a_zone_that_says_what_it_is_is_good(checkout: Path, zone: str) -> None:
    """A place without summer time is one."""
    (checkout / OVERLAY).write_text(f"people: {{on_call: [ana]}}\nzone: {zone}\n", encoding="utf-8")
    assert "summer time" not in str(examine(checkout).findings.warnings)
