"""Pages: whom the channels have to wake, for a rung of a clock (IN-7, RO-1, RO-7, HO-2) or because a person called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from irp_actions.rules.asks import people_asked
from irp_actions.rules.clocks import CLOCKS, steps
from irp_actions.rules.commands.calls import OVER, PAGE, goes_on
from irp_actions.rules.drafts import Scene
from irp_actions.rules.messages import blank, place_of, worded
from irp_actions.rules.reminders import rung_key
from irp_actions.values.incident import Called, Running
from irp_actions.values.outbox import Delivery, Message, Undelivered


@dataclass(frozen=True, slots=True)
class Page:
    """One call of people by name, by a clock's newest rung that wakes somebody or by a person."""

    topic: str
    key: str
    who: tuple[str, ...]
    clock: Running | None = None
    called: Called | None = None


def pages(scene: Scene, channel: str, *, rung: bool, called: bool) -> Iterator[Message]:
    """The pages that a channel should have and has not, and the ends of those that are over.

    Args:
        scene: what they are made of.
        channel: its name.
        rung: whether it wakes people for clocks at this severity.
        called: whether it wakes people for each other.
    """
    is_pager = scene.policy.channels[channel].kind == "pager"
    for page in (*_rung(scene), *_called(scene)):
        slot = f"{channel} {page.topic}"
        taken, failing = scene.incident.delivered.get(slot), scene.incident.undelivered.get(slot)
        if taken is not None and taken.key.removesuffix(OVER) == page.key:
            if taken.action == "trigger" and _answered(scene, page, taken):
                yield _end(scene, channel, page.topic, taken, failing)
        elif rung if page.clock else called:
            yield _call(scene, channel, page, _open_alerts(taken, failing), is_pager=is_pager)
    yield from _over(scene, channel)


def _rung(scene: Scene) -> Iterator[Page]:
    """Of each clock the newest rung that is due and wakes somebody; it stands for those before it."""
    incident, now = scene.incident, scene.thread.read_at
    for clock in incident.clocks:
        due = [step for step in steps(incident, clock, now) if step.page]
        if due:
            who = people_asked(incident, scene.policy.people, clock, due[-1].ask)
            yield Page(f"{PAGE}{clock.key}", f"{PAGE}{rung_key(clock, due[-1].place)}", who, clock=clock)


def _called(scene: Scene) -> Iterator[Page]:
    for called in scene.incident.called if scene.incident.closing is None else ():
        yield Page(f"{PAGE}{called.n}", f"{PAGE}{called.n}", called.who, called=called)


def _call(scene: Scene, channel: str, page: Page, older: tuple[str, ...], *, is_pager: bool) -> Message:
    """The message that wakes; each rung is an alert of its own, because one that somebody answered rings no more."""
    alert = f"irp/{place_of(scene)}/{page.key.removeprefix(PAGE)}" if is_pager else ""
    message = replace(
        blank(scene, channel, page.topic, page.key),
        kinds=("page",),
        action="trigger" if is_pager else "tell",
        alert=alert,
        ends=tuple(other for other in older if other != alert),
        who=page.who,
        repeats=(page.called.n,) if page.called else (),
    )
    title = CLOCKS[page.clock.rule].called(page.clock.about)[0] if page.clock else ""
    return worded(scene, message, clock=page.clock, called=page.called, title=title)


def _answered(scene: Scene, page: Page, taken: Delivery) -> bool:
    """Whether anybody whom it calls has given a sign of life since."""
    word = scene.incident.word
    return word is not None and word.at > taken.at and word.by.lower() in {who.lower() for who in page.who}


def _over(scene: Scene, channel: str) -> Iterator[Message]:
    """The alerts of clocks that have stopped and of calls that were answered."""
    incident = scene.incident
    for slot in dict.fromkeys((*incident.delivered, *incident.undelivered)):
        name, _, topic = slot.partition(" ")
        taken, failing = incident.delivered.get(slot), incident.undelivered.get(slot)
        newest, ours = taken or failing, name == channel and topic.startswith(PAGE)
        if ours and newest and not goes_on(incident, newest.key) and _open_alerts(taken, failing):
            yield _end(scene, channel, topic, taken, failing)


def _end(scene: Scene, channel: str, topic: str, taken: Delivery | None, failing: Undelivered | None) -> Message:
    newest = taken or failing
    assert newest is not None  # noqa: S101 - one of the two is why it is ended
    first, *more = _open_alerts(taken, failing)
    key = newest.key.removesuffix(OVER) + OVER
    return replace(blank(scene, channel, topic, key), action="resolve", alert=first, ends=tuple(more))


def _open_alerts(taken: Delivery | None, failing: Undelivered | None) -> tuple[str, ...]:
    """The alerts of a topic that may be ringing: what was not taken for certain may have arrived all the same."""
    rung = (taken.alert if taken is not None and taken.action == "trigger" else "", failing.alert if failing else "")
    return tuple(dict.fromkeys(alert for alert in rung if alert))
