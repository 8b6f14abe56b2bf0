"""Which workflow files are asked about, and on what: every event they listen to, in every shape it comes in."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.conformance.stamps import ROOT

FOLDER = ROOT / ".github" / "workflows"
# What our own files do not use, so that it is asked about all the same.
OTHERS = Path(__file__).resolve().parent / "workflows"

_REPOSITORY = "acme/security-incidents"
_ISSUE: Mapping[str, Any] = {
    "number": 7,
    "title": 'It\'s a "leak" of {0} 100 % `id` $(id) ${HOME} \\ üß',
    "body": "### What looks wrong?\n\n${{ secrets.IRP_PAGER_KEY }}\n",
    "state": "open",
    "labels": [{"name": "irp"}, {"name": "severity: high"}],
    "user": {"login": "rae", "type": "User"},
}


@dataclass(frozen=True)
class Case:
    """One event in one shape.

    Attributes:
        name: What is special about it.
        event: Its name in `on:`.
        payload: What the webhook carries.
        inputs: The `inputs` context.
        status: What the job has come to so far.
    """

    name: str
    event: str
    payload: Mapping[str, Any]
    inputs: Mapping[str, Any] = field(default_factory=dict)
    status: str = "success"

    @property
    def contexts(self) -> dict[str, Any]:
        """Every context that a job's expressions may name; `env` and `needs` are made while they are evaluated."""
        github = {
            "actor": self.payload["sender"]["login"],
            "api_url": "https://api.github.com",
            "event": self.payload,
            "event_name": self.event,
            "graphql_url": "https://api.github.com/graphql",
            "head_ref": "",
            "ref": "refs/heads/main",
            "ref_name": "main",
            "repository": _REPOSITORY,
            "repository_owner": "acme",
            "run_attempt": "1",
            "run_id": "19000000001",
            "run_number": "5",
            "server_url": "https://github.com",
            "sha": "0" * 40,
            "token": "ghs_token",
            "workspace": "/work",
        }
        return {
            "github": github,
            "env": {},
            "inputs": dict(self.inputs),
            "job": {"status": self.status},
            "matrix": None,
            "needs": {},
            "runner": {},
            "secrets": {
                "GITHUB_TOKEN": "ghs_token",
                "IRP_PAGER_KEY": "pager",
                "IRP_WEBHOOK_URL": "https://ops.example",
            },
            "steps": {"look": {"outcome": "failure", "conclusion": "success", "outputs": {"found": "3 leads"}}},
            "strategy": {"fail-fast": True, "job-index": 0, "job-total": 1, "max-parallel": 1},
            "vars": {"LEVEL": "3"},
        }


def cases() -> list[Case]:
    """Every shape of every event, and events that none of our files listens to."""
    return list(_cases())


def texts() -> dict[str, str]:
    """Every file that is asked about by its name."""
    paths = sorted((*FOLDER.glob("*.yml"), *OTHERS.glob("*.yml")))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def question(text: str, case: Case) -> dict[str, Any]:
    """What `ask.mjs` is asked."""
    return {"ask": "workflow", "text": text, "contexts": case.contexts, "status": case.status}


def _cases() -> Iterator[Case]:
    pull_request = {**_ISSUE, "pull_request": {"url": "https://api.github.com/repos/acme/security-incidents/pulls/7"}}
    bot = {"login": "irp-bot[bot]", "type": "Bot"}
    for action in ("opened", "edited", "labeled", "unlabeled", "closed", "reopened", "deleted", "assigned", "pinned"):
        yield Case(f"issue {action}", "issues", _payload(action, issue=_ISSUE, label={"name": "severity: low"}))
    yield Case("a pull request labeled", "issues", _payload("labeled", issue=pull_request))
    yield Case("an issue opened by a program", "issues", _payload("opened", bot, issue={**_ISSUE, "user": bot}))
    yield Case("an issue without number", "issues", _payload("opened", issue={**_ISSUE, "number": None, "labels": []}))
    yield Case("the pull request is null", "issues", _payload("opened", issue={**_ISSUE, "pull_request": None}))
    for action in ("created", "edited", "deleted"):
        comment = {"id": 3000000012, "body": "/ack\n$(id)", "author_association": "NONE", "user": {"login": "ben"}}
        yield Case(f"comment {action}", "issue_comment", _payload(action, issue=_ISSUE, comment=comment))
        on_pull = _payload(action, issue=pull_request, comment=comment)
        yield Case(f"comment {action} on a pull request", "issue_comment", on_pull)
        by_bot = _payload(action, bot, issue=_ISSUE, comment={**comment, "user": bot})
        yield Case(f"comment {action} by a program", "issue_comment", by_bot)
    yield Case("dispatch without inputs", "workflow_dispatch", _payload(None, inputs=None), {"number": ""})
    yield Case("dispatch", "workflow_dispatch", _payload(None, inputs={"number": "12"}), {"number": 12})
    yield Case("dispatch of zero", "workflow_dispatch", _payload(None, inputs={"number": "0"}), {"number": 0})
    yield Case("a timer", "repository_dispatch", _payload("irp", client_payload={}))
    yield Case("a timer for one", "repository_dispatch", _payload("irp", client_payload={"number": 12}))
    yield Case("a timer with words", "repository_dispatch", _payload("irp", client_payload={"number": "12; id"}))
    yield Case("a timer with nothing", "repository_dispatch", _payload("irp", client_payload=None))
    yield Case("a timer of others", "repository_dispatch", _payload("other", client_payload={"number": 12}))
    yield Case("a schedule", "schedule", _payload(None, schedule="*/5 * * * *"))
    yield Case("another schedule", "schedule", _payload(None, schedule="17 * * * *"))
    yield Case("a push", "push", _payload(None, ref="refs/heads/main"))
    yield Case("a pull request", "pull_request", _payload("opened", pull_request={"number": 7}))
    yield Case("a pull request assigned", "pull_request", _payload("assigned", pull_request={"number": 7}))
    yield Case("a label", "label", _payload("created", label={"name": "irp"}))
    for status in ("failure", "cancelled"):
        yield Case(f"an issue after {status}", "issues", _payload("opened", issue=_ISSUE), status=status)


def _payload(action: str | None, sender: Mapping[str, str] | None = None, **members: Any) -> dict[str, Any]:
    payload = {
        "repository": {"full_name": _REPOSITORY, "default_branch": "main"},
        "sender": sender or {"login": "ben", "type": "User"},
        **members,
    }
    whole: dict[str, Any] = json.loads(json.dumps({"action": action, **payload} if action else payload))
    return whole
