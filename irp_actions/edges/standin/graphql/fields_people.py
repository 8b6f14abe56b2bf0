"""Accounts, field by field."""

from irp_actions.edges.standin.graphql.parts import addresses, attribute, constant, database_id, moment
from irp_actions.edges.standin.graphql.scene import Fields, Info, scene_of
from irp_actions.edges.standin.world.records import User


def _avatar(user: User, info: Info) -> str:
    return f"{scene_of(info).urls.web}/avatars/u/{user.id}?v=4"


def _page(user: User, info: Info) -> str:
    urls = scene_of(info).urls
    return urls.user_page(user.login).removeprefix(urls.web)


_ACTOR: Fields = {
    "id": attribute("node"),
    "databaseId": database_id,
    "login": attribute("login"),
    "avatarUrl": _avatar,
    "createdAt": moment("created_at"),
    "updatedAt": moment("created_at"),
    **addresses(_page),
}
USER: Fields = {**_ACTOR, "name": constant(None)}
# As an actor a bot goes by its app's name; only REST, and the viewer, append `[bot]`.
BOT: Fields = {**_ACTOR, "login": lambda bot, _info: bot.login.removesuffix("[bot]")}
