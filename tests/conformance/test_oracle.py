"""Our workflow files, and expressions at large, mean to the stand-in what they mean to GitHub's own packages."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from irp_actions.edges.standin.actions.catalogue import read_file
from irp_actions.edges.standin.actions.expressions import functions, template, tree, values
from irp_actions.edges.standin.actions.workflow import triggers
from irp_actions.edges.standin.actions.workflow.triggers import ACTIVITY_TYPES, Triggers
from tests.conformance import standin_says
from tests.conformance.table import Row, record
from tools.oracle import data
from tools.oracle.expressions import CONTEXTS, JOINERS, OPERATORS, VALUES
from tools.oracle.node import Oracle, locked
from tools.oracle.plans import FOLDER, Case, cases, texts

_SOURCE = {name: f"npm {name} {version}" for name, version in locked().items()}
_EXPRESSIONS, _PARSER = _SOURCE["@actions/expressions"], _SOURCE["@actions/workflow-parser"]

# Where the packages and GitHub's runner differ, or what holds for JavaScript alone.
_DISPUTED = {
    """fromJSON('{"__proto__": 1}')""": "JavaScript has no such key of its own",
}
# The stand-in refuses these; it says so, and nothing of ours needs them.
_REFUSED = {
    "0XFF": "GitHub's runner refuses it as well (ExpressionUtility.cs, ParseNumber)",
    "0b11": "GitHub's runner refuses it as well (ExpressionUtility.cs, ParseNumber)",
}
_REFUSED_FILES = {".github/workflows/ci.yml": "a matrix, which the stand-in does not run"}

Difference = tuple[str, Any, Any]


@pytest.mark.parametrize("name", ["expressions.json", "plans.json", "damages.json"])
def test_the_answers_are_to_the_present_questions(name: str) -> None:
    """`make oracle` asks anew; nobody edits them."""
    assert data.complaints(data.written(name)) == []


def test_expressions_have_github_s_values() -> None:
    """All operators over all kinds of values, and a table of hard cases."""
    kept = data.written("expressions.json")
    found = list(_expression_differences(kept))
    refused = [expression for expression, _, ours in found if ours is None and expression in _REFUSED]
    disputed = [expression for expression, _, _ in found if expression in _DISPUTED]
    total = len(data.others()) + sum(len(row) for _, _, row in data.comparisons())
    apart = len(refused) + len(disputed)
    without = sum(row.count("!") for row in kept["comparisons"].values()) + list(kept["others"].values()).count(None)
    neither = without - sum(theirs in ("!", None) for _, theirs, _ in found)
    told = f"{neither} of them have none on either side; {len(refused)} refused by the stand-in"
    told += f", {len(disputed)} of JavaScript alone"
    record(Row(_EXPRESSIONS, "values of expressions", total - apart, len(found) - apart, told))
    assert {expression for expression, _, _ in found} == {*_REFUSED, *_DISPUTED}, found


def test_workflow_files_come_to_github_s_plans() -> None:
    """Triggers, conditions, environments and rendered texts, on every event in every shape."""
    kept = data.written("plans.json")["files"]
    read = [(name, text) for name, text in texts().items() if name not in _REFUSED_FILES]
    found = [list(_of_case(kept[name], text, case)) for name, text in read for case in cases()]
    refused = len(_REFUSED_FILES) * len(cases())
    told = f"{refused} of {', '.join(_REFUSED_FILES)}: {'; '.join(_REFUSED_FILES.values())}"
    record(Row(_PARSER, "workflow files on events", len(found), sum(map(bool, found)), told))
    assert [each for differences in found for each in differences] == []


@pytest.mark.parametrize("name", sorted(_REFUSED_FILES))
def test_what_the_stand_in_does_not_run_it_refuses(name: str) -> None:
    """A file that GitHub takes is refused for what it has and the stand-in has not, or not at all."""
    assert standin_says.of_workflow(texts()[name], cases()[0]) is None


def test_damaged_workflow_files_are_taken_and_refused_as_github_does() -> None:
    """One key or value of a file is changed: both refuse it, or it comes to the same; or the stand-in alone refuses."""
    marks, found, refused, total = data.written("damages.json")["marks"], [], 0, 0
    for name, text in texts().items():
        if name in _REFUSED_FILES:
            continue
        for (damage, broken), theirs in zip(data.wrong(text), marks[name], strict=True):
            ours = data.mark(standin_says.of_workflow(broken, cases()[0]))
            total += 1
            refused += bool(theirs) and not ours
            found += [(name, damage)] if ours and ours != theirs else []
    told = f"{refused} refused by the stand-in alone; all of {', '.join(_REFUSED_FILES)}"
    record(Row(_PARSER, "damaged workflow files", total - refused, len(found), told))
    assert found == []
    assert total > 500
    assert refused < total / 20


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.yml")))
def test_each_workflow_file_is_started_by_something(name: str) -> None:
    """A comparison in which nothing ever starts would find nothing."""
    kept = data.written("plans.json")["files"][f".github/workflows/{name}"]
    assert any(is_started for is_started, _ in kept["cases"].values())


def test_a_damaged_plan_is_noticed() -> None:
    """Whatever single value of a plan GitHub had answered otherwise."""
    name, case = ".github/workflows/incident.yml", cases()[0]
    kept = data.written("plans.json")["files"]
    plan = kept[name]["plans"][kept[name]["cases"][case.name][1]]
    damages = list(_damaged(plan))
    missed = [
        place for place, broken in damages if not list(_apart(broken, standin_says.of_workflow(texts()[name], case)))
    ]
    record(Row(_PARSER, "damaged plans, noticed", len(damages), len(missed)))
    assert missed == []
    assert len(damages) > 50


_EVALUATORS: tuple[tuple[str, Any, str, Any], ...] = (
    ("case counts", values, "fold", lambda text: text),
    ("nothing is a number", values, "to_number", lambda _: 0.0),
    ("NaN is true", values, "truthy", bool),
    ("no member is found", values, "_find", lambda *_: []),
    ("filters do not filter", values, "every_member", lambda holder: holder),
    ("numbers print as Python's", values, "number_text", str),
    *((f"{name} answers null", functions.BUILT_IN, name, None) for name in functions.BUILT_IN),
    *((f"{operator} is never true", tree.COMPARISONS, operator, lambda *_: False) for operator in OPERATORS),
)


@pytest.mark.parametrize(("what", "holder", "name", "wrong"), _EVALUATORS, ids=[each[0] for each in _EVALUATORS])
def test_a_damaged_evaluator_is_noticed(
    what: str, holder: Any, name: str, wrong: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One rule of the stand-in's evaluator is broken at a time."""
    if holder is functions.BUILT_IN:
        monkeypatch.setitem(holder, name, holder[name]._replace(call=lambda _: None))
    elif isinstance(holder, Mapping):
        monkeypatch.setitem(holder, name, wrong)
    else:
        monkeypatch.setattr(holder, name, wrong)
    noticed = any(
        each[0] not in {*_REFUSED, *_DISPUTED} for each in _expression_differences(data.written("expressions.json"))
    )
    record(Row(_EXPRESSIONS, "damaged evaluators, noticed", 1, int(not noticed), "a rule is broken at a time"))
    assert noticed


