"""The table of commands: every entry is documented, every example works, every alias resolves, help lists all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from irp_actions.rules.clocks import CLOCKS
from irp_actions.rules.commands import COMMANDS, FACTS
from irp_actions.rules.commands.gates import role_to_give
from irp_actions.rules.grammar import named
from irp_actions.rules.naming import nearest, resolve
from irp_actions.rules.slash import calls
from tests.model import PACKAGED, Model, confirmed, opened
from tests.rules.working import at_work

State = Callable[[], Model]


def offered(role: str = "ic") -> Model:
    """A role is offered to cat, who is about to answer."""
    model = confirmed()
    if role != "ic":
        model.told("ben", f"/take {role}")
    model.told("ben", f"/handoff {role} @cat go")
    return model


def silent() -> Model:
    """The commander was asked and has said nothing for ten minutes."""
    model = confirmed()
    model.wait(20)
    model.run()
    model.wait(10)
    return model


def commanded_by_ana() -> Model:
    """Ana is in command and holds the communications too, so that ben and cat can be named."""
    model = confirmed(by="ana")
    model.told("ana", "/take co")
    return model


def closed() -> Model:
    """It was confirmed, resolved and closed."""
    model = confirmed()
    model.told("ben", "/resolve\n/close")
    return model


FITTING: dict[str, tuple[str, State]] = {
    "accept": ("cat", offered),
    "decline": ("cat", offered),
    "handoff": ("ana", commanded_by_ana),
    "ic": ("ana", lambda: confirmed(by="ana")),
    "take": ("cat", silent),
    "reopen": ("ben", closed),
    **dict.fromkeys(
        ("lead", "todo", "done", "verify", "agree", "object", "disrupted", "notified", "evidence", "custody"),
        ("ben", at_work),
    ),
}
"""Who says a command, and in which state; ben in an incident that he commands, where it does not matter."""

SAID_BY_CAT = {"/ic": ("cat", offered)}
EXAMPLES = [(name, example) for name, command in COMMANDS.items() for example in command.examples]


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_every_example_is_obeyed_when_the_right_person_says_it(name: str, example: str) -> None:
    """In a fitting state it is accepted, or answered, and never refused."""
    login, state = SAID_BY_CAT.get(example, FITTING.get(name, ("ben", confirmed)))
    model = state()
    if example == "/handoff @ben":  # one's only role need not be named
        model = confirmed(by="ana")
    if example == "/take ic @ana does not answer":
        model = silent()
    if example == "/take scribe":
        model = confirmed()
    model.beside(12, confirmed())
    comment = model.say(login, example)
    model.run()
    verdicts = [(entry.call, entry.verdict) for entry in model.entries if entry.source == comment.id]
    assert verdicts in ([(name, "accepted")], [(name, "seen")])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_and_has_an_example(name: str) -> None:
    """The table is the truth that help, README and tests derive from."""
    command = COMMANDS[name]
    assert command.summary
    assert command.summary[0].isupper()
    assert command.examples
    assert command.rules
    assert command.may in ("responder", "decider", "waiting", "anyone")
    assert command.usage.split()[0] == f"/{name}"
    assert all(resolve(calls(example)[0])[0] == name for example in command.examples)


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if command.answer])
def test_a_command_that_is_answered_in_a_comment_says_why(name: str) -> None:
    """A comment mails everybody, so its docstring says what it is worth that for."""
    assert re.search(r"[Aa]nswered in a comment (because|for)", COMMANDS[name].apply.__doc__ or "")


def test_every_alias_resolves_to_its_command_and_to_no_other() -> None:
    """Spelled as people spell it, in any case."""
    seen: dict[str, str] = {}
    for name, command in COMMANDS.items():
        for alias in (name, *command.aliases):
            assert seen.setdefault(alias, name) == name
            assert resolve(calls(f"/{alias}")[0])[0] == name, alias
            assert resolve(calls(f"/{alias.upper()}")[0])[0] == name, alias


def test_every_alias_of_the_policy_is_understood() -> None:
    """Severities and roles by all their names, statuses through `/status`."""
    for table in (PACKAGED.severities, PACKAGED.roles, PACKAGED.statuses):
        names = [name for key, entry in table.items() for name in (key, *entry.aliases)]
        assert len(names) == len(set(names))
        for key, entry in table.items():
            for name in (key, *entry.aliases):
                assert named(name, table) == key, name


@pytest.mark.parametrize("status", ["confirmed", "resolved", "closed", "false-alarm", "investigating"])
def test_status_and_a_status_does_what_it_says(status: str) -> None:
    """`/status resolved` is `/resolve`; none of them is answered with a brief."""
    name, text = resolve(calls(f"/status {status}")[0])
    assert name not in (None, "status")
    assert text == ""


def test_help_lists_every_command_with_its_summary() -> None:
    """In the order of the table."""
    said = opened().told("rae", "/help")
    rows = re.findall(r"^\| `(/[a-z-]+)(?:[^|\\]|\\\|)*\| (.+) \|$", said, re.MULTILINE)
    assert [name for name, _ in rows] == [f"/{name}" for name in COMMANDS]
    for name, summary in rows:
        assert COMMANDS[name[1:]].summary in summary


def test_facts_and_commands_do_not_share_names() -> None:
    """An entry's call says which table it is of."""
    assert not FACTS.keys() & COMMANDS.keys()


