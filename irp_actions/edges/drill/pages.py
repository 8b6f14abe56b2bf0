"""Pages are where a drill is read as it grows: plain Markdown for files and pipes, colour for a terminal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol, TextIO
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.status import Status

from irp_actions.edges.drill.beats import Beat, By


class Page(Protocol):
    """Somewhere to show a drill."""

    def heading(self, title: str, text: str) -> None:
        """Begin a part of the drill; the text is Markdown."""

    def beat(self, beat: Beat) -> None:
        """Show one thing that happened."""

    def waiting(self, now: datetime) -> None:
        """The drill's clock stands here (UTC), and nothing is new."""

    def end(self) -> None:
        """Nothing more comes."""


class PlainPage:
    """Markdown as text: what is written is quoted, and the day stands above its first hour.

    Args:
        out: Where it is written.
        zone: The zone of the times shown.
    """

    def __init__(self, out: TextIO, zone: ZoneInfo) -> None:
        self._out = out
        self._zone = zone
        self._day: date | None = None

    def heading(self, title: str, text: str) -> None:
        """A second-level heading; the very first is the document's own."""
        level = "#" if self._day is None else "##"
        self._write(f"{level} {title}")
        self._write(text)

    def beat(self, beat: Beat) -> None:
        """Time and headline on one line, then the words as a quotation."""
        local = beat.at.astimezone(self._zone)
        if local.date() != self._day:
            self._day = local.date()
            self._write(f"## {local:%A}, {local.day} {local:%B %Y}")
        self._write(f"**{local:%H:%M}** {beat.head}")
        if beat.text:
            self._write("\n".join(f"> {row}".rstrip() for row in beat.text.split("\n")))

    def waiting(self, now: datetime) -> None:
        """Nothing: a file shows no waiting."""

    def end(self) -> None:
        """Nothing is held back."""

    def _write(self, text: str) -> None:
        self._out.write(f"{text.strip()}\n\n")
        self._out.flush()


STYLES = {By.PERSON: "cyan", By.PROGRAM: "green", By.NARRATOR: "magenta", By.TROUBLE: "bold red"}
WIDEST = 110
"""Columns that a text may take; longer lines tire the eye."""


class TerminalPage:
    """The same in colour, with the Markdown rendered and the drill's clock running at the bottom.

    Args:
        console: The terminal.
        zone: The zone of the times shown.
    """

    def __init__(self, console: Console, zone: ZoneInfo) -> None:
        self._console = console
        self._zone = zone
        self._status: Status | None = None

    def heading(self, title: str, text: str) -> None:
        """A rule across the terminal with the title, then the text."""
        self._console.print()
        self._console.rule(title)
        self._text(text, indent=0)

    def beat(self, beat: Beat) -> None:
        """Time and headline in the colour of whose it is, then the words, set in."""
        local = beat.at.astimezone(self._zone)
        self._console.print()
        self._console.print(Markdown(f"{local:%a %H:%M} {beat.head}", style=STYLES[beat.by]))
        if beat.text:
            self._text(beat.text, indent=4)

    def waiting(self, now: datetime) -> None:
        """The clock at the bottom."""
        local = now.astimezone(self._zone)
        if self._status is None:
            self._status = self._console.status("")
            self._status.start()
        self._status.update(f"{local:%a %H:%M %Z}")

    def end(self) -> None:
        """Take the clock away."""
        if self._status is not None:
            self._status.stop()

    def _text(self, text: str, indent: int) -> None:
        """Markdown in which a line's end is a line's end, as in GitHub's comments."""
        kept = text.replace("\n", "  \n")
        width = min(WIDEST, self._console.width)
        self._console.print(Padding(Markdown(kept, hyperlinks=False), (0, 0, 0, indent)), width=width)
