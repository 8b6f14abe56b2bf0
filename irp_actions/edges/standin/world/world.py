"""The world is everything the embedded GitHub remembers, with the indexes that keep a large one quick."""

import threading
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from irp_actions.edges.standin.clock import Clock
from irp_actions.edges.standin.doubts import Doubts
from irp_actions.edges.standin.events import Event
from irp_actions.edges.standin.ids import Ids, node_id
from irp_actions.edges.standin.urls import Urls
from irp_actions.edges.standin.world.accounts import Accounts
from irp_actions.edges.standin.world.records import Comment, Issue, Label, Repository, Revision, TimelineEvent, User
from irp_actions.edges.standin.world.refusals import Gone, NotFound
from irp_actions.edges.standin.world.roles import Role

Node = Repository | User | Label | Issue | Comment | TimelineEvent

_BEGINNING = datetime(2019, 4, 1, 9, 0, tzinfo=UTC)

# The labels every new repository has; source: "Managing labels", about default labels.
DEFAULT_LABELS = (
    ("bug", "d73a4a", "Something isn't working"),
    ("documentation", "0075ca", "Improvements or additions to documentation"),
    ("duplicate", "cfd3d7", "This issue or pull request already exists"),
    ("enhancement", "a2eeef", "New feature or request"),
    ("good first issue", "7057ff", "Good for newcomers"),
    ("help wanted", "008672", "Extra attention is needed"),
    ("invalid", "e4e669", "This doesn't seem right"),
    ("question", "d876e3", "Further information is requested"),
    ("wontfix", "ffffff", "This will not be worked on"),
)