@pytest.mark.parametrize(
    ("holder", "name", "wrong"),
    [
        (Triggers, "match", lambda *_: True),
        (Triggers, "match", lambda *_: False),
        (template.Template, "text", lambda *_: ""),
        (template.Condition, "holds", lambda *_: True),
        (template.Condition, "holds", lambda *_: False),
    ],
)
def test_a_damaged_reader_is_noticed(holder: Any, name: str, wrong: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when everything started, nothing rendered, or every condition held."""
    monkeypatch.setattr(holder, name, wrong)
    file = ".github/workflows/incident.yml"
    kept, text = data.written("plans.json")["files"][file], texts()[file]
    assert any(list(_of_case(kept, text, case)) for case in cases())


def test_github_still_says_so(oracle: Oracle) -> None:
    """Every answer that is kept is given again by the locked packages."""
    again = json.loads(json.dumps(data.asked(oracle)))
    kept = {name: data.written(name) for name in again}
    now, before = _single(again), _single(kept)
    wrong = [what for what in now.keys() | before.keys() if now.get(what) != before.get(what)]
    record(Row(_PARSER, "kept answers, asked again", len(now), len(wrong)))
    assert wrong == []
    assert again == kept


# Not settled: the packages refuse this event by its name alone, and the stand-in takes it.
_LENIENT = ("repository_dispatch", ["repository_dispatch"])
_FILTERS = (
    *("types", "branches", "branches-ignore", "tags", "tags-ignore", "paths", "paths-ignore", "workflows", "names"),
    "versions",
)


def _on(on: Any) -> str:
    """The smallest workflow that runs on something."""
    return json.dumps({"on": on, "jobs": {"one": {"runs-on": "x", "steps": [{"run": "x"}]}}})


@pytest.fixture(scope="module")
def takes(oracle: Oracle) -> list[tuple[Any, bool]]:
    """Every event with every activity type and every filter, and some that are none; whether GitHub takes it."""
    types = sorted({each for known in ACTIVITY_TYPES.values() for each in known} | {"invented", "Opened"})
    events = sorted(
        {*ACTIVITY_TYPES, "push", "schedule", "fork", "repository_dispatch", "workflow_dispatch", "Issues", "x"}
    )
    asked: list[Any] = []
    for event in events:
        asked += [event, [event], {event: None}, {event: {}}, {event: {"types": []}}]
        asked += [{event: {"types": [each]}} for each in types] + [{event: {key: ["x"]}} for key in _FILTERS]
    question = {"ask": "workflow", "contexts": {"github": {}}}
    return [(on, "errors" not in oracle.ask({**question, "text": _on(on)})) for on in asked]


def _is_taken(text: str) -> bool:
    return read_file(text, "workflow.yml").error is None


def _otherwise(takes: Iterable[tuple[Any, bool]], is_taken: Callable[[str], bool] = _is_taken) -> Iterator[Any]:
    """What one of the two takes and the other refuses."""
    return (on for on, theirs in takes if is_taken(_on(on)) is not theirs)


def test_events_are_filtered_by_what_github_filters_them_by(takes: list[tuple[Any, bool]]) -> None:
    """What GitHub refuses is refused, and what it takes is taken."""
    found = list(_otherwise(takes))
    wrong = [on for on in found if on not in _LENIENT]
    refused = sum(not theirs for _, theirs in takes)
    told = f"GitHub refuses {refused:,}; not settled: {len(found) - len(wrong)}, repository_dispatch without types"
    record(Row(_PARSER, "events with types and filters", len(takes) - len(found) + len(wrong), len(wrong), told))
    assert wrong == []
    assert found == list(_LENIENT)


@pytest.mark.parametrize("answer", [True, False], ids=["everything is taken", "everything is refused"])
def test_a_reader_that_always_says_the_same_is_noticed(answer: bool, takes: list[tuple[Any, bool]]) -> None:
    """By each event on which GitHub says the other."""
    found = list(_otherwise(takes, lambda _: answer))
    assert found == [on for on, theirs in takes if theirs is not answer]
    assert len(found) > 300


def test_a_damaged_filter_is_noticed(takes: list[tuple[Any, bool]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each type and each filter of an event is missing once, and each event has one too many."""
    damages = list(_damaged_filters())
    missed = []
    for holder, event, known in damages:
        concerned = [(on, theirs) for on, theirs in takes if event in on]
        with monkeypatch.context() as damage:
            damage.setitem(holder, event, known)
            missed += [] if any(True for _ in _otherwise(concerned)) else [(event, known)]
    record(Row(_PARSER, "damaged types and filters, noticed", len(damages), len(missed)))
    assert missed == []
    assert len(damages) > 150


def _damaged_filters() -> Iterator[tuple[Mapping[str, frozenset[str]], str, frozenset[str]]]:
    for holder, others in ((ACTIVITY_TYPES, {"invented"}), (triggers._FILTERS, set(_FILTERS) - {"types"})):
        for event, known in holder.items():
            yield from ((holder, event, known - {each}) for each in sorted(known))
            yield holder, event, known | {min(others - known)}


_NUMBERS = st.one_of(
    st.integers(-(10**25), 10**25).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.from_regex(r"[+-]?\d{1,22}(\.\d{0,20})?([eE][+-]?\d{1,3})?", fullmatch=True),
    st.from_regex(r"0x[0-9a-f]{1,8}|0o[0-7]{1,8}", fullmatch=True),
)
# Letters in which upper and lower case differ in length or not at all, and what lies beyond 16 bits.
_LETTERS = st.text(st.sampled_from("aAbBzZ019 .,'{}[]\"\\\n\t-_/#üÜß\u0131Iéµ中\U0001f600\uff5e"), max_size=8)
_STRINGS = _LETTERS.map(lambda text: "'" + text.replace("'", "''") + "'")
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _LETTERS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "B", "b c", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
).map(lambda value: "fromJSON('" + json.dumps(value, ensure_ascii=False).replace("'", "''") + "')")
_ATOMS = st.one_of(st.sampled_from(VALUES), _NUMBERS, _STRINGS, _JSON)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(inner, st.sampled_from((*OPERATORS, *JOINERS)), inner).map(lambda each: f"({' '.join(each)})"),
        inner.map(lambda each: f"!{each}"),
        st.tuples(st.sampled_from(["contains", "startsWith", "endsWith", "join", "format"]), pair).map(
            lambda each: f"{each[0]}({', '.join(each[1])})"
        ),
        st.tuples(st.sampled_from(["toJSON", "fromJSON"]), inner).map(lambda each: f"{each[0]}({each[1]})"),
        st.tuples(st.sampled_from(["github.event", "github.event.issue.labels", "needs"]), inner).map(
            lambda each: f"{each[0]}[{each[1]}]"
        ),
        st.tuples(_JSON, st.sampled_from([".a", ".*", ".*.a", "[0]", ".*[1]", "['B C']", ".x.*"])).map("".join),
        st.tuples(st.just("format('{0}|{1}', "), pair.map(", ".join), st.just(")")).map("".join),
    )


