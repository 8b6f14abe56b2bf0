"""Accounts as the REST API shows them."""

from typing import Any

from irp_actions.edges.standin.clock import stamp
from irp_actions.edges.standin.urls import Urls
from irp_actions.edges.standin.world.accounts import GHOST_ID
from irp_actions.edges.standin.world.records import User
from irp_actions.edges.standin.world.roles import Role
from irp_actions.edges.standin.world.world import World

Payload = dict[str, Any]


def simple_user(user: User, urls: Urls) -> Payload:
    """GitHub's `simple-user`."""
    api = urls.user(user.login)
    return {
        "login": user.login,
        "id": user.id,
        "node_id": user.node,
        "avatar_url": f"{urls.web}/avatars/u/{user.id}?v=4",
        "gravatar_id": "",
        "url": api,
        "html_url": urls.user_page(user.login),
        "followers_url": f"{api}/followers",
        "following_url": f"{api}/following{{/other_user}}",
        "gists_url": f"{api}/gists{{/gist_id}}",
        "starred_url": f"{api}/starred{{/owner}}{{/repo}}",
        "subscriptions_url": f"{api}/subscriptions",
        "organizations_url": f"{api}/orgs",
        "repos_url": f"{api}/repos",
        "events_url": f"{api}/events{{/privacy}}",
        "received_events_url": f"{api}/received_events",
        "type": user.kind,
        "user_view_type": "public",
        "site_admin": False,
    }


def account(world: World, identifier: int, urls: Urls) -> Payload:
    """The account of an id; a deleted one is shown as the ghost."""
    return simple_user(world.accounts.author(identifier) or world.accounts.by_id[GHOST_ID], urls)


def optional_account(world: World, identifier: int | None, urls: Urls) -> Payload | None:
    """As `account`, where there may be nobody."""
    return None if identifier is None else account(world, identifier, urls)


def public_user(user: User, urls: Urls) -> Payload:
    """GitHub's `public-user`, with what nobody here ever filled in left empty."""
    return {
        **simple_user(user, urls),
        "name": None,
        "company": None,
        "blog": "",
        "location": None,
        "email": None,
        "hireable": None,
        "bio": None,
        "twitter_username": None,
        "notification_email": None,
        "public_repos": 0,
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "created_at": stamp(user.created_at),
        "updated_at": stamp(user.created_at),
    }


def permissions(role: Role) -> Payload:
    """The five booleans that say what a role includes."""
    return {
        "admin": role >= Role.ADMIN,
        "maintain": role >= Role.MAINTAIN,
        "push": role >= Role.WRITE,
        "triage": role >= Role.TRIAGE,
        "pull": role >= Role.READ,
    }


def collaborator(user: User, role: Role, urls: Urls) -> Payload:
    """GitHub's `collaborator`."""
    return {**simple_user(user, urls), "permissions": permissions(role), "role_name": role.word}


def collaborator_permission(user: User, role: Role, urls: Urls) -> Payload:
    """GitHub's `repository-collaborator-permission`: the old word, and the exact role."""
    return {"permission": role.permission, "role_name": role.word, "user": collaborator(user, role, urls)}
