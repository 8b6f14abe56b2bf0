"""Control for drills, tests and others' scripts, under `/_standin/`: a stable interface.

People, the clock and the weather are set here; forms are sent; and what happened is told. Nobody has to log in.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import unquote

from irp_actions.edges.standin import forms
from irp_actions.edges.standin.acts.issues import Draft, open_issue
from irp_actions.edges.standin.acts.people import people_named
from irp_actions.edges.standin.clock import duration_of, moment_of, stamp
from irp_actions.edges.standin.payloads.issues import issue as issue_payload
from irp_actions.edges.standin.service import Incoming, Outgoing, Service
from irp_actions.edges.standin.timekeeper import SETTLING_SECONDS, Timekeeper
from irp_actions.edges.standin.wire import read_json
from irp_actions.edges.standin.world.callers import Caller
from irp_actions.edges.standin.world.records import Issue, User
from irp_actions.edges.standin.world.refusals import Invalid, NotFound, Refusal
from irp_actions.edges.standin.world.roles import Role

PREFIX = "/_standin/"
Order = Mapping[str, Any]
Told = tuple[int, Any]
_ROLES = {role.word: role for role in Role}


@dataclass(frozen=True, slots=True)
class Control:
    """Answers the control calls of one stand-in."""

    service: Service
    timekeeper: Timekeeper

    def answer(self, incoming: Incoming) -> Outgoing:
        """Answer one control call; it is not noted in the journal."""
        noun, _, name = incoming.path.removeprefix(PREFIX).partition("/")
        handler = _CALLS.get((incoming.method, noun, bool(name)))
        try:
            if handler is None:
                raise NotFound(f"There is no control call {incoming.method} {incoming.path}")
            status, value = handler(self, unquote(name), _order(incoming.raw))
        except Refusal as refusal:
            status, value = refusal.status, {"message": refusal.message, "errors": [dict(e) for e in refusal.errors]}
        except (TypeError, ValueError) as error:
            status, value = 422, {"message": str(error)}
        except TimeoutError as error:
            status, value = 504, {"message": str(error)}
        self.service.courier.deliver()
        body = b"" if value is None else json.dumps(value).encode()
        return Outgoing(status, (("Content-Type", "application/json; charset=utf-8"),), body)

    def put_user(self, login: str, order: Order) -> Told:
        """Make an account, or change what it may do."""
        world = self.service.world
        role = _ROLES.get(order.get("permission", "read"))
        if role is None:
            raise Invalid(f"permission must be one of {', '.join(_ROLES)}")
        with world.lock:
            user = world.accounts.named(login) or world.accounts.add(login, role)
            if user.kind != "User":
                raise Invalid(f"{login} is no person")
            user.role = role if "permission" in order else user.role
            user.private_member = bool(order.get("private_member", user.private_member))
            return 200, _shown(user)

    def delete_user(self, login: str, _: Order) -> Told:
        """Delete an account; what it wrote becomes the ghost's."""
        world = self.service.world
        with world.lock:
            user = world.accounts.named(login)
            if user is None:
                raise NotFound(f"There is no account {login}")
            if user.kind != "User" or login.casefold() in ("ghost", world.repository.owner.casefold()):
                raise Invalid(f"{login} cannot be deleted")
            world.accounts.forget(user)
        return 204, None

    def get_users(self, _: str, __: Order) -> Told:
        """List the people with access."""
        with self.service.world.lock:
            return 200, [_shown(user) for user in self.service.world.accounts.with_access()]

    def patch_repository(self, _: str, order: Order) -> Told:
        """Make the repository private or public."""
        world = self.service.world
        with world.lock:
            world.repository.private = bool(order.get("private", world.repository.private))
            return 200, {"full_name": world.repository.full_name, "private": world.repository.private}

    def post_form(self, name: str, order: Order) -> Told:
        """Send an issue form; its labels and assignees are set whoever sends it.

        Labels that the repository does not have are left out, as GitHub does.
        """
        world = self.service.world
        with world.lock:
            form = forms.load_form(world.checkout, name)
            body = forms.render(form, order.get("answers") or {})
            draft = Draft(
                title=order.get("title") or form.title,
                body=body,
                labels=[label for label in map(world.label_named, form.labels) if label is not None],
                assignees=people_named(world, form.assignees),
                by_form=True,
            )
            return 201, self._opened(order, draft)

    def post_pull(self, _: str, order: Order) -> Told:
        """Open a pull request, which is an issue with `pull_request`."""
        with self.service.world.lock:
            draft = Draft(title=order.get("title") or "", body=order.get("body"), is_pull=True)
            return 201, self._opened(order, draft)

    def get_clock(self, _: str, __: Order) -> Told:
        """Tell the time."""
        clock = self.service.world.clock
        return 200, {"now": stamp(clock.now()), "simulated": clock.is_simulated}

    def post_clock(self, _: str, order: Order) -> Told:
        """Move a simulated clock; each schedule that falls due fires at its own time."""
        if set(order) == {"now"}:
            until = moment_of(order["now"])
        elif set(order) == {"advance"}:
            until = self.service.world.clock.now() + duration_of(order["advance"])
        else:
            raise Invalid('send either {"now": ISO 8601} or {"advance": "PT1H"}')
        self.timekeeper.advance(until)
        return self.get_clock("", order)

    def get_weather(self, _: str, __: Order) -> Told:
        """Tell the weather."""
        return 200, asdict(self.service.weather.forecast)

    def post_weather(self, _: str, order: Order) -> Told:
        """Change the weather; keys that are not given stay."""
        told = self.service.weather.change(order)
        self.service.limits.enforced = told["rate_limit"] or None
        self.service.limits.writes = told["write_limit"] or None
        return 200, told

    def get_doubts(self, _: str, __: Order) -> Told:
        """Tell how GitHub is taken to be where no document says."""
        return 200, self.service.world.doubts.shown()

    def put_doubts(self, _: str, order: Order) -> Told:
        """Take GitHub to be otherwise; keys that are not given stay."""
        world = self.service.world
        with world.lock:
            world.doubts = world.doubts.changed(order)
            return 200, world.doubts.shown()

    def get_requests(self, _: str, __: Order) -> Told:
        """List every request that was not control."""
        return 200, self.service.journal.read()

    def delete_requests(self, _: str, __: Order) -> Told:
        """Begin a new list of requests."""
        self.service.journal.clear()
        return 204, None

    def get_events(self, _: str, __: Order) -> Told:
        """List the latest events with their payloads."""
        return 200, [asdict(event) for event in list(self.service.courier.delivered)]

    def get_runs(self, _: str, __: Order) -> Told:
        """List the workflow runs."""
        return 200, self.service.engine.runs()

    def post_settle(self, _: str, order: Order) -> Told:
        """Wait until no run is pending or running."""
        if not self.service.engine.settle(float(order.get("timeout_seconds", SETTLING_SECONDS))):
            raise TimeoutError("runs are still pending or running")
        return 200, {"settled": True}

    def _opened(self, order: Order, draft: Draft) -> Any:
        world = self.service.world
        caller = Caller(world.accounts.known_or_new(_login(order)))
        issue: Issue = open_issue(world, caller, draft)
        return issue_payload(world, issue, world.home)


