"""The policy file: the packaged one, laid over by the repository's own; every mistake with its line and column."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from irp_actions.edges.policy_file import OVERLAY, PolicyError, load_policy
from irp_actions.rules.sources import form_of
from irp_actions.values.policy import Policy

ROOT = Path(__file__).parents[2]


def overlaid(folder: Path, text: str) -> Policy:
    """The policy of a repository with this file."""
    path = folder / OVERLAY
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load_policy(folder)


def faults(folder: Path, text: str) -> list[str]:
    """What is said of a broken file."""
    with pytest.raises(PolicyError) as error:
        overlaid(folder, text)
    return [str(fault) for fault in error.value.faults]


def test_without_a_file_the_packaged_policy_holds(tmp_path: Path) -> None:
    """Every number of the process has a default."""
    policy = load_policy(tmp_path)
    assert policy.clocks["IN-7"].allowed == timedelta(minutes=10)
    assert policy.severities["high"].sitrep_every == timedelta(hours=1)
    assert policy.people.on_call == ()


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    """Nor does one of comments alone."""
    assert overlaid(tmp_path, "") == load_policy(tmp_path / "none")
    assert overlaid(tmp_path, "# nothing yet\n") == load_policy(tmp_path / "none")


def test_keys_are_merged_at_every_depth(tmp_path: Path) -> None:
    """What is not said stays as packaged."""
    policy = overlaid(
        tmp_path,
        "people: {on_call: [ana, ben]}\nclocks:\n  IN-7:\n    allowed: 5m\nzone: Europe/Berlin\n",
    )
    assert policy.people.on_call == ("ana", "ben")
    assert policy.clocks["IN-7"].allowed == timedelta(minutes=5)
    assert len(policy.clocks["IN-7"].rungs) == 3
    assert policy.zone == "Europe/Berlin"
    assert policy.roles == load_policy(tmp_path / "none").roles


def test_lists_are_replaced_whole(tmp_path: Path) -> None:
    """A ladder of one's own is one's own."""
    policy = overlaid(tmp_path, "clocks:\n  IN-7:\n    rungs:\n      - {after: 1m, ask: everyone}\n")
    assert [(rung.after, rung.ask) for rung in policy.clocks["IN-7"].rungs] == [(timedelta(minutes=1), "everyone")]


def test_a_severity_of_ones_own_is_added(tmp_path: Path) -> None:
    """With all it needs."""
    policy = overlaid(
        tmp_path, "severities:\n  extreme:\n    acts_as: high\n    rubric: All of it.\n    may_disrupt: Yes!\n"
    )
    assert policy.acts_as("extreme") == "high"
    assert "high" in policy.severities


def test_the_digest_names_the_tables_that_are_pinned(tmp_path: Path) -> None:
    """Another number or another person on call is another policy; another phone number is not."""
    packaged = load_policy(tmp_path / "none").digest
    assert len(packaged) == 12
    assert overlaid(tmp_path, "contacts: {phone: '112'}").digest == packaged
    assert overlaid(tmp_path, "people: {on_call: [ana]}").digest != packaged
    assert overlaid(tmp_path, "quiet: {replan: 20m}").digest != packaged


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("zoen: UTC\n", "1:1: unknown key 'zoen'; did you mean 'zone'?"),
        ("zone: Mars/Olympus\n", "1:1: 'Mars/Olympus' is not an IANA time zone, such as America/New_York"),
        ("quiet:\n  replan: soon\n", "2:3: 'soon' is not a duration; write it like 90m, 1h30m or 7d"),
        ("quiet:\n  replan: 30\n", "2:3: "),
        ("people:\n  on_call: ana\n", "2:3: expected a list, found 'ana'"),
        (
            "people:\n  on_call:\n    - ana\n    - 7\n",
            '4:7: YAML reads 7 as a number; for text, quote it: "7"',
        ),
        (
            "clocks:\n  IN-7:\n    rungs:\n      - {after: 1m, ask: somebody}\n",
            "4:21: 'somebody' is not one of asked, second, third, next, deputy, everyone",
        ),
        ("severities:\n  odd:\n    rubric: x\n    may_disrupt: y\n", "2:3: 'acts_as' is missing"),
        ("- a list\n", "1:1: expected keys and values at the top"),
        ("just text\n", "1:1: expected keys and values at the top"),
        ("a: [1\nb: 2\n", "2:"),
        ("zone: UTC\nzone: UTC\n", "2:1: 'zone' is given twice; first in line 1"),
        ("people:\n  on_call: [ana]\n  on_call: [ben]\n", "3:3: 'on_call' is given twice; first in line 2"),
        ("zone: !!python/object:os.system x\n", "1:7: "),
        ("zone: \t- x\n\t\n", "1:"),
        ("a: *nowhere\n", "1:4: "),
        ("severities:\n  high:\n    colour: red\n", "3:5: "),
        ("people:\n  on_call: [ana, Ana]\n", "2:18: 'Ana' is on call twice; GitHub's logins ignore case"),
        (
            "people:\n  on_call: [a--b]\n",
            "2:13: 'a--b' is no login: GitHub's have letters, digits and single hyphens",
        ),
        (
            "people:\n  deciders: [a__b]\n",
            "2:14: 'a__b' is no login: GitHub's have letters, digits and single hyphens",
        ),
        (
            "severities:\n  hgih: {sitrep_every: 40m}\n",
            "2:3: 'hgih' is not there to be changed; did you mean 'high'? A new one needs all its keys",
        ),
        ("people:\n  on_call: ['@ana']\n", "2:13: '@ana' is no login; write it without the @"),
        ("clocks:\n  IN-7:\n    repeat: 1m\n", "3:5: "),
        ("severities:\n  high:\n    sitrep_every: 1m\n", "3:5: "),
    ],
)
def test_a_mistake_is_pointed_at(tmp_path: Path, text: str, fault: str) -> None:
    """By file, line and column, as editors and annotations understand."""
    (message,) = faults(tmp_path, text)
    expected = f".github/irp.yml:{fault}"
    if fault.endswith((": ", ":")):  # the words, and sometimes the column, are the YAML reader's own
        assert message.startswith(expected)
        assert len(message) > len(expected)
    else:
        assert message == expected


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """A file is mended in one go."""
    text = "zoen: UTC\nquiet:\n  replan: soon\n  nope: 1\npeople:\n  on_call: [1, 2]\n"
    lines = [message.split(":")[1] for message in faults(tmp_path, text)]
    assert sorted(lines) == ["1", "3", "4", "6", "6"]


def test_a_clock_that_the_program_does_not_know_is_a_mistake(tmp_path: Path) -> None:
    """A number that nothing reads is a lie."""
    assert any("unknown key 'IN-99'" in message for message in faults(tmp_path, "clocks: {IN-99: {allowed: 1m}}"))


def test_what_is_left_of_a_broken_policy_is_still_a_policy(tmp_path: Path) -> None:
    """A slip in one key does not silence the others."""
    with pytest.raises(PolicyError) as error:
        overlaid(tmp_path, "people:\n  on_call: [ana, ben]\nquiet:\n  replan: soon\n")
    assert error.value.rest is not None
    assert error.value.rest.people.on_call == ("ana", "ben")
    assert error.value.rest.quiet.replan == timedelta(minutes=30)


def test_a_broken_channel_does_not_silence_the_others(tmp_path: Path) -> None:
    """CO-4: nor does it cost the roster (law 3)."""
    with pytest.raises(PolicyError) as error:
        overlaid(tmp_path, "people: {on_call: [ana]}\nchannels: {chat: {kind: chat}, oncall: {kind: pager}}\n")
    assert error.value.rest is not None
    assert list(error.value.rest.channels) == ["oncall"]
    assert error.value.rest.people.on_call == ("ana",)


def test_a_file_that_is_not_utf8_is_a_mistake_too(tmp_path: Path) -> None:
    """Not a traceback."""
    path = tmp_path / OVERLAY
    path.parent.mkdir(parents=True)
    path.write_bytes(b"zone: \xff\xfe")
    with pytest.raises(PolicyError, match="not UTF-8"):
        load_policy(tmp_path)


def test_a_pattern_that_is_no_regular_expression_is_a_mistake(tmp_path: Path) -> None:
    """Not an exception in the middle of an incident."""
    (message,) = faults(tmp_path, "guard:\n  - {name: odd, pattern: '(['}\n")
    assert message.startswith(".github/irp.yml:2:")


@pytest.mark.parametrize("text", ["severities: {high: null}", "roles: null", "severities: {high: {acts_as: null}}"])
def test_a_key_that_was_emptied_is_a_mistake(tmp_path: Path, text: str) -> None:
    """Nothing can be judged by it."""
    assert len(faults(tmp_path, text)) == 1


def test_the_forms_of_this_repository_are_known_to_the_policy() -> None:
    """Their labels are what their fields are read by."""
    policy = load_policy(ROOT)
    for name in ("report", "team"):
        text = (ROOT / ".github" / "ISSUE_TEMPLATE" / f"{name}.yml").read_text(encoding="utf-8")
        form = policy.forms[name]
        assert all(f"label: {label}" in text or f'label: "{label}"' in text for label in form.fields), name
        rendered = "\n\n".join(f"### {mark}\n\nx" for mark in form.marks)
        assert form_of(rendered, policy) == (name, form)


def test_a_number_that_moved_is_said_where_it_is_now(tmp_path: Path) -> None:
    """RE-8: what no rule reads any more is not accepted in silence."""
    assert faults(tmp_path, "long_remediation: 4h\n") == [
        ".github/irp.yml:1:1: is a clock now; write clocks: {RE-8: {allowed: 3h}}"
    ]