class World:
    """One repository, its people and all that happened in it.

    Whoever reads or writes it holds `lock`. What happened waits in the outbox until the lock is free again,
    because listeners may ask the world in turn.

    Args:
        full_name: `OWNER/NAME` of the repository; the owner's account is its first administrator.
        clock: Where the time comes from.
        checkout: The folder that holds the files of the default branch.
    """

    def __init__(self, full_name: str, clock: Clock, checkout: Path) -> None:
        owner, _, name = full_name.partition("/")
        self.checkout = checkout
        self.lock = threading.RLock()
        self.clock = clock
        self.doubts = Doubts()
        self.ids = Ids()
        self.places = 0
        self.home = Urls("http://localhost", "http://localhost", full_name)
        identifier = self.ids.next("repository")
        self.repository = Repository(identifier, node_id("R", 0, identifier), owner, name, _BEGINNING)
        self.empty()
        self.accounts.add(owner, Role.ADMIN)
        for label in DEFAULT_LABELS:
            self.add_label(*label, default=True)

    def empty(self) -> None:
        """Forget everything but the repository itself."""
        self.labels: dict[int, Label] = {}
        self.issues: dict[int, Issue] = {}
        self.comments: dict[int, Comment] = {}
        self.events: dict[int, TimelineEvent] = {}
        self.open_issues: dict[int, Issue] = {}
        self.deleted_issues: set[int] = set()
        self.nodes: dict[str, Node] = {self.repository.node: self.repository}
        self.accounts = Accounts(self.ids, self.nodes)
        self.outbox: deque[Event] = deque()
        self._label_names: dict[str, Label] = {}
        self._labelled: dict[int, dict[int, Issue]] = {}
        self._by_update: dict[int, Issue] = {}

    # -- the repository

    @property
    def owner(self) -> User:
        """The account that the repository belongs to; it cannot be deleted."""
        return self.accounts.known_or_new(self.repository.owner)

    def role_of(self, user: User) -> Role:
        """What an account may do: everyone may read a public repository."""
        return user.role if self.repository.private else max(user.role, Role.READ)

    # -- labels

    def label_named(self, name: str) -> Label | None:
        """The label of a name, whatever its case."""
        return self._label_names.get(name.casefold())

    def add_label(self, name: str, color: str, description: str | None, *, default: bool = False) -> Label:
        """A new label of the repository."""
        identifier = self.ids.next("label")
        node = node_id("LA", 0, self.repository.id, identifier)
        now = self.clock.now()
        label = Label(identifier, node, name, color, description, now, now, default)
        self.keep_label(label)
        return label

    def keep_label(self, label: Label) -> None:
        """Put a label into the memory and its indexes."""
        self.labels[label.id] = label
        self.nodes[label.node] = label
        self._label_names[label.name.casefold()] = label
        self._labelled.setdefault(label.id, {})

    def rename_label(self, label: Label, name: str) -> None:
        """Give a label another name."""
        del self._label_names[label.name.casefold()]
        label.name = name
        self._label_names[name.casefold()] = label

    def forget_label(self, label: Label) -> None:
        """Delete a label, and take it off every issue."""
        for issue in self._labelled.pop(label.id).values():
            issue.labels.remove(label.id)
        del self._label_names[label.name.casefold()]
        del self.nodes[label.node]
        del self.labels[label.id]

    def put_on(self, issue: Issue, label: Label) -> None:
        """Let an issue carry a label."""
        issue.labels.append(label.id)
        self._labelled[label.id][issue.number] = issue

    def take_off(self, issue: Issue, label: Label) -> None:
        """Let an issue no longer carry a label."""
        issue.labels.remove(label.id)
        del self._labelled[label.id][issue.number]

    def labelled(self, label: Label) -> dict[int, Issue]:
        """The issues that carry a label, by number."""
        return self._labelled[label.id]

    # -- issues, comments, events

    def issue(self, number: int) -> Issue:
        """The issue or pull request of a number.

        Raises:
            Gone: It was deleted.
            NotFound: There never was one.
        """
        if number in self.deleted_issues:
            raise Gone("This issue was deleted")
        if number not in self.issues:
            raise NotFound
        return self.issues[number]

    def comment(self, identifier: int) -> Comment:
        """The comment of a database id.

        Raises:
            NotFound: There is none.
        """
        if identifier not in self.comments:
            raise NotFound
        return self.comments[identifier]

    def next_number(self) -> int:
        """The number the next issue or pull request gets; those of deleted ones are not used again."""
        return len(self.issues) + len(self.deleted_issues) + 1

    def next_place(self) -> int:
        """The next position in the order of everything that happens."""
        self.places += 1
        return self.places

    def keep_issue(self, issue: Issue) -> None:
        """Put an issue, with all that happened in it, into the memory and its indexes."""
        self.issues[issue.number] = issue
        self.nodes[issue.node] = issue
        self._by_update[issue.number] = issue
        self.note_state(issue)
        for identifier in issue.labels:
            self._labelled[identifier][issue.number] = issue
        for comment in issue.comments:
            self._index_comment(comment)
        for event in issue.events:
            self._index_event(event)

    def forget_issue(self, issue: Issue) -> None:
        """Delete an issue with all that happened in it."""
        for comment in list(issue.comments):
            self.forget_comment(issue, comment)
        for event in issue.events:
            del self.events[event.id]
            del self.nodes[event.node]
        for identifier in issue.labels:
            del self._labelled[identifier][issue.number]
        del self._by_update[issue.number]
        self.open_issues.pop(issue.number, None)
        del self.nodes[issue.node]
        del self.issues[issue.number]
        self.deleted_issues.add(issue.number)

    def note_state(self, issue: Issue) -> None:
        """Keep the index of open issues true after an issue's state changed."""
        if issue.state == "open":
            self.open_issues[issue.number] = issue
        else:
            self.open_issues.pop(issue.number, None)

    def keep_comment(self, issue: Issue, comment: Comment) -> None:
        """Put a new comment at the end of its issue."""
        issue.comments.append(comment)
        issue.timeline.append(comment)
        self._index_comment(comment)

    def forget_comment(self, issue: Issue, comment: Comment) -> None:
        """Delete a comment."""
        issue.comments.remove(comment)
        issue.timeline.remove(comment)
        if issue.pinned_comment == comment.id:
            issue.pinned_comment = None
        del self.comments[comment.id]
        del self.nodes[comment.node]

    def keep_event(self, issue: Issue, event: TimelineEvent) -> None:
        """Put a new event at the end of its issue's timeline."""
        issue.events.append(event)
        issue.timeline.append(event)
        self._index_event(event)

    def touch(self, issue: Issue) -> None:
        """Note that an issue changed now."""
        issue.updated_at = self.clock.now()
        del self._by_update[issue.number]
        self._by_update[issue.number] = issue

    def recently_updated(self, since: datetime) -> Iterator[Issue]:
        """The issues updated at or after a moment, the latest first."""
        for issue in reversed(self._by_update.values()):
            if issue.updated_at < since:
                return
            yield issue

    def issues_by_update(self) -> Iterator[Issue]:
        """All issues, the one updated longest ago first."""
        return iter(self._by_update.values())

    def revise(self, post: Issue | Comment, text: str, editor: User) -> None:
        """Give a post another text, and keep the one it had.

        GitHub's history is empty until the first edit, which then also shows the original.
        """
        if not post.revisions:
            post.revisions.append(self._revision(post, post.author, post.created_at, post.body or ""))
        post.revisions.append(self._revision(post, editor.id, self.clock.now(), text))
        post.body = text

    def _revision(self, post: Issue | Comment, editor: int, at: datetime, text: str) -> Revision:
        identifier = self.ids.next("edit")
        return Revision(identifier, node_id("UCE", 2, self.repository.id, post.id, identifier), editor, at, text)

    def _index_comment(self, comment: Comment) -> None:
        self.comments[comment.id] = comment
        self.nodes[comment.node] = comment

    def _index_event(self, event: TimelineEvent) -> None:
        self.events[event.id] = event
        self.nodes[event.node] = event
