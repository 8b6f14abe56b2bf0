"""Frozen values to plain JSON data and back, with every mismatch named by its path.

One walk serves both readers: the record (which must be right, or is not ours) and the policy
file (whose author wants every mistake at once, and adds line numbers to the paths).
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Path = tuple[str | int, ...]

_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_TIME_OF_DAY = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DURATION = re.compile(r"(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?")


@dataclass(frozen=True)
class Problem:
    """Something in the data that is not what its type says, and where."""

    path: Path
    message: str
    wants_text: bool = False
    """Whether a text was wanted, which a reader of YAML may have to be told how to write."""

    def __str__(self) -> str:
        """The path in dotted form and what is wrong there."""
        return f"{'.'.join(map(str, self.path)) or 'top'}: {self.message}"


class ShapeError(ValueError):
    """Data that does not have the shape of the wanted type; carries every problem found.

    A value may raise it while it is made, with paths that begin at itself.
    """

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def spell_duration(span: timedelta) -> str:
    """Spell a duration as policy files do: `1h30m`, `10m`, `7d`.

    Args:
        span: a duration of whole seconds, not negative.
    """
    left = int(span.total_seconds())
    words = []
    for unit, seconds in _UNITS.items():
        count, left = divmod(left, seconds)
        if count:
            words.append(f"{count}{unit}")
    return "".join(words) or "0m"


def parse_duration(text: str) -> timedelta:
    """Read a duration such as `90m`, `1h30m` or `7d`.

    Raises:
        ValueError: the text is not such a duration.
    """
    found = _DURATION.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None or not any(found.groups()):
        raise ValueError(f"{text!r} is not a duration; write it like 90m, 1h30m or 7d")
    days, hours, minutes, seconds = (int(group or 0) for group in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def spell_time(moment: datetime) -> str:
    """Spell a moment as GitHub does: UTC, whole seconds, `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def parse_time(text: str) -> datetime:
    """Read an ISO 8601 moment that says its zone; the answer is in UTC.

    Raises:
        ValueError: not ISO 8601, or without a zone.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} does not say its time zone")
    return moment.astimezone(UTC)


def parse_time_of_day(text: Any) -> time:
    """Read a local time of day such as `08:30`.

    Args:
        text: what stands in the file; YAML 1.1 makes a number of `12:30` unless it is in quotes.

    Raises:
        ValueError: it is no time of day; says how to write one.
    """
    found = _TIME_OF_DAY.fullmatch(text.strip()) if isinstance(text, str) else None
    if found:
        return time(int(found[1]), int(found[2]))
    if isinstance(text, int) and not isinstance(text, bool) and 0 <= text < 24 * 60:
        meant = f"{text // 60:02}:{text % 60:02}"
        raise ValueError(f'YAML took a bare {meant} for the number {text}; write it in quotes: "{meant}"')
    raise ValueError(f'{text!r} is no time of day; write it in quotes, from "00:00" to "23:59"')


def parse_date(text: Any) -> date:
    """Read a date such as `2026-12-24`.

    Raises:
        ValueError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as none:
        raise ValueError(f"{text!r} is no date; write it like 2026-12-24") from none


def plain(value: Any) -> Any:
    """Turn a frozen value into data that JSON can hold; fields at their default are left out."""
    if value is None or isinstance(value, str | int):
        return value  # most of what there is
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: plain(held) for field, held in pairs if not _is_default(field, held)}
    if isinstance(value, Mapping):
        return {key if isinstance(key, str) else plain(key): plain(held) for key, held in value.items()}
    if isinstance(value, frozenset):
        return sorted(plain(held) for held in value)
    if isinstance(value, tuple | list):
        return [plain(held) for held in value]
    if isinstance(value, datetime):
        return spell_time(value)
    if isinstance(value, timedelta):
        return spell_duration(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return value


def shaped(kind: type[T], data: Any) -> T:
    """Build a value of `kind` from plain data.

    Args:
        kind: a frozen dataclass, or any type its fields may have.
        data: what `plain` gave, or what a YAML file held.

    Raises:
        ShapeError: with every mismatch, not only the first.
    """
    problems: list[Problem] = []
    value = _build(kind, data, (), problems)
    if problems:
        raise ShapeError(problems)
    return cast(T, value)


def _is_default(field: dataclasses.Field[Any], held: Any) -> bool:
    if field.default is not MISSING:
        return bool(held == field.default)
    if field.default_factory is not MISSING:
        return bool(held == field.default_factory())
    return False


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _build(kind: Any, data: Any, path: Path, problems: list[Problem]) -> Any:
    origin = get_origin(kind)
    if kind is Any:
        return data
    if origin in (Union, types.UnionType):
        return _build_union(kind, data, path, problems)
    if origin is Literal:
        if data in get_args(kind):
            return data
        return _wrong(f"{data!r} is not one of {', '.join(map(str, get_args(kind)))}", path, problems)
    if origin is Annotated:
        return _build_checked(kind, data, path, problems)
    if is_dataclass(kind):
        return _build_dataclass(cast(type, kind), data, path, problems)
    if origin in (tuple, frozenset, list):
        return _build_sequence(kind, origin, data, path, problems)
    if origin is not None and issubclass(origin, Mapping):
        return _build_mapping(kind, data, path, problems)
    return _build_scalar(kind, data, path, problems)


def _below(path: Path, wrong: ShapeError) -> list[Problem]:
    """The problems of something that stands at a path."""
    return [dataclasses.replace(problem, path=(*path, *problem.path)) for problem in wrong.problems]


def _wrong(message: str, path: Path, problems: list[Problem]) -> None:
    problems.append(Problem(path, message))


def _build_union(kind: Any, data: Any, path: Path, problems: list[Problem]) -> Any:
    """Only `X | None` is used: an absent X, or an X."""
    if data is None:
        return None
    (inner,) = (option for option in get_args(kind) if option is not types.NoneType)
    return _build(inner, data, path, problems)


def _build_checked(kind: Any, data: Any, path: Path, problems: list[Problem]) -> Any:
    """`Annotated[X, check]`: an X that the check lets pass; it raises ValueError for what can be no such value."""
    inner, *checks = get_args(kind)
    before = len(problems)
    value = _build(inner, data, path, problems)
    for check in checks if len(problems) == before else ():
        try:
            check(value)
        except ShapeError as wrong:
            problems += _below(path, wrong)
        except ValueError as wrong:
            _wrong(str(wrong), path, problems)
    return value


def _build_dataclass(kind: type, data: Any, path: Path, problems: list[Problem]) -> Any:
    if not isinstance(data, Mapping):
        return _wrong(f"expected keys and values, found {data!r}", path, problems)
    hints = _hints(kind)
    known = {field.name: field for field in fields(kind)}
    for key in data:
        if key not in known:
            near = get_close_matches(str(key), known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known keys: {', '.join(known)}"
            _wrong(f"unknown key {key!r}{hint}", (*path, key), problems)
    before = len(problems)
    values = {}
    for name, field in known.items():
        if name in data:
            values[name] = _build(hints[name], data[name], (*path, name), problems)
        elif field.default is MISSING and field.default_factory is MISSING:
            _wrong(f"{name!r} is missing", path, problems)
    if len(problems) > before:
        return None
    try:
        return kind(**values)
    except ShapeError as wrong:  # a value that knows where in itself the mistake is
        problems += _below(path, wrong)
        return None
    except ValueError as wrong:
        return _wrong(str(wrong), path, problems)


def _build_sequence(kind: Any, origin: Any, data: Any, path: Path, problems: list[Problem]) -> Any:
    if not isinstance(data, list | tuple):
        return _wrong(f"expected a list, found {data!r}", path, problems)
    inner = get_args(kind)[0]
    return origin(_build(inner, item, (*path, index), problems) for index, item in enumerate(data))


def _build_mapping(kind: Any, data: Any, path: Path, problems: list[Problem]) -> Any:
    if not isinstance(data, Mapping):
        return _wrong(f"expected keys and values, found {data!r}", path, problems)
    outer, inner = get_args(kind)
    return {
        str(key) if outer is str else _build(outer, key, (*path, key), problems): _build(
            inner, item, (*path, key), problems
        )
        for key, item in data.items()
    }


def _build_scalar(kind: Any, data: Any, path: Path, problems: list[Problem]) -> Any:
    try:
        if kind is datetime and isinstance(data, str):
            return parse_time(data)
        if kind in _READERS:
            return _READERS[kind](data)
    except (TypeError, ValueError) as wrong:
        return _wrong(str(wrong), path, problems)
    if isinstance(data, kind) and not (kind is int and isinstance(data, bool)):
        return data
    message = f"expected {_NAMES.get(kind, kind.__name__)}, found {data!r}"
    problems.append(Problem(path, message, wants_text=kind is str))
    return None


_READERS: dict[Any, Callable[[Any], Any]] = {timedelta: parse_duration, time: parse_time_of_day, date: parse_date}
"""What a file writes as text of its own kind."""

_NAMES: dict[Any, str] = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    datetime: "a moment like 2026-03-02T03:12:00Z",
}
