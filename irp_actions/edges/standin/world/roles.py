"""Who may do what in a repository: GitHub's roles, and the table of what each act needs.

Sources: "Repository roles for an organization" and "Permissions required for GitHub Apps".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """A repository role; a higher one may do all that a lower one may."""

    NONE = 0
    READ = 1
    TRIAGE = 2
    WRITE = 3
    MAINTAIN = 4
    ADMIN = 5

    @property
    def word(self) -> str:
        """The role's name in the API (`role_name`)."""
        return self.name.lower()

    @property
    def permission(self) -> str:
        """The older `permission` of the API, which knows neither triage nor maintain."""
        return _PERMISSIONS[self]


_PERMISSIONS = {
    Role.NONE: "none",
    Role.READ: "read",
    Role.TRIAGE: "read",
    Role.WRITE: "write",
    Role.MAINTAIN: "write",
    Role.ADMIN: "admin",
}


@dataclass(frozen=True, slots=True)
class Need:
    """What an act needs.

    Attributes:
        role: The least role of a person.
        scope: The permission a job token must carry.
        access: `read` or `write`: how much of it.
        or_author: Whether the author of the thing may do it with no more than read.
    """

    role: Role
    scope: str = "issues"
    access: str = "write"
    or_author: bool = False


NEEDS: Mapping[str, Need] = {
    "see the repository": Need(Role.READ, "metadata", "read"),
    "read issues": Need(Role.READ, "issues", "read"),
    "read contents": Need(Role.READ, "contents", "read"),
    "read actions": Need(Role.READ, "actions", "read"),
    "open an issue": Need(Role.READ),
    "comment": Need(Role.READ),
    "react": Need(Role.READ),
    "edit a post": Need(Role.WRITE, or_author=True),
    "delete a comment": Need(Role.WRITE, or_author=True),
    "close or reopen": Need(Role.TRIAGE, or_author=True),
    "label": Need(Role.TRIAGE),
    "assign": Need(Role.TRIAGE),
    "hide a comment": Need(Role.TRIAGE),
    "pin": Need(Role.WRITE),
    "lock": Need(Role.WRITE),
    "comment when locked": Need(Role.WRITE),
    "change labels": Need(Role.WRITE),
    "delete an issue": Need(Role.ADMIN),
    "list collaborators": Need(Role.WRITE, "metadata", "read"),
    "see permissions": Need(Role.WRITE, "metadata", "read"),
    "dispatch an event": Need(Role.WRITE, "contents"),
    "run workflows": Need(Role.WRITE, "actions"),
}
