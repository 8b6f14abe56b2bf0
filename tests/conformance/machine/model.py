"""What issues, comments, labels, reactions and people are, in as few words as possible.

Every method is something that somebody does. It raises `Refused`, and then has changed nothing; or it changes the
model, and returns what is told of it. The rules are those of GitHub's documentation, by the titles of its pages; the
model shares no line with the embedded GitHub.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any

START = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
OWNER = "acme"
FIRST_LABELS = (
    *("bug", "documentation", "duplicate", "enhancement", "good first issue"),
    *("help wanted", "invalid", "question", "wontfix"),
)


class Role(IntEnum):
    """As "Repository roles for an organization": what people may do."""

    NONE = 0
    READ = 1
    TRIAGE = 2
    WRITE = 3
    MAINTAIN = 4
    ADMIN = 5


# "Permissions for the GITHUB_TOKEN": what jobs may do with issues.
TOKENS = {"job": "write", "peek": "read", "bare": "none"}
BOT = "github-actions[bot]"

Told = list[tuple[str, str]]
Happening = tuple[str, Any]


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """It is not done, and this is the status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"refused with {status}")
        self.status = status


@dataclass(eq=False)
class Reaction:
    """Somebody's emoji."""

    login: str
    content: str
    id: int = 0


@dataclass(eq=False)
class Comment:
    """A comment on an issue."""

    login: str
    body: str
    created: datetime
    updated: datetime
    reactions: list[Reaction] = field(default_factory=list)
    id: int = 0


@dataclass(eq=False)
class Issue:
    """An issue; `timeline` is what happened to it, comments among the rest."""

    number: int
    login: str
    title: str
    body: str
    created: datetime
    updated: datetime
    is_open: bool = True
    reason: str | None = None
    closed: datetime | None = None
    closed_by: str | None = None
    locked: bool = False
    lock_reason: str | None = None
    labels: list[str] = field(default_factory=list)
    assignees: list[str] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    timeline: list[Happening] = field(default_factory=list)

    @property
    def comments(self) -> list[Comment]:
        """The comments, the oldest first."""
        return [what for kind, what in self.timeline if kind == "commented"]


