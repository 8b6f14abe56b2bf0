"""The watch looks at the issues as their readers do, and tells what is new since it last looked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from irp_actions.edges.drill.beats import Beat, By
from irp_actions.edges.drill.client import Client
from irp_actions.edges.drill.doings import phrases
from irp_actions.edges.drill.readable import Reader
from irp_actions.rules.header import block, prose
from irp_actions.rules.notes import keys_of
from irp_actions.rules.tail import has_tail
from irp_actions.values.shape import parse_time

PROGRAM = "github-actions[bot]"
"""The login of the program, which writes with the job's token ("Automatic token authentication")."""

SHOWN_AS = "irp"
REACTIONS = {"+1": "👍", "confused": "😕"}
"""How the program's reactions are drawn; it gives no others."""


@dataclass(slots=True)
class _Comment:
    """A comment as it was last seen."""

    number: int
    body: str
    reactions: tuple[str, ...] = ()


@dataclass(slots=True)
class Watch:
    """Reads a repository as one of its people.

    Attributes:
        client: The connection.
        repo: `OWNER/NAME`.
        site: The embedded GitHub's address.
        reader: The login that reads; it must see everything.
    """

    client: Client
    repo: str
    site: str
    reader: str
    _comments: dict[int, _Comment] = field(default_factory=dict)
    _events: set[int] = field(default_factory=set)
    _issues: dict[int, dict[str, Any]] = field(default_factory=dict)
    _boards: dict[int, int] = field(default_factory=dict)
    _reports: dict[int, list[int]] = field(default_factory=dict)

    def look(self, now: datetime) -> list[Beat]:
        """What is new, in the order in which it happened; in one and the same second, people come first.

        Args:
            now: The drill's time (UTC), for what GitHub gives no time of.
        """
        found: list[Beat] = []
        for issue in self.client.pages(f"/repos/{self.repo}/issues?state=all&direction=asc", self.reader):
            number = issue["number"]
            timeline = self.client.pages(f"/repos/{self.repo}/issues/{number}/timeline", self.reader)
            fresh = self._noted(number, timeline)
            if number not in self._issues:
                found.append(self._opened(issue))
            self._issues[number] = issue
            found += self._written(number, timeline, fresh, now)
            found += self._done(number, timeline)
        return sorted(found, key=lambda beat: (beat.at, beat.by is By.PROGRAM))

    def number_of(self, path: str) -> str:
        """How a comment or an issue, named by its API path, is called in this drill: `(12)` or `#1`."""
        kind, _, identifier = path.rpartition("/")
        if kind.endswith("/comments"):
            return f"({self._comments[int(identifier)].number})"
        return f"#{identifier}"

    def issues(self) -> tuple[int, ...]:
        """The numbers of all issues that people opened, in the order of their opening; the program opens follow-ups."""
        return tuple(number for number, issue in self._issues.items() if not is_program(issue))

    def header(self, number: int) -> str:
        """The program's block at the top of an issue's text, as people read it."""
        return self._read(block(self._issues[number]["body"] or ""))

    def board(self, number: int) -> str:
        """The program's first comment on an issue, as people read it."""
        board = self._boards.get(number)
        return self._read(self._comments[board].body) if board else "There is no board."

    def report(self, number: int) -> str:
        """The report on an issue, all its parts; empty when there is none."""
        return "\n\n".join(self._read(self._comments[part].body) for part in self._reports.get(number, ()))

    def _read(self, text: str) -> str:
        numbers = {identifier: comment.number for identifier, comment in self._comments.items()}
        return Reader(self.site, self.repo, numbers).read(text)

    def _noted(self, issue: int, timeline: list[dict[str, Any]]) -> set[int]:
        """Number the new comments, before any text is read that may point at them."""
        fresh = set()
        for item in timeline:
            if item["event"] == "commented" and item["id"] not in self._comments:
                self._comments[item["id"]] = _Comment(len(self._comments) + 1, item["body"])
                fresh.add(item["id"])
                if is_program(item) and has_tail(item["body"]):
                    self._boards.setdefault(issue, item["id"])
        return fresh

    def _opened(self, issue: dict[str, Any]) -> Beat:
        ours = is_program(issue)
        who = SHOWN_AS if ours else issue["user"]["login"]
        head = f"**{who}** opens #{issue['number']}: *{issue['title']}*"
        return Beat(
            parse_time(issue["created_at"]),
            By.PROGRAM if ours else By.PERSON,
            head,
            self._read(prose(issue["body"] or "")),
        )

    def _written(self, issue: int, timeline: list[dict[str, Any]], fresh: set[int], now: datetime) -> Iterator[Beat]:
        """New comments, the program's notes that it amended, and its reactions."""
        reacted: dict[str, list[int]] = {}
        for item in timeline:
            if item["event"] != "commented":
                continue
            known = self._comments[item["id"]]
            if item["id"] in fresh:
                yield self._said(issue, item, known)
            elif is_program(item) and item["body"] != known.body and item["id"] != self._boards.get(issue):
                yield self._amended(item, known)
            known.body = item["body"]
            given = tuple(REACTIONS[name] for name in REACTIONS if item["reactions"][name])
            for sign in given:
                if sign not in known.reactions:
                    reacted.setdefault(sign, []).append(known.number)
            known.reactions = given
        for sign, numbers in reacted.items():
            places = ", ".join(f"({number})" for number in numbers)
            yield Beat(now, By.PROGRAM, f"**{SHOWN_AS}** {sign} {places}")

    def _said(self, issue: int, item: dict[str, Any], known: _Comment) -> Beat:
        by = By.PROGRAM if is_program(item) else By.PERSON
        verb, text = f"comments ({known.number})", self._read(item["body"])
        if len(self._issues) > 1:
            verb += f" on #{issue}"
        if any(key.startswith("report:") for key in keys_of(item["body"])) and is_program(item):
            self._reports.setdefault(issue, []).append(item["id"])
            verb, text = f"posts the report ({known.number}), shown at the end", ""
        return Beat(parse_time(item["created_at"]), by, f"**{name_of(item['user'])}** {verb}", text)

    def _amended(self, item: dict[str, Any], known: _Comment) -> Beat:
        """A note of the program that went on: only the lines that are new."""
        before = set(self._read(known.body).split("\n"))
        rows = [row for row in self._read(item["body"]).split("\n") if row and row not in before]
        head = f"**{SHOWN_AS}** amends ({known.number})"
        return Beat(parse_time(item["updated_at"]), By.PROGRAM, head, "\n".join(rows))

    def _done(self, issue: int, timeline: list[dict[str, Any]]) -> Iterator[Beat]:
        """New labels, assignees, closings and the like; what one did in one second is one beat."""
        fresh = [item for item in timeline if item["event"] != "commented" and item["id"] not in self._events]
        self._events |= {item["id"] for item in fresh}
        where = f" #{issue}" if len(self._issues) > 1 else ""
        for (moment, who), items in groupby(fresh, key=lambda item: (item["created_at"], name_of(item["actor"]))):
            told = phrases(items)
            if told:
                by = By.PROGRAM if who == SHOWN_AS else By.PERSON
                yield Beat(parse_time(moment), by, f"**{who}**{where} {told}")


def is_program(item: dict[str, Any]) -> bool:
    """Whether a comment or an issue is the program's."""
    return login_of(item["user"]) == PROGRAM


def login_of(user: dict[str, Any] | None) -> str:
    """A user's login; GitHub calls a deleted account the ghost ("Deleting your personal account")."""
    return str(user["login"]) if user else "ghost"


def name_of(user: dict[str, Any] | None) -> str:
    """A login as a drill shows it."""
    login = login_of(user)
    return SHOWN_AS if login == PROGRAM else login
