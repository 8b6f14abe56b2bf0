"""Who is who: the accounts that the stand-in knows, and GitHub's own two."""

from datetime import UTC, datetime
from typing import Any

from irp_actions.edges.standin.ids import Ids, node_id
from irp_actions.edges.standin.world.records import User
from irp_actions.edges.standin.world.roles import Role

# GitHub's own accounts: the writer behind job tokens, and the one that stands for deleted accounts.
BOT_ID = 41898282
GHOST_ID = 10137
_BOT = (BOT_ID, "MDM6Qm90NDE4OTgyODI=", "github-actions[bot]", datetime(2018, 7, 30, tzinfo=UTC), "Bot", Role.NONE)
_GHOST = (GHOST_ID, "MDQ6VXNlcjEwMTM3", "ghost", datetime(2008, 5, 13, tzinfo=UTC), "User", Role.NONE)
_BEGINNING = datetime(2019, 4, 1, 9, 0, tzinfo=UTC)


class Accounts:
    """The accounts by id and by login.

    Args:
        ids: Where new ids come from.
        nodes: The world's index of everything by node id.
    """

    def __init__(self, ids: Ids, nodes: dict[str, Any]) -> None:
        self.by_id: dict[int, User] = {}
        self._by_login: dict[str, User] = {}
        self._ids = ids
        self._nodes = nodes
        for account in (_BOT, _GHOST):
            self.keep(User(*account))

    def named(self, login: str) -> User | None:
        """The living account of a login, whatever its case."""
        return self._by_login.get(login.casefold())

    def known_or_new(self, login: str) -> User:
        """The account of a login; a login never seen before becomes an account that may read."""
        return self.named(login) or self.add(login, Role.READ)

    def add(self, login: str, role: Role) -> User:
        """A new account."""
        identifier = self._ids.next("user")
        user = User(identifier, node_id("U", 0, identifier), login, _BEGINNING, role=role)
        self.keep(user)
        return user

    def keep(self, user: User) -> None:
        """Put an account into the indexes; a deleted one is only known by its id."""
        self.by_id[user.id] = user
        if not user.gone:
            self._by_login[user.login.casefold()] = user
            self._nodes[user.node] = user

    def forget(self, user: User) -> None:
        """Delete an account; what it wrote stays, as the ghost's."""
        user.gone = True
        del self._by_login[user.login.casefold()]
        del self._nodes[user.node]

    def author(self, identifier: int) -> User | None:
        """The account that did something, or `None` if it is gone (GraphQL's `null`, REST's `ghost`)."""
        user = self.by_id[identifier]
        return None if user.gone else user

    def with_access(self) -> list[User]:
        """The people with access to the repository, the oldest account first."""
        return list(filter(self.is_assignable, self.by_id.values()))

    def is_assignable(self, user: User) -> bool:
        """Whether issues can be assigned to this account: it has access."""
        return bool(user.role) and not user.gone
