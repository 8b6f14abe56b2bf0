"""The records the stand-in's memory is made of: people, labels, issues, comments and what happened to them.

They refer to each other by id, so that a state file is these records and nothing more.
"""

from dataclasses import dataclass, field
from datetime import datetime

from irp_actions.edges.standin.world.roles import Role


@dataclass(slots=True, eq=False)
class User:
    """An account.

    Attributes:
        kind: `User` or `Bot`.
        node: Its global node id.
        private_member: Whether the membership of the organisation is hidden, which makes `author_association` mislead.
        gone: Whether the account was deleted; what it wrote is then the `ghost`'s.
    """

    id: int
    node: str
    login: str
    created_at: datetime
    kind: str = "User"
    role: Role = Role.READ
    private_member: bool = False
    gone: bool = False


@dataclass(slots=True, eq=False)
class Label:
    """A label of the repository."""

    id: int
    node: str
    name: str
    color: str
    description: str | None
    created_at: datetime
    updated_at: datetime
    default: bool = False


@dataclass(slots=True, eq=False)
class Revision:
    """A text that a body once was or is."""

    id: int
    node: str
    editor: int
    at: datetime
    text: str


@dataclass(slots=True, eq=False)
class Reaction:
    """One person's one emoji on one post; `subject` is the post's node id."""

    id: int
    node: str
    user: int
    content: str
    created_at: datetime
    subject: str


@dataclass(slots=True, kw_only=True, eq=False)
class Post:
    """What an issue and a comment have in common: a text with a history, and reactions.

    Attributes:
        issue: The number of the issue it belongs to, or is.
        via_app: Whether a job token wrote it.
        revisions: Empty until the first edit; then every text, the original first.
        place: Its position in the order of everything that happened; never reused.
    """

    id: int
    node: str
    issue: int
    author: int
    body: str | None
    created_at: datetime
    updated_at: datetime
    place: int
    via_app: bool = False
    revisions: list[Revision] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)


@dataclass(slots=True, kw_only=True, eq=False)
class Comment(Post):
    """A comment on an issue."""

    body: str
    minimized: str | None = None
    pinned_at: datetime | None = None
    pinned_by: int | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class TimelineEvent:
    """Something that happened to an issue, other than a comment.

    Attributes:
        kind: GitHub's REST name of the event, such as `labeled` or `comment_deleted`.
        subject: Whom or what it is about: the assignee, the deleted comment's author, the duplicate's number.
        label: The label's id, with name and colour as they were, for a label that may be gone.
        rename: The title before and after.
        reason: Why it was closed or locked.
    """

    id: int
    node: str
    kind: str
    issue: int
    actor: int
    created_at: datetime
    place: int
    via_app: bool = False
    subject: int | None = None
    label: tuple[int, str, str] | None = None
    rename: tuple[str, str] | None = None
    reason: str | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Issue(Post):
    """An issue, or a pull request seen as one.

    Attributes:
        timeline: Comments and events in the order they happened.
        comments: The comments among them.
        events: The events among them.
    """

    number: int
    title: str
    is_pull: bool = False
    state: str = "open"
    state_reason: str | None = None
    closed_at: datetime | None = None
    closed_by: int | None = None
    locked: bool = False
    lock_reason: str | None = None
    pinned: bool = False
    labels: list[int] = field(default_factory=list)
    assignees: list[int] = field(default_factory=list)
    pinned_comment: int | None = None
    comments: list[Comment] = field(default_factory=list)
    events: list[TimelineEvent] = field(default_factory=list)
    timeline: list["Comment | TimelineEvent"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Repository:
    """The one repository the stand-in holds."""

    id: int
    node: str
    owner: str
    name: str
    created_at: datetime
    private: bool = True
    default_branch: str = "main"

    @property
    def full_name(self) -> str:
        """`OWNER/NAME`."""
        return f"{self.owner}/{self.name}"