def test_expressions_nobody_wrote_have_github_s_values(oracle: Oracle) -> None:
    """Grown at random: the stand-in has GitHub's value, or refuses."""
    oracle.ask({"ask": "remember", "contexts": CONTEXTS})
    tally = {"all": 0, "neither": 0, "refused": 0, "wrong": 0}

    @settings(max_examples=1500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.recursive(_ATOMS, _grown, max_leaves=5))
    def compare(expression: str) -> None:
        theirs = oracle.ask({"ask": "expression", "text": expression}).get("value")
        ours = standin_says.of_expression(expression, CONTEXTS).get("value")
        tally["all"] += 1
        tally["neither"] += ours is None and theirs is None
        tally["refused"] += ours is None and theirs is not None
        is_right = ours is None or ours == theirs
        tally["wrong"] += not is_right
        assert is_right, expression

    try:
        compare()
    finally:
        told = f"{tally['neither']} of them have none on either side; {tally['refused']} refused by the stand-in"
        compared = tally["all"] - tally["refused"]
        record(Row(_EXPRESSIONS, "values of expressions grown at random", compared, tally["wrong"], told))
    assert tally["refused"] < tally["all"] / 50


def _expression_differences(kept: Mapping[str, Any]) -> Iterator[Difference]:
    """Each expression with GitHub's value and the stand-in's, where they differ."""
    for left, operator, row in data.comparisons():
        ours = [_value(each) for each in row]
        theirs = kept["comparisons"][f"{left} {operator}"]
        for expression, letter, value in zip(row, theirs, ours, strict=True):
            if data.letters([value]) != letter:
                yield expression, letter, value
    for expression, value in kept["others"].items():
        own = _value(expression)
        if own != value:
            yield expression, value, own


