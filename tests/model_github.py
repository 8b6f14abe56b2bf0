"""A model of GitHub holding one issue, as pure values: what a door reads of it, and what a batch does to it.

It does what GitHub is known to do and no more: a batch goes on after a mutation that failed, whatever the
program does itself stands in the timeline too, and a read shows a window of a long thread.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from irp_actions.edges.github.door import Reading
from irp_actions.edges.trouble import Unavailable, WriteFailed
from irp_actions.rules.followups import key_of
from irp_actions.values import changes as c
from irp_actions.values.thread import Comment, Deed, Person, Revision, Thread

START = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
BOT = Person("github-actions", 41898282, "Bot")
ISSUE = "https://github.test/acme/incidents/issues/1"

OPENING, REVISIONS = 10, 5
"""How many of the first comments, and how many of the newest revisions of the body, every read shows."""


@dataclass(frozen=True)
class Loss:
    """What goes wrong with one batch: these of its changes are lost, and the answer is an error."""

    lost: frozenset[int] = frozenset()
    """Places in the batch; none when all was applied and only the answer was lost."""
    delayed: bool = False
    """Whether the whole batch never arrived."""


def person(login: str) -> Person:
    """Somebody with a stable id; a name that ends in `[bot]` is a program."""
    if login.endswith("[bot]"):
        return Person(login.removesuffix("[bot]"), 900 + len(login), "Bot")
    return Person(login, sum(place * ord(letter) for place, letter in enumerate(login, start=1)), "User")


class GitHub:
    """One issue, its comments and its timeline, and a clock that moves only when told."""

    def __init__(self, now: datetime = START) -> None:
        """Nothing is open yet."""
        self.now = now
        self.viewer = BOT
        self.reads = 0
        self.writes = 0
        self.reached = 0
        """How many more pages of the thread were asked for than one read shows."""
        self.elsewhere: dict[int, GitHub] = {}
        """Other issues, by their numbers."""
        self.silent: frozenset[int] = frozenset()
        """Numbers of issues that cannot be read."""
        self.others: tuple[int, ...] = ()
        """The numbers of other records of the last day."""
        self.writers: frozenset[str] = frozenset()
        self.unreachable: frozenset[str] = frozenset()
        """Logins of whom GitHub cannot say what they may do; `*` is everybody."""
        self.window: int | None = None
        """How many of the last comments a read shows; None for all."""
        self.weather: list[Loss | None] = []
        """What happens to the next batches, one each; None is fine weather."""
        self.meanwhile: Callable[[], object] | None = None
        """What happens between the next batch's reading and its writing, once."""
        self.batches: list[tuple[c.Change, ...]] = []
        self.thread: Thread | None = None
        self.follow_ups: list[c.OpenIssue] = []
        """The issues the program opened beside this one; the first is #2."""
        self._numbers = itertools.count(7001)
        self._editors: dict[str, tuple[str, ...]] = {}
        self._texts: dict[str, list[Revision]] = {}

    # What the program asks, as of its door

    def read(self, number: int, now: datetime) -> Reading | None:
        """The issue as one request shows it."""
        self.reads += 1
        if number in self.silent:
            raise Unavailable(f"#{number} cannot be read")
        if number == self.issue.number:
            return Reading(self._shown(self.window))
        other = self.elsewhere.get(number)
        if other is None:
            return None
        other.now = max(other.now, self.now)
        return other.read(number, now)

    def reach(self, thread: Thread, since: datetime | None) -> Thread:
        """Further back, a page at a time."""
        if thread.number != self.issue.number:
            return self.elsewhere[thread.number].reach(thread, since)
        shown = self.window or 0
        while not (thread.whole or (since is not None and thread.comments[OPENING].at < since)):
            self.reached += 1
            shown += self.window or 0
            thread = replace(self._shown(shown), read_at=thread.read_at)
        return thread

    def nearby(self, label: str, number: int, now: datetime) -> tuple[int, ...]:
        """Other records of the last day; the model has one issue."""
        return self.others

    def standing(self, login: str) -> str | None:
        """What GitHub says of somebody's permission."""
        if self.unreachable & {login, "*"}:
            return None
        return "responder" if login in {writer.lower() for writer in self.writers} else "outsider"

    def editors(self, ids: frozenset[str]) -> dict[str, tuple[str, ...] | None]:
        """Everyone who edited these comments."""
        if "*" in self.unreachable:
            return dict.fromkeys(ids)
        return {id: self._editors.get(id, ()) for id in ids}

    def comment(self, id: str) -> tuple[int, Comment] | None:
        """One comment by its node id."""
        self.reads += 1
        found = self._shown(None).comment(id)
        return (1, found) if found else None

    def opened(self, number: int, since: datetime) -> dict[str, int]:
        """The issues opened for what was left to be done; of two for one, the earlier."""
        self.reads += 1
        found: dict[str, int] = {}
        for place, issue in enumerate(self.follow_ups, start=2):
            key = key_of(issue.body)
            assert key is not None
            found.setdefault(key[1], place)
        return found

    def since_ours(self, id: str, writer: Person) -> tuple[Revision, ...]:
        """The texts of a comment, newest first, down to the newest that we ourselves gave it."""
        texts = self._texts.get(id, [])[::-1]
        ours = next((place for place, text in enumerate(texts) if text.editor == writer), None)
        return () if ours is None else tuple(texts[: ours + 1])

    def apply(self, thread: Thread, changes: tuple[c.Change, ...]) -> None:
        """Make the changes of one batch, as far as the weather lets it."""
        if not changes:
            return
        if thread.number != self.issue.number:
            self.elsewhere[thread.number].apply(thread, changes)
            return
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        self.writes += 1
        self.batches.append(changes)
        loss = self.weather.pop(0) if self.weather else None
        made = [self._made(change, place, loss) for place, change in enumerate(changes)]
        if loss is not None or not all(made):
            raise WriteFailed("bad weather" if loss else "no such comment")

    def _made(self, change: c.Change, place: int, loss: Loss | None) -> bool:
        """Make one change, if it arrives and what it is about still exists."""
        about = getattr(change, "comment", None)
        if loss is not None and (loss.delayed or place in loss.lost):
            return False
        if about is not None and self.issue.comment(about) is None:
            return False
        self._apply(change)
        return True

    # What anybody does

    @property
    def issue(self) -> Thread:
        """The whole issue as it is now."""
        assert self.thread is not None, "nothing was opened yet"
        return replace(self.thread, read_at=self.now, viewer=self.viewer)

    def put(self, **changed: object) -> None:
        """Change the issue itself."""
        self.thread = replace(self.issue, **changed)  # type: ignore[arg-type]

    def create(self, author: Person, title: str, body: str, labels: tuple[str, ...]) -> None:
        """Open the issue."""
        self.thread = Thread(
            number=1,
            id="I_1",
            url=ISSUE,
            title=title,
            body=body,
            author=author,
            at=self.now,
            read_at=self.now,
            viewer=self.viewer,
            labels=frozenset(labels),
        )

    def add_comment(self, author: Person, body: str) -> Comment:
        """Post a comment."""
        number = next(self._numbers)
        at = self.now
        comment = Comment(f"IC_{number}", number, f"{ISSUE}#issuecomment-{number}", author, body, at)
        self.put(comments=(*self.issue.comments, comment))
        self._texts[comment.id] = [Revision(at, author, body)]
        return comment

    def edit_comment(self, id: str, by: Person, body: str) -> None:
        """Edit a comment."""
        self._replace(id, body=body, edited_at=self.now, editor=by)
        self._editors[id] = (*self._editors.get(id, ()), by.login)
        self._texts[id].append(Revision(self.now, by, body))

    def delete_comment(self, id: str, by: Person) -> None:
        """Delete a comment; the timeline keeps whose it was."""
        gone = self.issue.comment(id)
        assert gone is not None
        self.put(comments=tuple(comment for comment in self.issue.comments if comment.id != id))
        self.add_deed("comment_deleted", by, gone.author.login)

    def add_deed(self, kind: str, by: Person, detail: str = "") -> None:
        """Something that stands in the timeline."""
        self.put(deeds=(*self.issue.deeds, Deed(f"D_{next(self._numbers)}", kind, self.now, by, detail)))

    def add_label(self, label: str, by: Person) -> None:
        """Set a label."""
        if label not in self.issue.labels:
            self.put(labels=self.issue.labels | {label})
            self.add_deed("labeled", by, label)

    def remove_label(self, label: str, by: Person) -> None:
        """Take a label off."""
        if label in self.issue.labels:
            self.put(labels=self.issue.labels - {label})
            self.add_deed("unlabeled", by, label)

    def close(self, by: Person, reason: str = "COMPLETED") -> None:
        """Close the issue, if it is open."""
        if self.issue.is_open:
            self.put(is_open=False)
            self.add_deed("closed", by, reason)

    def reopen(self, by: Person) -> None:
        """Open the issue again, if it is closed."""
        if not self.issue.is_open:
            self.put(is_open=True)
            self.add_deed("reopened", by)

    def write_body(self, body: str, by: Person) -> None:
        """Edit the issue's body; its first text becomes a revision with the first edit."""
        issue = self.issue
        first = () if issue.revisions else (Revision(issue.at, issue.author, issue.body),)
        revisions = (Revision(self.now, by, body), *issue.revisions, *first)
        self.put(body=body, revisions=revisions)

    def _shown(self, window: int | None) -> Thread:
        issue = self.issue
        comments = tuple(replace(comment, ours=comment.author == self.viewer) for comment in issue.comments)
        since = comments[0].at if comments else None
        if window is not None and len(comments) > window:
            first, since = comments[:OPENING], comments[-window].at
            latest = tuple(comment for comment in comments[-window:] if comment not in first)
            comments = (*first, *latest)
        whole = len(comments) == len(issue.comments)
        since = comments[OPENING].at if not whole else None
        return replace(
            issue, comments=comments, whole=whole, complete_since=since, revisions=issue.revisions[:REVISIONS]
        )

    def _replace(self, id: str, **changed: object) -> None:
        comments = self.issue.comments
        self.put(comments=tuple(replace(x, **changed) if x.id == id else x for x in comments))  # type: ignore[arg-type]

    def _apply(self, change: c.Change) -> None:  # noqa: C901 - one case for each kind of change
        issue = self.issue
        match change:
            case c.OpenBoard(body) | c.FileArchive(body) | c.Say(_, body):
                self.add_comment(self.viewer, body)
            case c.WriteRecord(id, body) | c.Amend(id, body):
                self.edit_comment(id, self.viewer, body)
            case c.Remove(id):
                self.delete_comment(id, self.viewer)
            case c.React(id, content):
                found = issue.comment(id)
                assert found is not None
                self._replace(id, reactions=found.reactions | {content})
            case c.WriteBody(body):
                self.write_body(body, self.viewer)
            case c.SetLabels(add, remove):
                for label in sorted(add):
                    self.add_label(label, self.viewer)
                for label in sorted(remove):
                    self.remove_label(label, self.viewer)
            case c.Assign(add, remove):
                self.put(assignees=(issue.assignees | add) - remove)
            case c.OpenIssue():
                self.follow_ups.append(change)
            case c.Close(reason):
                self.close(self.viewer, reason)
            case c.Reopen():
                self.reopen(self.viewer)
