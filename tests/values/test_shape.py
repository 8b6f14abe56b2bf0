"""Shapes: frozen values to plain data and back, with every mismatch named by its path, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal

import pytest

from irp_actions.values.policy import Policy
from irp_actions.values.record import Record
from irp_actions.values.shape import (
    Problem,
    ShapeError,
    parse_duration,
    parse_time,
    plain,
    shaped,
    spell_duration,
    spell_time,
)
from tests.model import PACKAGED, confirmed


@dataclass(frozen=True)
class Inner:
    """One level down."""

    at: datetime
    every: timedelta = timedelta(hours=1)


@dataclass(frozen=True)
class Outer:
    """Every kind of field there is."""

    name: str
    kind: Literal["a", "b"]
    inner: Inner
    count: int = 0
    done: bool = False
    maybe: Inner | None = None
    names: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    table: Mapping[str, Inner] = field(default_factory=dict)
    anything: Any = None

    def __post_init__(self) -> None:
        """Refuse one value, as some types do."""
        if self.name == "forbidden":
            raise ValueError("'forbidden' is not allowed")


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FULL = Outer(
    "x", "b", Inner(NOON), 3, True, Inner(NOON, timedelta(minutes=90)), ("p", "q"), frozenset("ba"), {"k": Inner(NOON)}
)
DATA: dict[str, Any] = {"name": "x", "kind": "a", "inner": {"at": "2026-03-02T12:00:00Z"}}


def problems(data: object, kind: type = Outer) -> list[str]:
    """What is said of some data."""
    with pytest.raises(ShapeError) as error:
        shaped(kind, data)
    assert str(error.value) == "; ".join(map(str, error.value.problems))
    return [str(problem) for problem in error.value.problems]


def test_a_value_survives_the_way_to_plain_data_and_back() -> None:
    """Whatever kinds of fields it has."""
    assert shaped(Outer, plain(FULL)) == FULL


def test_nothing_is_a_value_where_one_may_be_absent() -> None:
    """As YAML's `~` and JSON's `null` say it."""
    assert shaped(Outer, DATA | {"maybe": None}) == Outer("x", "a", Inner(NOON))


def test_fields_at_their_default_are_left_out() -> None:
    """The record stays small, and new fields do not change old entries' hashes."""
    assert plain(Outer("x", "a", Inner(NOON))) == DATA


def test_plain_data_is_spelled_as_github_and_policy_files_do() -> None:
    """Times with `Z`, durations with units, sets in order."""
    assert plain(FULL)["maybe"] == {"at": "2026-03-02T12:00:00Z", "every": "1h30m"}
    assert plain(FULL)["marks"] == ["a", "b"]
    assert plain([{"a": (1, None)}]) == [{"a": [1, None]}]


def test_a_whole_policy_and_a_whole_record_survive_too() -> None:
    """The two values that are really written and read."""
    assert shaped(Policy, plain(PACKAGED)) == PACKAGED
    record = confirmed().record
    assert shaped(Record, plain(record)) == record


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": 3}, "name: expected text, found 3"),
        ({"name": None}, "name: expected text, found None"),
        ({"name": "forbidden"}, "top: 'forbidden' is not allowed"),
        ({"kind": "c"}, "kind: 'c' is not one of a, b"),
        ({"count": "1"}, "count: expected a whole number, found '1'"),
        ({"count": True}, "count: expected a whole number, found True"),
        ({"done": 1}, "done: expected true or false, found 1"),
        ({"inner": []}, "inner: expected keys and values, found []"),
        ({"inner": {}}, "inner: 'at' is missing"),
        ({"inner": {"at": "noon"}}, "inner.at: Invalid isoformat string: 'noon'"),
        ({"inner": {"at": 5}}, "inner.at: expected a moment like 2026-03-02T03:12:00Z, found 5"),
        (
            {"maybe": {"at": "2026-03-02T12:00:00Z", "every": 5}},
            "maybe.every: 5 is not a duration; write it like 90m, 1h30m or 7d",
        ),
        (
            {"inner": {"at": "2026-03-02T12:00:00"}},
            "inner.at: '2026-03-02T12:00:00' does not say its time zone",
        ),
        (
            {"maybe": {"at": "2026-03-02T12:00:00Z", "every": "soon"}},
            "maybe.every: 'soon' is not a duration; write it like 90m, 1h30m or 7d",
        ),
        ({"names": "ab"}, "names: expected a list, found 'ab'"),
        ({"names": ["a", 1]}, "names.1: expected text, found 1"),
        ({"marks": {}}, "marks: expected a list, found {}"),
        ({"table": []}, "table: expected keys and values, found []"),
        ({"table": {"k": 1}}, "table.k: expected keys and values, found 1"),
        ({"nmae": "y"}, "nmae: unknown key 'nmae'; did you mean 'name'?"),
    ],
)
def test_a_mismatch_is_named_by_its_path(change: dict[str, Any], message: str) -> None:
    """The path says where, the message what was expected and found."""
    assert problems(DATA | change) == [message]


def test_an_unknown_key_without_a_near_one_lists_the_known() -> None:
    """Whoever guesses, guesses once."""
    (message,) = problems(DATA | {"zzz": 1})
    assert message.startswith("zzz: unknown key 'zzz'; known keys: name, kind, inner")


def test_every_mismatch_is_reported_not_only_the_first() -> None:
    """A file is mended in one go."""
    assert problems({"kind": "c", "inner": {"every": "x"}, "names": [1, 2], "zzz": 0}) == [
        "zzz: unknown key 'zzz'; known keys: name, kind, inner, count, done, maybe, names, marks, table, anything",
        "top: 'name' is missing",
        "kind: 'c' is not one of a, b",
        "inner: 'at' is missing",
        "inner.every: 'x' is not a duration; write it like 90m, 1h30m or 7d",
        "names.0: expected text, found 1",
        "names.1: expected text, found 2",
    ]


def test_something_else_than_keys_and_values_at_the_top_is_named() -> None:
    """A file that holds a list is no policy."""
    assert problems([1]) == ["top: expected keys and values, found [1]"]
    assert str(Problem((), "x")) == "top: x"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("0m", 0), ("10m", 10), ("90m", 90), ("1h30m", 90), ("1h 30m", 90), ("7d", 10080), ("90s", 1.5), (" 1h ", 60)],
)
def test_durations_read_like_in_the_policy(text: str, minutes: float) -> None:
    """Days, hours, minutes, seconds, in this order."""
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", " ", "10", "m", "-5m", "1.5h", "30m1h", "10 minutes", "1w"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    """With how to write one."""
    with pytest.raises(ValueError, match="write it like 90m"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["0m", "1s", "1m", "59m", "1h", "1h30m", "1d", "7d2h3m4s"])
def test_durations_are_spelled_as_they_are_read(text: str) -> None:
    """The shortest spelling."""
    assert spell_duration(parse_duration(text)) == text


def test_moments_are_read_in_any_zone_and_told_in_utc() -> None:
    """Without a zone there is no moment."""
    moment = parse_time("2026-03-02T05:10:00+02:00")
    assert moment == datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
    assert moment.tzinfo is UTC
    assert spell_time(moment.astimezone(timezone(timedelta(hours=9)))) == "2026-03-02T03:10:00Z"
    with pytest.raises(ValueError, match="time zone"):
        parse_time("2026-03-02T05:10:00")
