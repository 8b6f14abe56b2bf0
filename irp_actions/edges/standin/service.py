"""The service answers requests: who asks, what the weather does to it, REST or GraphQL, and what is told afterwards."""

import hashlib
import itertools
import json
import time
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl

from irp_actions.edges.standin.clock import stamp
from irp_actions.edges.standin.courier import Courier
from irp_actions.edges.standin.engine import Engine
from irp_actions.edges.standin.graphql import engine as graphql
from irp_actions.edges.standin.graphql.scene import Scene
from irp_actions.edges.standin.journal import Entry, Journal
from irp_actions.edges.standin.limits import Allowance, Limits
from irp_actions.edges.standin.rest import api as rest
from irp_actions.edges.standin.rest import media
from irp_actions.edges.standin.rest.exchange import Answer, Request
from irp_actions.edges.standin.urls import Urls
from irp_actions.edges.standin.weather import Weather
from irp_actions.edges.standin.witness import Witness
from irp_actions.edges.standin.world.callers import Caller, Tokens
from irp_actions.edges.standin.world.refusals import Malformed, Refusal
from irp_actions.edges.standin.world.world import World

_ENTERPRISE = "/api/v3"
_GRAPHQL = ("/graphql", "/api/graphql")
# A later version of the API has other answers, and nothing here gives them.
_VERSION = "2022-11-28"
_LIMITS = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api"
# With these a client may keep the answer.
_KEPT = (200, 201)
# What decides between answers; most of them also depend on who asks.
_VARIES = "Accept-Encoding, Accept, X-Requested-With"
_VARIES_BY_CALLER = f"Accept, Authorization, Cookie, X-GitHub-OTP, {_VARIES}"
# Statuses with which GitHub defends itself against being overrun.
_DEFENCE = (403, 429)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request as it came off the wire.

    Attributes:
        target: The path with its query, as it was sent.
        origin: Scheme and authority by which the client reached the server.
        authorization: The header of that name, if there was one.
        accept: Likewise.
        version: Likewise, of the API: which the client wants to be spoken.
        known: Likewise, `If-None-Match`: which answers the client has already.
    """

    method: str
    target: str
    origin: str
    authorization: str | None
    raw: bytes
    accept: str = ""
    version: str = ""
    known: str = ""

    @property
    def effective_method(self) -> str:
        """The method by whose rules it is answered: `HEAD` asks for what `GET` gets, and leaves the body."""
        return "GET" if self.method == "HEAD" else self.method

    @property
    def path(self) -> str:
        """The path without its query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> dict[str, str]:
        """The query, the last value of each name."""
        return dict(parse_qsl(self.target.partition("?")[2], keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An answer as it goes onto the wire; status 0 is none at all."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(slots=True)
class _Course:
    """What came to be known of a request while it was answered."""

    operation: str = "unknown"
    caller: Caller | None = None
    is_write: bool = False
    cost: int = 0
    allowance: Allowance | None = None


@dataclass(slots=True)
class Service:
    """The embedded GitHub without its socket."""

    world: World
    engine: Engine
    tokens: Tokens
    limits: Limits
    weather: Weather
    courier: Courier
    witness: Witness
    journal: Journal = field(default_factory=Journal)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def answer(self, incoming: Incoming) -> Outgoing:
        """Answer one request, and note it in the journal."""
        time.sleep(self.weather.forecast.latency_ms / 1000)
        course = _Course()
        try:
            answer = self._weathered(incoming, course)
        except Refusal as refusal:
            answer = rest.refused(refusal)
        self.courier.deliver()
        outgoing = self._outgoing(answer, course, incoming)
        self.witness.exchanged(incoming.method, incoming.target, incoming.raw, outgoing.status, outgoing.body)
        user = course.caller.user.login if course.caller else None
        at, sizes = stamp(self.world.clock.now()), (len(outgoing.body), len(incoming.raw))
        self.journal.write(Entry(at, user, incoming.method, incoming.path, course.operation, outgoing.status, *sizes))
        return outgoing

    def _weathered(self, incoming: Incoming, course: _Course) -> Answer:
        failure = self.weather.failure()
        if failure is not None:
            self._identify(incoming, course, is_failing=True)
            return _mishap(failure)
        answer = self._answer(incoming, course)
        if course.is_write and answer.status < 400 and self.weather.loses_answer():
            return _mishap(502)
        return answer

    def _identify(self, incoming: Incoming, course: _Course, *, is_failing: bool = False) -> None:
        """Find out who asks; a request that fails anyway is only named for the journal."""
        try:
            with self.world.lock:
                course.caller = self.tokens.caller(self.world, incoming.authorization)
        except Refusal:
            if not is_failing:
                raise
        if is_failing:
            course.operation = self._operation(incoming)

    def _operation(self, incoming: Incoming) -> str:
        if incoming.path in _GRAPHQL:
            try:
                return graphql.read(incoming.raw).name
            except Refusal:
                return "broken"
        found = rest.find(self.world, incoming.effective_method, incoming.path.removeprefix(_ENTERPRISE))
        return found[0].operation if found else "unknown"

    def _answer(self, incoming: Incoming, course: _Course) -> Answer:
        if incoming.path in _GRAPHQL:
            return self._answer_graphql(incoming, course)
        return self._answer_rest(incoming, course)

    def _answer_rest(self, incoming: Incoming, course: _Course) -> Answer:
        path = incoming.path.removeprefix(_ENTERPRISE)
        found = rest.find(self.world, incoming.effective_method, path)
        if found is not None:
            course.operation = found[0].operation
        if incoming.authorization is None:
            _check_version(incoming.version)
        self._identify(incoming, course)
        assert course.caller is not None  # noqa: S101 - `_identify` raises otherwise
        _check_version(incoming.version)
        if found is None:
            return rest.unknown(incoming.method, incoming.path)
        route, parameters = found
        course.is_write = incoming.effective_method != "GET"
        # Asking for the rate limit is free.
        course.cost = int(path != "/rate_limit")
        course.allowance = self.limits.spend(course.caller, "core", course.cost)
        if self.limits.is_exhausted(course.allowance):
            return _exhausted(course.caller)
        seconds = self._overrun_for(course)
        if seconds:
            return _overrun(seconds)
        request = Request(
            world=self.world,
            engine=self.engine,
            limits=self.limits,
            caller=course.caller,
            urls=self._urls(incoming),
            path=rest.canonical(self.world, path),
            parameters=parameters,
            query=incoming.query,
            raw=incoming.raw,
        )
        answer = rest.answer(route, request)
        return replace(answer, value=media.shaped(answer.value, media.parameter_of(incoming.accept)))

    def _answer_graphql(self, incoming: Incoming, course: _Course) -> Answer:
        question = graphql.read(incoming.raw)
        course.operation = question.name
        self._identify(incoming, course)
        assert course.caller is not None  # noqa: S101 - `_identify` raises otherwise
        course.is_write = question.is_mutation
        cost = question.cost
        course.allowance = self.limits.spend(course.caller, "graphql", cost.points)
        if self.limits.is_exhausted(course.allowance):
            return Answer(200, {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]})
        seconds = self._overrun_for(course)
        if seconds:
            return _overrun(seconds)
        scene = Scene(self.world, course.caller, self._urls(incoming), cost, course.allowance)
        with self.world.lock:
            return Answer(200, graphql.execute(question, scene))

    def _overrun_for(self, course: _Course) -> int:
        assert course.caller is not None  # noqa: S101 - it is known by now
        return self.limits.overrun(course.caller) if course.is_write else 0

    def _urls(self, incoming: Incoming) -> Urls:
        """Addresses under the name and the root by which the client came."""
        root = _ENTERPRISE if incoming.path.startswith((f"{_ENTERPRISE}/", "/api/graphql")) else ""
        return replace(self.world.home, api=f"{incoming.origin}{root}", web=incoming.origin)

    def _outgoing(self, answer: Answer, course: _Course, incoming: Incoming) -> Outgoing:
        """The answer with its headers; which come with which was seen in recorded traffic."""
        body = b"" if answer.value is None else json.dumps(answer.value, ensure_ascii=False).encode()
        about: list[tuple[str, str]] = []
        is_rest, varies = incoming.path not in _GRAPHQL, _VARIES
        if is_rest:
            about.append(("X-GitHub-Api-Version-Selected", _VERSION))
        if is_rest and body and answer.status in _KEPT:
            tag, varies = _tag(body, course.caller), _VARIES_BY_CALLER
            about += [("Cache-Control", "private, max-age=60, s-maxage=60"), ("ETag", tag)]
            if incoming.method == "GET" and tag in _tags(incoming.known):
                self._refund(course)
                answer, body = replace(answer, status=304), b""
        if not 300 <= answer.status < 400:
            parameter = media.parameter_of(incoming.accept)
            about.append(("X-GitHub-Media-Type", media.media_type(parameter) if is_rest else media.GRAPHQL))
        if body:
            about.append(("Content-Type", "application/json; charset=utf-8"))
        headers = (
            *about,
            ("Vary", varies),
            ("X-GitHub-Request-Id", f"57A1:{next(self._numbers):06X}"),
            *(course.allowance.headers() if course.allowance else ()),
            *answer.headers,
        )
        return Outgoing(answer.status, headers, body)

    def _refund(self, course: _Course) -> None:
        """What a client has already costs nothing ("Best practices for using the REST API")."""
        if course.caller is not None and course.allowance is not None:
            course.allowance = self.limits.spend(course.caller, "core", -course.cost)


def _tag(body: bytes, caller: Caller | None) -> str:
    """What names this very answer to this very caller."""
    who = str(caller.user.id).encode() if caller else b""
    return f'W/"{hashlib.sha256(who + body).hexdigest()}"'


def _tags(known: str) -> list[str]:
    """The names in an `If-None-Match`, each as if it were weak: strong or weak does not matter there."""
    return [f"W/{tag.strip().removeprefix('W/')}" for tag in known.split(",") if tag.strip()]


def _check_version(wanted: str) -> None:
    """Refuse to be asked for another version; whoever asks for none gets this one."""
    if wanted not in ("", _VERSION):
        raise Malformed(
            f'The version you specified in the "X-GitHub-API-Version" request header, "{wanted}", is not a supported '
            f'version. The following versions are currently supported: "{_VERSION}" (most recent).'
        )


def _mishap(status: int) -> Answer:
    """An error that is GitHub's own fault, or its defence against being overrun."""
    return _overrun(1, status) if status in _DEFENCE else Answer(status, {"message": "Server Error"})


def _overrun(seconds: int, status: int = 403) -> Answer:
    """The secondary rate limit."""
    message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
    docs = f"{_LIMITS}#about-secondary-rate-limits"
    value = {"message": message, "documentation_url": docs, "status": str(status)}
    return Answer(status, value, (("Retry-After", str(seconds)),))


def _exhausted(caller: Caller) -> Answer:
    who = "installation" if caller.is_token else "user"
    message = f"API rate limit exceeded for {who} ID {caller.user.id}."
    return Answer(403, {"message": message, "documentation_url": _LIMITS, "status": "403"})
