"""Which issues a list asks for, found through the narrowest index there is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from irp_actions.edges.standin.world.records import Issue
from irp_actions.edges.standin.world.world import World

# What lists can be sorted by; issues of the same second keep the order of their numbers.
ORDERS: dict[str, Callable[[Issue], tuple[object, int]]] = {
    "created": lambda issue: (issue.created_at, issue.number),
    "updated": lambda issue: (issue.updated_at, issue.number),
    "comments": lambda issue: (len(issue.comments), issue.number),
}


@dataclass(frozen=True, slots=True)
class Search:
    """What a list of issues is filtered and sorted by.

    Attributes:
        state: `open`, `closed`, or `all`.
        labels: Names of labels; an issue must carry every one of them, or any if `any_label`.
        since: Only issues updated at or after this moment.
        assignee: A login, `none`, `*`, or `None` for no matter whom.
        creator: The author's login.
        mentioned: A login that the body mentions.
        pulls: Whether pull requests belong to the list.
    """

    state: str = "all"
    labels: Sequence[str] = ()
    any_label: bool = False
    since: datetime | None = None
    assignee: str | None = None
    creator: str | None = None
    mentioned: str | None = None
    pulls: bool = True


def found(world: World, search: Search, order: str = "created", *, descending: bool = True) -> list[Issue]:
    """The issues that match, sorted by one of `ORDERS`."""
    tests = _tests(world, search)
    matching = [issue for issue in _candidates(world, search) if all(test(issue) for test in tests)]
    return sorted(matching, key=ORDERS[order], reverse=descending)


def _candidates(world: World, search: Search) -> Iterable[Issue]:
    """The smallest index that holds every match."""
    candidates: list[Iterable[Issue]] = [world.issues.values()]
    sizes = [len(world.issues)]
    if search.state == "open":
        candidates.append(world.open_issues.values())
        sizes.append(len(world.open_issues))
    for name in () if search.any_label else search.labels:
        label = world.label_named(name)
        carrying = {} if label is None else world.labelled(label)
        candidates.append(carrying.values())
        sizes.append(len(carrying))
    if search.since is not None:
        recent = list(world.recently_updated(search.since))
        candidates.append(recent)
        sizes.append(len(recent))
    return candidates[sizes.index(min(sizes))]


def _tests(world: World, search: Search) -> list[Callable[[Issue], bool]]:
    tests: list[Callable[[Issue], bool]] = []
    if search.state != "all":
        tests.append(lambda issue: issue.state == search.state)
    if search.labels:
        wanted = [None if label is None else label.id for label in map(world.label_named, search.labels)]
        combine = any if search.any_label else all
        tests.append(lambda issue: combine(identifier in issue.labels for identifier in wanted))
    if search.since is not None:
        since = search.since
        tests.append(lambda issue: issue.updated_at >= since)
    if not search.pulls:
        tests.append(lambda issue: not issue.is_pull)
    return tests + _tests_of_people(world, search)


def _tests_of_people(world: World, search: Search) -> list[Callable[[Issue], bool]]:
    tests: list[Callable[[Issue], bool]] = []
    if search.assignee == "none":
        tests.append(lambda issue: not issue.assignees)
    elif search.assignee == "*":
        tests.append(lambda issue: bool(issue.assignees))
    elif search.assignee is not None:
        assignee = _identifier(world, search.assignee)
        tests.append(lambda issue: assignee in issue.assignees)
    if search.creator is not None:
        creator = _identifier(world, search.creator)
        tests.append(lambda issue: issue.author == creator)
    if search.mentioned is not None:
        mention = f"@{search.mentioned.casefold()}"
        tests.append(lambda issue: mention in (issue.body or "").casefold())
    return tests


def _identifier(world: World, login: str) -> int | None:
    user = world.accounts.named(login)
    return None if user is None else user.id
