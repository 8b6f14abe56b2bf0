"""Who is asking: a person named by their own login, or a job through the token minted for it.

Source: "Automatic token authentication" and "Permissions for the GITHUB_TOKEN".
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from irp_actions.edges.standin.world.accounts import BOT_ID
from irp_actions.edges.standin.world.records import Post, User
from irp_actions.edges.standin.world.refusals import Forbidden, NotAllowed, NotFound, Unauthenticated
from irp_actions.edges.standin.world.roles import NEEDS, Need, Role
from irp_actions.edges.standin.world.world import World

_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|[-_](?=[A-Za-z0-9])){0,38}")
_TOKEN = re.compile(r"gh[a-z]_.*|github_pat_.*")
_LEVELS = {"none": 0, "read": 1, "write": 2}


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever sent a request.

    Attributes:
        user: The account it acts as.
        permissions: A job token's permissions by scope; `None` for a person, whose role decides.
    """

    user: User
    permissions: Mapping[str, str] | None = None

    @property
    def is_token(self) -> bool:
        """Whether a job is asking."""
        return self.permissions is not None


class Tokens:
    """The job tokens that are valid now."""

    def __init__(self) -> None:
        self._permissions: dict[str, Mapping[str, str]] = {}

    def mint(self, permissions: Mapping[str, str]) -> str:
        """A new token that may do what `permissions` says, such as `{"issues": "write"}`."""
        token = f"ghs_{secrets.token_hex(18)}"
        self._permissions[token] = {**permissions, "metadata": "read"}
        return token

    def revoke(self, token: str) -> None:
        """End a token; one that is unknown has ended already."""
        self._permissions.pop(token, None)

    def caller(self, world: World, authorization: str | None) -> Caller:
        """Who an `Authorization` header speaks for; a login is its own password here.

        Raises:
            Unauthenticated: The header is missing, or names nobody.
        """
        if authorization is None:
            raise Unauthenticated("Requires authentication")
        scheme, _, credential = authorization.partition(" ")
        if scheme.lower() not in ("bearer", "token"):
            raise Unauthenticated("Bad credentials")
        if credential in self._permissions:
            return Caller(world.accounts.by_id[BOT_ID], self._permissions[credential])
        if _TOKEN.fullmatch(credential) or not _LOGIN.fullmatch(credential):
            raise Unauthenticated("Bad credentials")
        return Caller(world.accounts.known_or_new(credential))


def may(world: World, caller: Caller, act: str, post: Post | None = None) -> bool:
    """Whether a caller may do an act of the table `NEEDS`; `post` is what it is done to, if authorship counts."""
    need = NEEDS[act]
    if caller.permissions is not None:
        return _LEVELS[caller.permissions.get(need.scope, "none")] >= _LEVELS[need.access]
    role = world.role_of(caller.user)
    is_author = post is not None and post.author == caller.user.id
    return role >= (Role.READ if need.or_author and is_author else need.role)


def require(world: World, caller: Caller, act: str, post: Post | None = None) -> None:
    """Refuse an act the caller may not do.

    Raises:
        NotFound: The caller must not even know of the repository.
        Forbidden: The caller may see it, but not do this.
    """
    if may(world, caller, act, post):
        return
    if caller.is_token:
        raise Forbidden("Resource not accessible by integration")
    if not world.role_of(caller.user) or _is_reading(NEEDS[act]):
        raise NotFound
    raise NotAllowed(caller.user.login)


def require_undoubted(world: World, caller: Caller, doubt: str) -> None:
    """Refuse a job's token what `Doubts` says that it may not do; people are in no doubt.

    Raises:
        Forbidden: It may not.
    """
    if caller.is_token and not getattr(world.doubts, doubt):
        raise Forbidden("Resource not accessible by integration")


def _is_reading(need: Need) -> bool:
    return need.access == "read" and need.role == Role.READ