@pytest.mark.parametrize("typed", ["confrim", "sitrp", "clos", "handof", "severty", "sitrepfoo", "accepet", "resolv"])
def test_a_slip_of_the_finger_is_asked_about(typed: str) -> None:
    """Did you mean; nothing is done."""
    model = confirmed()
    said = model.told("ben", f"/{typed} high")
    assert "Did you mean" in said
    assert model.entries[-1].verdict == "refused"


@pytest.mark.parametrize(
    "typed", ["tmp", "etc", "var", "home", "usr", "api", "v1", "x", "users", "login", "opt", "proc"]
)
def test_a_pasted_path_is_no_call_and_gets_no_answer(typed: str) -> None:
    """Only what is close to a real name is answered."""
    assert nearest(typed) == ()
    assert confirmed().told("ben", f"/{typed} was full") == ""


@pytest.mark.parametrize("typed", ["/confirm hihg the key was used", "/confirm medum"])
def test_a_misspelt_severity_after_confirm_is_no_reason(typed: str) -> None:
    """It is asked about; other words are a reason."""
    model = opened()
    assert "is no severity" in model.told("ben", typed)
    assert model.incident.status == "investigating"
    model.told("ben", "/confirm the key was used")
    assert model.incident.status == "confirmed"


def test_an_ambiguous_name_is_answered_with_all_it_may_mean() -> None:
    """At most three."""
    for typed in ("re", "con", "accep", "cont", "confi"):
        assert len(nearest(typed)) <= 3


@pytest.mark.parametrize("rule", CLOCKS)
def test_every_clock_has_numbers_in_the_policy_and_a_title(rule: str) -> None:
    """Adding one touches the table and the policy, and a test says when either was forgotten."""
    assert rule in PACKAGED.clocks
    assert CLOCKS[rule].title
    assert CLOCKS[rule].do or CLOCKS[rule].then


def test_the_policy_has_numbers_for_no_other_clock() -> None:
    """A number that nothing reads is a lie."""
    assert list(PACKAGED.clocks) == list(CLOCKS)


def test_what_meets_a_clock_is_a_call() -> None:
    """Of the table of commands or of facts."""
    for clock in CLOCKS.values():
        assert set(clock.met_by) <= COMMANDS.keys() | FACTS.keys()
        assert clock.then == "" or clock.then in FACTS


def test_every_rule_that_is_cited_is_a_rule_of_the_process() -> None:
    """Ids are stable: two letters and a number."""
    cited = {rule for command in COMMANDS.values() for rule in command.rules} | set(CLOCKS)
    assert all(re.fullmatch(r"(IN|RO|HO|AS|CO|RE|CL)-\d{1,2}", rule) for rule in cited)


def test_a_role_to_give_is_the_named_or_the_only_one() -> None:
    """Anything else is asked about."""
    model = offered("co")
    assert role_to_give(model.incident, model.entry("handoff")) == "co"


def test_the_templates_of_the_answers_exist() -> None:
    """One for each command that is answered."""
    folder = Path(__file__).parents[2] / "irp_actions" / "templates"
    for command in COMMANDS.values():
        assert not command.answer or (folder / f"{command.answer}.md.j2").exists()
