"""Words: every sentence the program says is in a template; what people typed is neutralised before it is quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from irp_actions.rules.grammar import Refused
from irp_actions.values.shape import parse_time

_SPACE = re.compile(r"\s+")
_GAP = re.compile(r"\n{3,}")
_MARKUP = re.compile(r"([\\`*_\[\]|])")
_TYPED = 60
"""Characters of a mistyped word that are repeated to its author."""

_SHORT = 200
"""Characters of a text that a single line shows."""

_LONG = 2_000
"""Characters of a text that a report shows of one; its comment has the rest."""


@dataclass(frozen=True, slots=True)
class Own:
    """A sentence that a repository says its own way: its source, and the file it stands in."""

    source: str
    file: str


class Listener(Protocol):
    """Hears how own sentences fare, so that a check can tell what is wrong with them."""

    def said(self, name: str, text: str) -> None:
        """A sentence of the repository's own was said."""

    def failed(self, name: str, error: Exception) -> None:
        """One could not be said, and the packaged one was said instead."""


@dataclass(slots=True)
class _Voice:
    """In whose words the program speaks: set once, before anything is said."""

    own: Mapping[str, Own] = field(default_factory=dict)
    listener: Listener | None = None
    environment: jinja2.Environment | None = None


_voice = _Voice()


def speak(own: Mapping[str, Own], listener: Listener | None = None) -> None:
    """Say an organisation's own sentences instead of the packaged ones, from now on.

    They are rendered in a sandbox. One that cannot be said is not missed in the middle of the night: the packaged one
    is said instead (law 3).

    Args:
        own: by the template's name without its ending.
        listener: hears what is said and what could not be.
    """
    _voice.own, _voice.listener = own, listener
    _voice.environment = _prepared(SandboxedEnvironment(loader=_Over(own), **_OPTIONS)) if own else None


def render(template: str, **values: Any) -> str:
    """One template filled in, without blank lines around it.

    Args:
        template: its name without the ending, such as `board`.
        values: what it speaks of; a name it uses and does not get is an error.
    """
    own = _own(template, lambda environment: environment.get_template(f"{template}.md.j2").render(values))
    if own is not None:
        return own.strip()
    return _environment().get_template(f"{template}.md.j2").render(values).strip()


def tight(text: str) -> str:
    """A text with no more than one blank line between two blocks, whatever a template left out."""
    return _GAP.sub("\n\n", text)


def refusal(refused: Refused) -> str:
    """What a person is told when a call is refused: why, and what to type instead."""
    values = {k: v[:_TYPED] if isinstance(v, str) else v for k, v in refused.values.items()}

    def said(environment: jinja2.Environment) -> str:
        return str(getattr(environment.get_template("refusals.md.j2").module, refused.key)(**values)).strip()

    own = _own("refusals", said)
    return said(_environment()) if own is None else own


def _own(name: str, say: Callable[[jinja2.Environment], str]) -> str | None:
    """What the repository's own sentence says; None when it has none, or it cannot be said."""
    if _voice.environment is None:
        return None
    try:
        text = say(_voice.environment)
    except Exception as error:  # whatever is wrong with it, the packaged one is said
        if _voice.listener:
            _voice.listener.failed(name, error)
        return None
    if _voice.listener and name in _voice.own:
        _voice.listener.said(name, text)
    return text


def defused(text: str) -> str:
    """A text that mentions nobody, hides nothing and opens no HTML when it is repeated."""
    return text.replace("<", "&lt;").replace("@", "@\u200b")


def line(text: str | None, width: int = _SHORT) -> str:
    """A text as one harmless line, shortened to `width` characters."""
    flat = _SPACE.sub(" ", text or "").strip()
    short = flat if len(flat) <= width else flat[: width - 1].rstrip() + "…"
    return _MARKUP.sub(r"\\\1", defused(short))


def whole(text: str | None, width: int = _LONG) -> str:
    """A text as one harmless line, whole; only a very long one is cut, at a word and visibly."""
    flat = _rows(text)
    if len(flat) <= width:
        return line(flat, width)
    begun, _, _ = flat[:width].rpartition(" ")
    return line(begun or flat[: width - 2], width) + " …"