def _value(expression: str) -> str | None:
    value: str | None = standin_says.of_expression(expression, CONTEXTS).get("value")
    return value


def _of_case(kept: Mapping[str, Any], text: str, case: Case) -> Iterator[Difference]:
    """Where a file comes to something else than GitHub's plan on an event."""
    is_started, number = kept["cases"][case.name]
    for place, theirs, ours in _apart(kept["plans"][number], standin_says.of_workflow(text, case)):
        yield f"{case.name}: {place}", theirs, ours
    if standin_says.starts(text, case) != is_started:
        yield f"{case.name}: starts", is_started, not is_started


def _single(documents: Mapping[str, Any]) -> dict[tuple[str, ...], Any]:
    """Each single answer of all files that are kept, by what was asked."""
    compared, others = documents["expressions.json"]["comparisons"], documents["expressions.json"]["others"]
    files, marks = documents["plans.json"]["files"], documents["damages.json"]["marks"]
    return {
        **{(row, str(place)): letter for row, letters in compared.items() for place, letter in enumerate(letters)},
        **{("other", expression): value for expression, value in others.items()},
        **{
            ("plan", name, case): (is_started, file["plans"][number])
            for name, file in files.items()
            for case, (is_started, number) in file["cases"].items()
        },
        **{("damage", name, str(place)): mark for name, row in marks.items() for place, mark in enumerate(row)},
    }


def _apart(theirs: Any, ours: Any, place: str = "") -> Iterator[Difference]:
    """Each place in which two plans differ."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in sorted({*theirs, *ours}):
            yield from _apart(theirs.get(key, "nothing"), ours.get(key, "nothing"), f"{place}.{key}")
    elif isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        for index, (one, other) in enumerate(zip(theirs, ours, strict=True)):
            yield from _apart(one, other, f"{place}.{index}")
    elif theirs != ours or type(theirs) is not type(ours):
        yield place, theirs, ours


def _damaged(part: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """A plan with one value changed at a time."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from ((where, {**part, key: broken}) for where, broken in _damaged(value, f"{place}.{key}"))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            for where, broken in _damaged(value, f"{place}.{index}"):
                yield where, [*part[:index], broken, *part[index + 1 :]]
    else:
        yield place, not part if isinstance(part, bool) else f"{part}x"