def _order(raw: bytes) -> Order:
    value = read_json(raw) if raw.strip() else {}
    if not isinstance(value, dict):
        raise Invalid("send a JSON object")
    return value


def _login(order: Order) -> str:
    login = order.get("user")
    if not isinstance(login, str) or not login:
        raise Invalid('say who: {"user": LOGIN}')
    return login


def _shown(user: User) -> dict[str, Any]:
    return {"login": user.login, "permission": user.role.word, "private_member": user.private_member}


# Method, noun, and whether a name follows it.
_CALLS: Mapping[tuple[str, str, bool], Callable[[Control, str, Order], Told]] = {
    ("GET", "users", False): Control.get_users,
    ("PUT", "users", True): Control.put_user,
    ("DELETE", "users", True): Control.delete_user,
    ("PATCH", "repository", False): Control.patch_repository,
    ("POST", "forms", True): Control.post_form,
    ("POST", "pulls", False): Control.post_pull,
    ("GET", "clock", False): Control.get_clock,
    ("POST", "clock", False): Control.post_clock,
    ("GET", "weather", False): Control.get_weather,
    ("POST", "weather", False): Control.post_weather,
    ("GET", "doubts", False): Control.get_doubts,
    ("PUT", "doubts", False): Control.put_doubts,
    ("GET", "requests", False): Control.get_requests,
    ("DELETE", "requests", False): Control.delete_requests,
    ("GET", "events", False): Control.get_events,
    ("GET", "runs", False): Control.get_runs,
    ("POST", "settle", False): Control.post_settle,
}