def together(names: Sequence[str]) -> str:
    """Names as people list them: `ana, ben and cat`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def spoken(text: str | None, width: int) -> str:
    """A text as plain lines for a channel: it mentions nobody, hides nothing, and holds no control character."""
    kept = (sign if sign == "\n" or sign.isprintable() else " " * sign.isspace() for sign in text or "")
    clean = "".join(kept).strip()
    short = clean if len(clean) <= width else clean[: width - 1].rstrip() + "…"
    return short.replace("<", "<\u200b").replace("@", "@\u200b")


def quote(text: str | None) -> str:
    """A text as a harmless quotation, with its line breaks."""
    return "\n".join(f"> {row}".rstrip() for row in defused(text or "").split("\n"))


def utc(moment: datetime | None) -> str:
    """A moment as `2026-03-02 03:12 UTC`."""
    return moment.strftime("%Y-%m-%d %H:%M UTC") if moment else "unknown"


def span(duration: timedelta | None) -> str:
    """A duration in the two largest units, as `2 h 40 min`."""
    if duration is None:
        return "unknown"
    minutes = int(duration.total_seconds() // 60)
    days, minutes = divmod(minutes, 1440)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{count} {unit}" for count, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if count]
    return " ".join(parts[:2]) or "under a minute"


def moment(at: datetime, tables: Any, now: datetime | None = None) -> str:
    """A moment in the policy's zone and in UTC; the date is left out when it is the same day as `now`."""
    same_day = now is not None and tables.local(now).date() == tables.local(at).date()
    return _zoned(at, tables, "%H:%M" if same_day else "%a %d %b %H:%M")


def dated(at: datetime, tables: Any, beside: datetime | None = None) -> str:
    """The same with its day always, and with its year unless it is that of the moment that it is read beside."""
    same_year = beside is not None and tables.local(beside).year == tables.local(at).year
    return _zoned(at, tables, "%a %d %b %H:%M" if same_year else "%a %d %b %Y %H:%M")


def _zoned(at: datetime, tables: Any, form: str) -> str:
    local = tables.local(at)
    shown = local.strftime(form)
    if tables.zone == "UTC":
        return f"{shown} UTC"
    return f"{shown} {local.tzname()} ({at.strftime('%H:%M')} UTC)"


def short(at: datetime, tables: Any, now: datetime | None = None) -> str:
    """A moment in the policy's zone alone, where UTC stands nearby; with the day when it is not that of `now`."""
    local = tables.local(at)
    same_day = now is None or tables.local(now).date() == local.date()
    return f"{local:{'%H:%M' if same_day else '%a %H:%M'}} {local.tzname()}"


def rows(text: str | None, width: int = _SHORT) -> str:
    """A text as one harmless line in which its line breaks still show."""
    return line(_rows(text), width)


def _rows(text: str | None) -> str:
    return _SPACE.sub(" ", " / ".join(row.strip() for row in (text or "").split("\n") if row.strip())).strip()


def raised(text: str) -> str:
    """A name at the beginning of a sentence; what follows is spelt as its owner spells it."""
    return text[:1].upper() + text[1:]


def mentions(logins: Sequence[str]) -> str:
    """Logins as mentions, which notify them."""
    return " ".join(f"@{login}" for login in logins)


class _Over(jinja2.BaseLoader):
    """The packaged templates, with a repository's own over them."""

    def __init__(self, own: Mapping[str, Own]) -> None:
        self._own = own
        self._packaged = jinja2.PackageLoader("irp_actions")

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The source, its file, and whether it is still that: always."""
        own = self._own.get(template.removesuffix(".md.j2"))
        if own is None:
            return self._packaged.get_source(environment, template)
        return own.source, own.file, lambda: True


_OPTIONS: Mapping[str, Any] = {
    "undefined": jinja2.StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "auto_reload": False,
}


@cache
def _environment() -> jinja2.Environment:
    return _prepared(jinja2.Environment(loader=jinja2.PackageLoader("irp_actions"), **_OPTIONS))  # noqa: S701 - Markdown


def _prepared(environment: jinja2.Environment) -> jinja2.Environment:
    """With our filters; those that neutralise what people typed are the escaping here."""
    environment.filters |= {
        "line": line,
        "quote": quote,
        "utc": utc,
        "span": span,
        "moment": moment,
        "mentions": mentions,
        "raised": raised,
        "short": short,
        "rows": rows,
        "whole": whole,
        "together": together,
        "dated": dated,
        "parsed": parse_time,
    }
    return environment
