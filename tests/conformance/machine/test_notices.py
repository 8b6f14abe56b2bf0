"""The machine can fail: each way of breaking the embedded GitHub is noticed."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import HypothesisException
from hypothesis.stateful import run_state_machine_as_test

from irp_actions.edges.standin.acts import comments, issues, labels, people, reactions
from irp_actions.edges.standin.graphql.connections import Connection
from irp_actions.edges.standin.rest import paging
from irp_actions.edges.standin.weather import Weather
from irp_actions.edges.standin.world import callers, roles
from irp_actions.edges.standin.world.refusals import Forbidden
from irp_actions.edges.standin.world.world import World
from tests.conformance.machine.machine import Machine
from tests.conformance.table import Row, record

# It stops at the first thing it notices and does not look for a smaller one.
UNTIL_NOTICED = settings(
    max_examples=600,
    stateful_step_count=30,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
Break = Callable[[pytest.MonkeyPatch], None]


def reactions_are_counted_twice(patch: pytest.MonkeyPatch) -> None:
    """Every reaction is new."""
    patch.setattr(reactions, "own_reaction", lambda *_: None)


def readers_may_label(patch: pytest.MonkeyPatch) -> None:
    """One line of the table of roles is wrong."""
    patch.setattr(callers, "NEEDS", {**roles.NEEDS, "label": roles.Need(roles.Role.READ)})


def jobs_may_write_what_they_may_read(patch: pytest.MonkeyPatch) -> None:
    """A token's permission is not looked at closely."""
    patch.setattr(callers, "_LEVELS", {"none": 0, "read": 2, "write": 2})


def strangers_are_told_that_it_is_there(patch: pytest.MonkeyPatch) -> None:
    """403 where 404 belongs."""

    class Told(Forbidden):
        def __init__(self) -> None:
            super().__init__("Not for you")

    patch.setattr(callers, "NotFound", Told)


def there_is_no_second_page(patch: pytest.MonkeyPatch) -> None:
    """Nothing leads on from the first."""
    patch.setattr(paging, "_links", lambda *_: ())


def pages_overlap(patch: pytest.MonkeyPatch) -> None:
    """The last of a page is the first of the next."""
    whole = paging._links
    patch.setattr(paging, "_links", lambda request, page, last: whole(request, page, last + 1))


def graphql_has_no_second_page(patch: pytest.MonkeyPatch) -> None:
    """Nothing leads on from the first here either."""
    nothing = {"startCursor": None, "endCursor": None, "hasPreviousPage": False, "hasNextPage": False}
    patch.setattr(Connection, "page_info", property(lambda _: nothing))


def since_leaves_out_its_own_moment(patch: pytest.MonkeyPatch) -> None:
    """What was updated just then is not found."""
    whole = World.recently_updated
    patch.setattr(
        World, "recently_updated", lambda world, at: (each for each in whole(world, at) if each.updated_at > at)
    )


def changes_leave_no_time(patch: pytest.MonkeyPatch) -> None:
    """`updated_at` stands still."""
    patch.setattr(World, "touch", lambda *_: None)


def locks_keep_nobody_out(patch: pytest.MonkeyPatch) -> None:
    """Readers go on talking."""
    patch.setattr(comments, "refuse_if_locked", lambda *_: None)


def deleted_issues_were_never_there(patch: pytest.MonkeyPatch) -> None:
    """404 where 410 belongs, and the number is used again."""
    whole = World.forget_issue

    def forget(world: World, issue: Any) -> None:
        whole(world, issue)
        world.deleted_issues.clear()

    patch.setattr(World, "forget_issue", forget)


def everything_is_told_twice(patch: pytest.MonkeyPatch) -> None:
    """As in bad weather."""
    patch.setattr(Weather, "copies", lambda _: 2)


def closing_is_not_told(patch: pytest.MonkeyPatch) -> None:
    """One event is forgotten."""
    whole = issues._tell
    patch.setattr(
        issues,
        "_tell",
        lambda world, caller, action, issue, **extra: (
            None if action == "closed" else whole(world, caller, action, issue, **extra)
        ),
    )


def refusals_leave_labels_behind(patch: pytest.MonkeyPatch) -> None:
    """A label is made before its name is looked at."""

    def named(world: World, names: list[str]) -> list[Any]:
        return [
            world.label_named(name) or world.add_label(labels._checked_name(name), "ededed", None) for name in names
        ]

    patch.setattr(labels, "named_labels", named)


def assigning_leaves_no_trace(patch: pytest.MonkeyPatch) -> None:
    """Neither in the timeline nor anywhere else."""
    patch.setattr(people, "_changed", lambda *_: None)


BREAKS: list[Break] = [
    reactions_are_counted_twice,
    readers_may_label,
    jobs_may_write_what_they_may_read,
    strangers_are_told_that_it_is_there,
    there_is_no_second_page,
    pages_overlap,
    graphql_has_no_second_page,
    since_leaves_out_its_own_moment,
    changes_leave_no_time,
    locks_keep_nobody_out,
    deleted_issues_were_never_there,
    everything_is_told_twice,
    closing_is_not_told,
    refusals_leave_labels_behind,
    assigning_leaves_no_trace,
]


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.__name__)
def test_the_machine_notices(broken: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an assertion that fails, and nothing else."""
    broken(monkeypatch)
    noticed = 0
    try:
        run_state_machine_as_test(Machine, settings=UNTIL_NOTICED)
    except HypothesisException:
        raise
    except AssertionError:
        noticed = 1
    record(Row("a model of issues", "ways to break the embedded GitHub, noticed", 1, 1 - noticed))
    assert noticed