@dataclass
class Model:
    """One repository.

    Attributes:
        people: Everybody's role.
        labels: The names of the labels, by what they are compared by.
        deleted: The numbers of issues that were deleted.
        now: The time.
    """

    people: dict[str, Role]
    labels: dict[str, str] = field(default_factory=lambda: {name.casefold(): name for name in FIRST_LABELS})
    issues: dict[int, Issue] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    now: datetime = START

    # -- who may

    def read(self, who: str, number: int) -> Issue:
        """The issue, for somebody who may see it.

        "Troubleshooting the REST API": what must not be known is not found. "Deleting an issue": 410, by the schema.
        """
        self._see(who)
        if number in self.deleted:
            raise Refused(410)
        if number not in self.issues:
            raise Refused(404)
        return self.issues[number]

    def may(self, who: str, role: Role) -> bool:
        """Whether somebody may write what takes this role."""
        return TOKENS[who] == "write" if who in TOKENS else self.people[who] >= role

    def _require(self, who: str, role: Role, author: str | None = None) -> None:
        is_author = who not in TOKENS and author == who
        if self.may(who, Role.READ if is_author else role):
            return
        raise Refused(404 if who not in TOKENS and not self.people[who] else 403)

    def _see(self, who: str) -> None:
        if who in TOKENS and TOKENS[who] == "none":
            raise Refused(403)
        if who not in TOKENS and not self.people[who]:
            raise Refused(404)

    def _require_voice(self, who: str, issue: Issue) -> None:
        """As "Locking conversations": people with write access may still comment."""
        self._require(who, Role.READ)
        if issue.locked and not self.may(who, Role.WRITE):
            raise Refused(403)

    # -- issues

    def open(self, who: str, title: str, body: str, labels: list[str], assignees: list[str]) -> Told:
        """As "REST: Create an issue": labels and assignees of those who may not set them are silently dropped.

        Whoever cannot be assigned is refused: reported in trstringer/manual-approval#71 and many more.
        """
        self._require(who, Role.READ)
        if self.may(who, Role.TRIAGE) and not all(map(self.people.get, assignees)):
            raise Refused(422)
        number = len(self.issues) + len(self.deleted) + 1
        issue = Issue(number, login_of(who), title.strip(), body, self.now, self.now)
        self.issues[number] = issue
        told = [("issues", "opened")]
        if self.may(who, Role.TRIAGE):
            told += self._put(issue, labels)
            told += self._assign(issue, assignees)
        return told

    def edit(self, who: str, number: int, title: str | None, body: str | None) -> Told:
        """As "REST: Update an issue": its author and people with write access may; a new title is in the timeline."""
        issue = self.read(who, number)
        self._require(who, Role.WRITE, issue.login)
        renamed = title is not None and title.strip() != issue.title
        rewritten = body is not None and body != issue.body
        if renamed and title is not None:
            issue.timeline.append(("renamed", (issue.title, title.strip())))
            issue.title = title.strip()
        if rewritten and body is not None:
            issue.body = body
        return self._touch(issue, [("issues", "edited")]) if renamed or rewritten else []

    def close(self, who: str, number: int, reason: str | None) -> Told:
        """As "Closing an issue": triage, or one's own. A closed one may get another reason, of which nobody is told."""
        issue = self.read(who, number)
        self._require(who, Role.TRIAGE, issue.login)
        if not issue.is_open and reason in (None, issue.reason):
            return []
        was_open = issue.is_open
        issue.is_open, issue.reason = False, reason or "completed"
        issue.closed, issue.closed_by = self.now, login_of(who)
        issue.timeline.append(("closed", issue.reason))
        return self._touch(issue, [("issues", "closed")] if was_open else [])

    def reopen(self, who: str, number: int) -> Told:
        """Whoever may close it; an author who may not triage only what they closed themselves (our conclusion)."""
        issue = self.read(who, number)
        is_own = issue.closed_by in (None, login_of(who))
        self._require(who, Role.TRIAGE, issue.login if is_own else None)
        if issue.is_open:
            return []
        issue.is_open, issue.reason, issue.closed, issue.closed_by = True, "reopened", None, None
        issue.timeline.append(("reopened", None))
        return self._touch(issue, [("issues", "reopened")])

    def lock(self, who: str, number: int, reason: str | None) -> Told:
        """As "Locking conversations": with write access; the reason of a locked one stays."""
        issue = self.read(who, number)
        self._require(who, Role.WRITE)
        if issue.locked:
            return []
        issue.locked, issue.lock_reason = True, reason
        issue.timeline.append(("locked", reason))
        return self._touch(issue, [("issues", "locked")])

    def unlock(self, who: str, number: int) -> Told:
        """As `lock`."""
        issue = self.read(who, number)
        self._require(who, Role.WRITE)
        if not issue.locked:
            return []
        issue.locked, issue.lock_reason = False, None
        issue.timeline.append(("unlocked", None))
        return self._touch(issue, [("issues", "unlocked")])

    def delete(self, who: str, number: int) -> Told:
        """As "Deleting an issue": with admin permissions; the number is not used again."""
        self.read(who, number)
        self._require(who, Role.ADMIN)
        del self.issues[number]
        self.deleted.add(number)
        return [("issues", "deleted")]

    # -- comments

    def comment(self, who: str, number: int, body: str) -> Told:
        """As "REST: Create an issue comment": anyone who can read the issue."""
        issue = self.read(who, number)
        self._require_voice(who, issue)
        issue.timeline.append(("commented", Comment(login_of(who), body, self.now, self.now)))
        return self._touch(issue, [("issue_comment", "created")])

    def edit_comment(self, who: str, issue: Issue, comment: Comment, body: str) -> Told:
        """As "Editing a comment": its author, and people with write access; the same text is no change."""
        self.read(who, issue.number)
        self._require(who, Role.WRITE, comment.login)
        if body == comment.body:
            return []
        comment.body, comment.updated = body, self.now
        return self._touch(issue, [("issue_comment", "edited")])

    def delete_comment(self, who: str, issue: Issue, comment: Comment) -> Told:
        """As "Managing disruptive comments": the timeline keeps that there was one."""
        self.read(who, issue.number)
        self._require(who, Role.WRITE, comment.login)
        issue.timeline.remove(("commented", comment))
        issue.timeline.append(("comment_deleted", None))
        return self._touch(issue, [("issue_comment", "deleted")])

    # -- reactions, of which nobody is ever told

    def react(self, who: str, issue: Issue, to: Issue | Comment, content: str) -> Reaction | None:
        """As "REST: Create reaction for an issue": one of a kind for everyone; `None` if it was there already."""
        self.read(who, issue.number)
        self._require_voice(who, issue)
        if any((given.login, given.content) == (login_of(who), content) for given in to.reactions):
            return None
        to.reactions.append(Reaction(login_of(who), content))
        return to.reactions[-1]

    def withdraw(self, who: str, issue: Issue, to: Issue | Comment, given: Reaction) -> Told:
        """As "REST: Delete an issue reaction": one's own."""
        self.read(who, issue.number)
        self._require(who, Role.READ)
        if given.login != login_of(who):
            raise Refused(403)
        to.reactions.remove(given)
        return []

    # -- labels and assignees of an issue

    def add_labels(self, who: str, number: int, names: list[str]) -> Told:
        """As "REST: Add labels to an issue": triage; unknown ones come to be, those it carries are no change."""
        issue = self.read(who, number)
        self._require(who, Role.TRIAGE)
        return self._put(issue, names)

    def remove_label(self, who: str, number: int, name: str) -> Told:
        """As "REST: Remove a label from an issue": 404 if the issue does not carry it."""
        issue = self.read(who, number)
        self._require(who, Role.TRIAGE)
        if name.casefold() not in issue.labels:
            raise Refused(404)
        return self._take(issue, [name.casefold()])

    def set_labels(self, who: str, number: int, names: list[str]) -> Told:
        """As "REST: Set labels for an issue": those that go come first."""
        issue = self.read(who, number)
        self._require(who, Role.TRIAGE)
        wanted = {name.casefold() for name in names}
        return self._take(issue, [key for key in issue.labels if key not in wanted]) + self._put(issue, names)

    def assign(self, who: str, number: int, logins: list[str]) -> Told:
        """As "Assigning issues": triage; whoever has no access is passed over."""
        issue = self.read(who, number)
        self._require(who, Role.TRIAGE)
        return self._assign(issue, logins)

    def unassign(self, who: str, number: int, logins: list[str]) -> Told:
        """As `assign`."""
        issue = self.read(who, number)
        self._require(who, Role.TRIAGE)
        gone = [login for login in dict.fromkeys(logins) if login in issue.assignees]
        for login in gone:
            issue.assignees.remove(login)
            issue.timeline.append(("unassigned", login))
            self._touch(issue, [])
        return [("issues", "unassigned")] * len(gone)

    # -- labels of the repository, of which no workflow here is told

    def create_label(self, who: str, name: str) -> Told:
        """As "Managing labels": with write access; names are compared without their case."""
        self._require(who, Role.WRITE)
        if name.casefold() in self.labels:
            raise Refused(422)
        self.labels[name.casefold()] = name
        return []

    def rename_label(self, who: str, name: str, new: str) -> Told:
        """On every issue, too."""
        self._label(who, name)
        if new.casefold() in self.labels and new.casefold() != name.casefold():
            raise Refused(422)
        del self.labels[name.casefold()]
        self.labels[new.casefold()] = new
        for issue in self.issues.values():
            issue.labels = [new.casefold() if key == name.casefold() else key for key in issue.labels]
        return []

    def delete_label(self, who: str, name: str) -> Told:
        """Off every issue, without a word in its timeline (our conclusion)."""
        self._label(who, name)
        del self.labels[name.casefold()]
        for issue in self.issues.values():
            issue.labels = [key for key in issue.labels if key != name.casefold()]
        return []

    # -- time

    def wait(self, seconds: int) -> None:
        """Time goes by."""
        self.now += timedelta(seconds=seconds)

    # -- what several of these do

    def _label(self, who: str, name: str) -> None:
        self._see(who)
        if name.casefold() not in self.labels:
            raise Refused(404)
        self._require(who, Role.WRITE)

    def _touch(self, issue: Issue, told: Told) -> Told:
        issue.updated = self.now
        return told

    def _put(self, issue: Issue, names: list[str]) -> Told:
        for name in names:
            self.labels.setdefault(name.casefold(), name)
        fresh = [key for key in dict.fromkeys(map(str.casefold, names)) if key not in issue.labels]
        for key in fresh:
            issue.labels.append(key)
            issue.timeline.append(("labeled", self.labels[key]))
            self._touch(issue, [])
        return [("issues", "labeled")] * len(fresh)

    def _take(self, issue: Issue, keys: list[str]) -> Told:
        for key in keys:
            issue.labels.remove(key)
            issue.timeline.append(("unlabeled", self.labels[key]))
            self._touch(issue, [])
        return [("issues", "unlabeled")] * len(keys)

    def _assign(self, issue: Issue, logins: list[str]) -> Told:
        """At most ten, which are more than there are people here."""
        fresh = [login for login in dict.fromkeys(logins) if self.people.get(login) and login not in issue.assignees]
        for login in fresh:
            issue.assignees.append(login)
            issue.timeline.append(("assigned", login))
            self._touch(issue, [])
        return [("issues", "assigned")] * len(fresh)


def login_of(who: str) -> str:
    """The account behind somebody: jobs have one in common."""
    return BOT if who in TOKENS else who
