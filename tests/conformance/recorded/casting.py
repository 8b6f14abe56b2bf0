"""What stands on the stage for each recorded request, and how the request is put there."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.conformance import checker
from tests.conformance.recorded.comparing import is_paged_as_today
from tests.conformance.recorded.exchanges import Exchange
from tests.conformance.recorded.stage import READER, REPO, Stage, Unplayable, by_hand, write_workflow

_LAST = re.compile(r'[?&]page=(\d+)[^>]*>; rel="last"')
_PAGE = 30
# More would take long and show nothing else.
_MOST, _MOST_OF_OLD, _MOST_RUNS = 400, 1, 31
_STRANGER = "ghs_nobody"

# Recordings that were written or changed by hand, and how that is seen: by file, method and status.
MADE_UP: Mapping[tuple[str, str, tuple[int, ...]], str] = {
    ("Retry.", "GET", (400, 500, 502)): "nine answers that share one request id",
    ("PaginatedList.testNoFirstPage", "GET", (204,)): "a 204 of 52,085 bytes",
    (
        "Workflow.testCreateDispatchWithReturnRunDetails",
        "POST",
        (200,),
    ): "run 123456789, under another one's request id",
    ("Requester.testBaseUrl", "GET", (301,)): "no date, and no header but where it leads",
}

_UNPLAYABLE: Mapping[tuple[str, int], str] = {
    ("GET /user", 403): "by defences that are not here",
    ("GET /users/{username}", 403): "asked without a token",
}
_DISCUSSION = "D_"
_MILESTONE = "with a milestone, which are not here"
_NO_OTP = "two-factor"


@dataclass(frozen=True, slots=True)
class Call:
    """A request to the embedded GitHub.

    Attributes:
        who: The login, or token, it is sent with.
        pages: Whether there are as many pages here as there were.
    """

    method: str
    path: str
    body: Any = None
    who: str = "acme"
    headers: Mapping[str, str] = field(default_factory=dict)
    pages: bool = True


def is_made_up(exchange: Exchange) -> bool:
    """Whether the real GitHub never answered so."""
    return any(
        exchange.file.startswith(file) and exchange.method == method and exchange.status in statuses
        for file, method, statuses in MADE_UP
    )


def prepare(checkout: Path, exchanges: list[Exchange]) -> bool:
    """Write the workflow files that some exchanges need; whether there are any."""
    wanted: dict[str, str] = {}
    for each in exchanges:
        if "/actions/" in each.operation:
            required = re.match(r"Required input '(.+)' not provided", _message(each))
            without = "does not have 'workflow_dispatch'" in _message(each)
            trigger = "issues:" if without else by_hand(required[1] if required else "")
            wanted[each.parameters.get("workflow_id", "any")] = trigger
    for name, trigger in wanted.items():
        write_workflow(checkout, name, trigger)
    return bool(wanted)


def call(stage: Stage, exchange: Exchange) -> Call:
    """Make sense of a recorded request: put on stage what it is about, and word it anew.

    Raises:
        Unplayable: It cannot make sense here.
    """
    status = exchange.status
    if status == 301:
        raise Unplayable("of a renamed repository")
    if (exchange.operation, status) in _UNPLAYABLE or _NO_OTP in _message(exchange):
        raise Unplayable(_UNPLAYABLE.get((exchange.operation, status), "about two-factor authentication"))
    method, template = exchange.operation.split(" ")
    cast = {name: _CAST.get(name, _as_it_is)(stage, exchange, text) for name, text in exchange.parameters.items()}
    cast.update({"owner": REPO.split("/")[0], "repo": REPO.split("/")[1]} if _is_here(exchange) else {})
    pages = _FILL[exchange.operation](stage, exchange, cast) if exchange.operation in _FILL else True
    path = template
    for name, value in cast.items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe="/" if name == "path" else ""))
    path += f"?{exchange.query}" if exchange.query else ""
    made = Call(method, path, _sent(exchange), _who(exchange), _asked_for(exchange), pages=pages is not False)
    if status == 304:
        tag = stage.ask("GET", path).headers["ETag"]
        return replace(made, headers={"If-None-Match": tag})
    return made


def question(stage: Stage, exchange: Exchange) -> Call:
    """Make sense of a recorded GraphQL request; an issue stands in for a discussion, which are not here.

    Raises:
        Unplayable: It asks for what the embedded GitHub's schema does not have.
    """
    text = exchange.request["query"].replace("... on Discussion ", "... on Issue ")
    variables = dict(exchange.request.get("variables") or {})
    if checker.query(text, variables):
        raise Unplayable("GraphQL about discussions and other types not here")
    comment = stage.do("GET", f"~/issues/comments/{stage.comment('any')}")["node_id"]
    issue = stage.do("GET", f"~/issues/{stage.issue('any')}")["node_id"]
    found = (exchange.body["data"].get("node") or {}).get("comments", {})
    stage.comments(stage.issue("any"), found.get("totalCount", 0))
    here = {"owner": REPO.split("/")[0], "name": REPO.split("/")[1]}
    cast: dict[str, Any] = {name: here.get(name, value) for name, value in variables.items()}
    if "errors" not in exchange.body:
        cast = {name: issue if str(value).startswith(_DISCUSSION) else value for name, value in cast.items()}
    if "subjectId" in cast.get("input", {}):
        cast["input"] = {**cast["input"], "subjectId": comment}
    return Call("POST", "/graphql", {"query": text, "variables": cast})


def wanted(exchange: Exchange) -> tuple[int, bool]:
    """How many things a recorded list had in all, and whether there are not too many to be put on stage."""
    most = _MOST if is_paged_as_today(exchange) else _MOST_OF_OLD
    size, page = int(exchange.asked.get("per_page", _PAGE)), int(exchange.asked.get("page", 1))
    last = _LAST.search(exchange.headers.get("link", ""))
    shown = len(exchange.body) if isinstance(exchange.body, list) else 1
    count = int(last[1]) * size if last else (page - 1) * size + shown
    return min(count, most), count <= most


def _message(exchange: Exchange) -> str:
    return str(exchange.body.get("message", "")) if isinstance(exchange.body, dict) else ""


def _is_here(exchange: Exchange) -> bool:
    return not (exchange.status == 404 and exchange.operation == "GET /repos/{owner}/{repo}")


def _who(exchange: Exchange) -> str:
    if exchange.status == 401:
        return _STRANGER
    if exchange.status == 403 and _message(exchange).startswith("Must have"):
        return READER
    return "acme"


def _sent(exchange: Exchange) -> Any:
    """The recorded body; there is one branch here."""
    body = exchange.request
    return {**body, "ref": "main"} if isinstance(body, dict) and "ref" in body else body


def _asked_for(exchange: Exchange) -> dict[str, str]:
    return {"Accept": exchange.accept} if exchange.accept else {}


def _as_it_is(_: Stage, __: Exchange, text: str) -> str:
    return text


def _issue(stage: Stage, exchange: Exchange, text: str) -> int:
    if exchange.operation.endswith(("/events", "/timeline")):
        return stage.eventful()
    like = exchange.body if exchange.operation == "GET /repos/{owner}/{repo}/issues/{issue_number}" else None
    return stage.issue(text, like)


def _comment(stage: Stage, _: Exchange, text: str) -> int:
    return stage.comment(text)


def _reaction(stage: Stage, exchange: Exchange, text: str) -> int:
    comment, number = exchange.parameters.get("comment_id"), exchange.parameters.get("issue_number", "")
    post = f"~/issues/comments/{stage.comment(comment)}" if comment else f"~/issues/{stage.issue(number)}"
    return stage.reaction(text, post)


def _label(stage: Stage, _: Exchange, text: str) -> str:
    return stage.label(text)


def _person(stage: Stage, exchange: Exchange, text: str) -> str:
    if exchange.status == 404:
        return text if exchange.operation == "GET /users/{username}" else stage.person(text, "none")
    return stage.person(text)


def _event(stage: Stage, exchange: Exchange, _: str) -> int:
    return stage.event(exchange.body["event"] if exchange.body else "closed")


def _workflow(stage: Stage, _: Exchange, text: str) -> int:
    return stage.workflow(text)


def _run(stage: Stage, _: Exchange, __: str) -> int:
    stage.runs("any", 1 - len(stage.standin.engine.runs()))
    return int(stage.standin.engine.runs()[0]["id"])


def _file(stage: Stage, exchange: Exchange, text: str) -> str:
    is_folder = isinstance(exchange.body, list) or exchange.path.endswith("/")
    stage.file(f"{text}/a.txt" if is_folder else text)
    return f"{text}/" if exchange.path.endswith("/") else text


_CAST: Mapping[str, Callable[[Stage, Exchange, str], Any]] = {
    "issue_number": _issue,
    "comment_id": _comment,
    "reaction_id": _reaction,
    "name": _label,
    "username": _person,
    "assignee": _person,
    "event_id": _event,
    "workflow_id": _workflow,
    "run_id": _run,
    "path": _file,
}
"""What stands for a name in a path."""


def _fill_issues(stage: Stage, exchange: Exchange, _: Mapping[str, Any]) -> bool:
    if exchange.asked.get("milestone", "none") not in ("none", "*"):
        raise Unplayable(_MILESTONE)
    count, is_whole = wanted(exchange)
    for like in exchange.body or ():
        if len(stage.standin.world.issues) < count:
            stage.new_issue(like)
    while len(stage.standin.world.open_issues) < count:
        stage.new_issue()
    return is_whole and count == len(stage.standin.world.open_issues)


def _fill_comments(stage: Stage, exchange: Exchange, cast: Mapping[str, Any]) -> bool:
    count, is_whole = wanted(exchange)
    stage.comments(cast.get("issue_number") or stage.issue("of comments"), count)
    return is_whole


def _fill_labels(stage: Stage, exchange: Exchange, _: Mapping[str, Any]) -> bool:
    count, is_whole = wanted(exchange)
    for each in exchange.body:
        stage.label(each["name"])
    for number in range(count - len(stage.standin.world.labels)):
        stage.label(f"more {number}")
    # Every repository here has the labels that a new one has.
    return is_whole and count == len(stage.standin.world.labels)


def _fill_labels_of(stage: Stage, exchange: Exchange, cast: Mapping[str, Any]) -> None:
    stage.dress(cast["issue_number"], {"labels": exchange.body})


def _fill_taken_off(stage: Stage, exchange: Exchange, cast: Mapping[str, Any]) -> None:
    stage.dress(cast["issue_number"], {"labels": [*(exchange.body or ()), {"name": cast["name"]}]})


def _fill_reactions(stage: Stage, exchange: Exchange, cast: Mapping[str, Any]) -> None:
    comment = cast.get("comment_id")
    stage.react(f"~/issues/comments/{comment}" if comment else f"~/issues/{cast['issue_number']}", len(exchange.body))


def _fill_people(stage: Stage, exchange: Exchange, _: Mapping[str, Any]) -> None:
    for each in exchange.body:
        stage.person(each["login"])


def _fill_new_label(stage: Stage, exchange: Exchange, _: Mapping[str, Any]) -> None:
    stage.no_label(exchange.request["name"])


def _fill_renamed_label(stage: Stage, exchange: Exchange, cast: Mapping[str, Any]) -> None:
    name = exchange.request.get("new_name")
    if name and name != cast["name"]:
        stage.no_label(name)


def _fill_opened(stage: Stage, exchange: Exchange, _: Mapping[str, Any]) -> None:
    wanted = exchange.request or {}
    if wanted.get("milestone"):
        raise Unplayable(_MILESTONE)
    for login in (*wanted.get("assignees", ()), wanted.get("assignee")):
        if login:
            stage.person(login)


def _fill_runs(stage: Stage, exchange: Exchange, _: Mapping[str, Any]) -> bool:
    name = exchange.parameters.get("workflow_id", "any")
    if set(exchange.asked) - {"exclude_pull_requests", "per_page", "page"} and "link" in exchange.headers:
        raise Unplayable("pages of runs by what is not told apart here")
    count = _MOST_RUNS if "link" in exchange.headers else 1
    stage.runs(name, count - len(stage.standin.engine.runs()))
    return False


def _fill_disabled(stage: Stage, exchange: Exchange, cast: Mapping[str, Any]) -> None:
    if exchange.status == 403:
        stage.do("PUT", f"~/actions/workflows/{cast['workflow_id']}/disable")


_ISSUES = "/repos/{owner}/{repo}/issues"
_LABELS = "/repos/{owner}/{repo}/labels"
_WORKFLOWS = "/repos/{owner}/{repo}/actions/workflows"
_FILL: Mapping[str, Callable[[Stage, Exchange, Mapping[str, Any]], bool | None]] = {
    f"GET {_ISSUES}": _fill_issues,
    f"POST {_ISSUES}": _fill_opened,
    f"PATCH {_ISSUES}/{{issue_number}}": _fill_opened,
    f"POST {_ISSUES}/{{issue_number}}/assignees": _fill_opened,
    f"DELETE {_ISSUES}/{{issue_number}}/assignees": _fill_opened,
    f"GET {_ISSUES}/{{issue_number}}/comments": _fill_comments,
    f"GET {_ISSUES}/comments": _fill_comments,
    f"GET {_ISSUES}/{{issue_number}}/labels": _fill_labels_of,
    f"DELETE {_ISSUES}/{{issue_number}}/labels/{{name}}": _fill_taken_off,
    f"GET {_ISSUES}/{{issue_number}}/reactions": _fill_reactions,
    f"GET {_ISSUES}/comments/{{comment_id}}/reactions": _fill_reactions,
    f"GET {_LABELS}": _fill_labels,
    f"POST {_LABELS}": _fill_new_label,
    f"PATCH {_LABELS}/{{name}}": _fill_renamed_label,
    "GET /repos/{owner}/{repo}/assignees": _fill_people,
    "GET /repos/{owner}/{repo}/collaborators": _fill_people,
    "GET /repos/{owner}/{repo}/actions/runs": _fill_runs,
    f"GET {_WORKFLOWS}/{{workflow_id}}/runs": _fill_runs,
    f"PUT {_WORKFLOWS}/{{workflow_id}}/disable": _fill_disabled,
}
"""What else has to be there for an answer to be like the recorded; false if there are fewer pages of it."""
