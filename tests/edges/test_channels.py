"""Channels over real HTTP: what is sent, and what is made of every way of being answered, or not (IN-6, CO-5)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from irp_actions.edges.channels.http import Carrier
from irp_actions.edges.channels.post import Post
from irp_actions.edges.policy_file import OVERLAY, load_policy
from irp_actions.values.channels import Channel
from irp_actions.values.outbox import Message, Receipt
from tests.model_channels import reported
from tests.receiver import Answer, Receiver

AT = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
KEY, SECRET = "k3y-of-32-characters-in-real-life", "s3cret of the webhook"

ALARM = Message(
    channel="oncall",
    topic="alert",
    key="alert:trigger",
    kinds=("opened",),
    action="trigger",
    place="acme/incidents#12",
    severity="high",
    at=AT,
    alert="irp/acme/incidents#12",
    subject="Security event reported: Odd mail",
    text="Status: investigating",
    fields={"description": "Odd mail", "severity": "unknown"},
    who=("ana",),
    url="https://github.test/acme/incidents/issues/12",
)
NEWS = replace(ALARM, channel="chat", topic="news", key="news:2", action="tell", alert="", upto=2)


class Run:
    """One run's post, with patience that costs no time."""

    def __init__(self, receiver: Receiver, environment: dict[str, str] | None = None, answer: float = 30.0) -> None:
        """Nothing is sent yet.

        Args:
            receiver: where both channels are.
            environment: the secrets; all of them if it is left out.
            answer: seconds to wait for an answer.
        """
        self.slept: list[float] = []
        known = {"IRP_PAGER_KEY": KEY, "IRP_WEBHOOK_URL": receiver.url, "IRP_WEBHOOK_SECRET": SECRET}
        self.post = Post(
            known if environment is None else environment,
            carrier=Carrier(answer=answer),
            sleep=self.slept.append,
            clock=lambda: sum(self.slept),
            wall=lambda: 1_772_421_000.9,
        )
        self.channels = {"oncall": Channel("pager", url=receiver.url), "chat": Channel("webhook")}

    def deliver(self, *messages: Message) -> tuple[Receipt, ...]:
        """Send messages."""
        return self.post.deliver(messages, self.channels)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver that accepts everything, until told otherwise."""
    with Receiver() as served:
        yield served


def fate(receipt: Receipt) -> tuple[str, str, bool]:
    """What came of a message: the answer, or why there was none, and whether that lasts."""
    return receipt.answer, receipt.why, receipt.lasting


def test_a_pager_gets_an_event_of_the_events_api(receiver: Receiver) -> None:
    """IN-6: the alert, its key, its urgency, the fields and the link, in PagerDuty's own terms."""
    assert fate(Run(receiver).deliver(ALARM)[0]) == ("HTTP 202", "", False)
    (request,) = receiver.received
    assert request.headers["Content-Type"] == "application/json"
    assert request.data == {
        "routing_key": KEY,
        "event_action": "trigger",
        "dedup_key": "irp/acme/incidents#12",
        "client": "irp-actions",
        "client_url": "https://github.test/acme/incidents/issues/12",
        "links": [{"href": "https://github.test/acme/incidents/issues/12", "text": "acme/incidents#12"}],
        "payload": {
            "summary": "Security event reported: Odd mail",
            "source": "acme/incidents#12",
            "severity": "critical",
            "timestamp": "2026-03-02T03:10:00Z",
            "class": "opened",
            "custom_details": {
                "description": "Odd mail",
                "severity": "unknown",
                "wanted": "ana",
                "message": "Status: investigating",
            },
        },
    }


@pytest.mark.parametrize("action", ["acknowledge", "resolve"])
def test_an_alert_is_answered_and_ended_by_its_key_alone(receiver: Receiver, action: Any) -> None:
    """IN-7: nothing else is needed, and nothing else is told."""
    Run(receiver).deliver(replace(ALARM, action=action, kinds=(), subject="", text=""))
    assert [request.data for request in receiver.received] == [
        {"routing_key": KEY, "event_action": action, "dedup_key": "irp/acme/incidents#12"}
    ]


def test_a_new_alert_rings_before_the_older_ones_are_ended(receiver: Receiver) -> None:
    """IN-7: at no moment nothing rings."""
    Run(receiver).deliver(replace(ALARM, ends=("irp/a", "irp/b")))
    assert receiver.events == [("trigger", "irp/acme/incidents#12"), ("resolve", "irp/a"), ("resolve", "irp/b")]


def test_a_webhook_gets_signed_json(receiver: Receiver) -> None:
    """CO-5: the body as documented, a key that names it for good, and a signature over id, time and body."""
    assert fate(Run(receiver).deliver(NEWS)[0]) == ("HTTP 202", "", False)
    (request,) = receiver.received
    assert request.headers["webhook-id"] == "irp/acme/incidents#12/chat/news:2"
    assert request.headers["webhook-timestamp"] == "1772421000"
    signed = b"irp/acme/incidents#12/chat/news:2.1772421000." + request.body
    expected = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
    assert request.headers["webhook-signature"] == f"v1,{expected}"
    assert request.data == {
        "type": "incident.opened",
        "timestamp": "2026-03-02T03:10:00Z",
        "data": {
            "version": 1,
            "kinds": ["opened"],
            "repository": "acme/incidents",
            "number": 12,
            "url": "https://github.test/acme/incidents/issues/12",
            "drill": False,
            "acts_as": "high",
            "subject": "Security event reported: Odd mail",
            "text": "Status: investigating",
            "who": ["ana"],
            "description": "Odd mail",
            "severity": "unknown",
        },
    }


def test_a_secret_in_base64_is_taken_for_what_it_spells(receiver: Receiver) -> None:
    """CO-5: `whsec_…` as the libraries of Standard Webhooks have it; a broken one is as good as none."""
    key = bytes(range(32))
    run = Run(receiver)
    run.post.environment = {**run.post.environment, "IRP_WEBHOOK_SECRET": f"whsec_{base64.b64encode(key).decode()}\n"}
    run.deliver(NEWS)
    (request,) = receiver.received
    signed = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.".encode() + request.body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert request.headers["webhook-signature"] == f"v1,{expected}"
    run.post.environment = {**run.post.environment, "IRP_WEBHOOK_SECRET": "whsec_?"}
    assert fate(run.deliver(NEWS)[0]) == ("", "unset IRP_WEBHOOK_SECRET", True)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_any_2xx_is_a_delivery(receiver: Receiver, status: int) -> None:
    """CO-5: receivers differ in what they say for yes."""
    receiver.answers = [Answer(status)]
    assert fate(Run(receiver).deliver(NEWS)[0]) == (f"HTTP {status}", "", False)


@pytest.mark.parametrize("status", [301, 307, 400, 401, 403, 404, 410, 413, 422])
def test_what_will_not_get_better_by_itself_is_tried_once(receiver: Receiver, status: int) -> None:
    """CO-5: PagerDuty says 400 for an event it cannot take; a redirect is not followed with a signed message."""
    receiver.answers = [Answer(status, {"Location": receiver.url})]
    run = Run(receiver)
    assert fate(run.deliver(ALARM)[0]) == ("", f"HTTP {status}", True)
    assert (len(receiver.received), run.slept) == (1, [])


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_may_get_better_is_tried_again(receiver: Receiver, status: int) -> None:
    """CO-5: once, twice, and then it is delivered."""
    receiver.answers = [Answer(status), Answer(status), Answer()]
    run = Run(receiver)
    assert fate(run.deliver(ALARM)[0]) == ("HTTP 202", "", False)
    assert run.slept == [1.0, 2.0]


def test_three_tries_are_enough_for_one_run(receiver: Receiver) -> None:
    """CO-5: the next run goes on; nothing is said to be delivered."""
    receiver.answers = [Answer(500)]
    assert fate(Run(receiver).deliver(ALARM)[0]) == ("", "HTTP 500", False)
    assert len(receiver.received) == 3


def test_a_server_that_asks_for_time_gets_it(receiver: Receiver) -> None:
    """CO-5: 429 with `Retry-After` in seconds is waited for, as far as a run has patience."""
    receiver.answers = [Answer(429, {"Retry-After": "7"}), Answer()]
    run = Run(receiver)
    assert run.deliver(ALARM)[0].delivered
    assert run.slept == [7.0]


@pytest.mark.parametrize(
    "asked", ["3600", format_datetime(datetime(2099, 1, 1, tzinfo=UTC), usegmt=True)], ids=["seconds", "moment"]
)
def test_nobody_waits_an_hour_for_a_pager(receiver: Receiver, asked: str) -> None:
    """CO-5: who asks for more time than a run has is tried by the next one."""
    receiver.answers = [Answer(429, {"Retry-After": asked})]
    run = Run(receiver)
    assert fate(run.deliver(ALARM)[0]) == ("", "HTTP 429", False)
    assert (len(receiver.received), run.slept) == (1, [])


def test_an_unreadable_retry_after_is_as_good_as_none(receiver: Receiver) -> None:
    """CO-5: our own pace holds then."""
    receiver.answers = [Answer(503, {"Retry-After": "soon"}), Answer()]
    run = Run(receiver)
    assert run.deliver(ALARM)[0].delivered
    assert run.slept == [1.0]


def test_a_server_that_hangs_is_let_go(receiver: Receiver) -> None:
    """CO-5: three short waits, and the run goes on."""
    receiver.answers = [Answer(hangs=True)]
    assert fate(Run(receiver, answer=0.05).deliver(ALARM)[0]) == ("", "timeout", False)
    assert len(receiver.received) == 3


def test_a_server_that_hangs_up_is_called_again(receiver: Receiver) -> None:
    """CO-5: a connection that is closed without an answer is no answer."""
    receiver.answers = [Answer(hangs_up=True), Answer()]
    assert Run(receiver).deliver(ALARM)[0].delivered


def test_nobody_listening_is_no_answer() -> None:
    """CO-5: a port where nothing is."""
    with Receiver() as gone:
        run = Run(gone)
    assert fate(run.deliver(ALARM)[0]) == ("", "connection", False)


def test_a_server_without_a_good_certificate_is_not_told() -> None:
    """CO-5: https to something that does not speak it."""
    with Receiver() as plain:
        run = Run(plain)
        run.channels["oncall"] = Channel("pager", url=plain.url.replace("http://", "https://"))
        assert fate(run.deliver(ALARM)[0]) == ("", "tls", False)
        assert plain.received == []


def test_a_channel_that_is_down_costs_a_run_only_once(receiver: Receiver) -> None:
    """CO-5: of many incidents in one sweep the first one finds out; other channels go on."""
    receiver.answers = [Answer(500), Answer(500), Answer(500), Answer()]
    run = Run(receiver)
    receipts = run.deliver(ALARM, replace(ALARM, place="acme/incidents#13"), NEWS)
    assert [fate(receipt) for receipt in receipts] == [
        ("", "HTTP 500", False),
        ("", "HTTP 500", False),
        ("HTTP 202", "", False),
    ]
    assert len(receiver.received) == 4


def test_a_message_that_is_refused_does_not_stop_the_others(receiver: Receiver) -> None:
    """CO-5: the next one may be fine."""
    receiver.answers = [Answer(400), Answer()]
    assert [r.delivered for r in Run(receiver).deliver(ALARM, replace(ALARM, key="alert:resolve"))] == [False, True]


@pytest.mark.parametrize(
    ("message", "missing"),
    [(ALARM, "IRP_PAGER_KEY"), (NEWS, "IRP_WEBHOOK_URL"), (NEWS, "IRP_WEBHOOK_SECRET")],
)
def test_a_secret_that_is_not_set_is_named_and_nothing_is_sent(
    receiver: Receiver, message: Message, missing: str
) -> None:
    """CO-5: the variable's name, which is no secret."""
    run = Run(receiver)
    run.post.environment = {name: value for name, value in run.post.environment.items() if name != missing}
    assert fate(run.deliver(message)[0]) == ("", f"unset {missing}", True)
    assert receiver.received == []


@pytest.mark.parametrize(
    "url", ["http://chat.test/hook", "ftp://chat.test/", "chat.test", "http://127.0.0.1.evil.test/"]
)
def test_nothing_is_sent_in_the_open(receiver: Receiver, url: str) -> None:
    """IN-11: https, or this machine itself."""
    run = Run(receiver, {"IRP_WEBHOOK_URL": url, "IRP_WEBHOOK_SECRET": SECRET})
    assert fate(run.deliver(NEWS)[0]) == ("", "unsafe", True)


def test_no_credentials_of_this_machine_are_added(
    receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IN-11: a `.netrc` is for other purposes."""
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password something\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    Run(receiver).deliver(NEWS)
    assert "Authorization" not in receiver.received[0].headers


def test_no_secret_is_in_anything_that_is_kept_or_shown(receiver: Receiver) -> None:
    """IN-11: receipts and the post itself name neither key, secret nor address."""
    receiver.answers = [Answer(500)]
    run = Run(receiver)
    shown = repr((run.deliver(ALARM, NEWS), run.post))
    assert KEY not in shown
    assert SECRET not in shown
    assert receiver.url not in shown


DOCUMENT = (Path(__file__).parents[2] / "docs" / "channels.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("secret", [SECRET, f"whsec_{base64.b64encode(bytes(range(32))).decode()}"])
def test_the_check_that_the_documents_show_works(receiver: Receiver, secret: str) -> None:
    """CO-5: it takes what we send, and nothing else."""
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    known: dict[str, Any] = {"base64": base64, "hashlib": hashlib, "hmac": hmac, "time": time}
    exec(code, known)
    run = Run(receiver, {"IRP_WEBHOOK_URL": receiver.url, "IRP_WEBHOOK_SECRET": secret})
    run.post.wall = time.time
    run.deliver(NEWS)
    (request,) = receiver.received
    assert known["is_ours"](request.headers, request.body, secret)
    assert not known["is_ours"](request.headers, request.body + b" ", secret)
    assert not known["is_ours"](request.headers, request.body, f"{secret}x" if secret == SECRET else SECRET)
    assert not known["is_ours"]({**request.headers, "webhook-timestamp": "1"}, request.body, secret)


@pytest.mark.parametrize("text", re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL))
def test_the_policies_that_the_documents_show_are_good(tmp_path: Path, text: str) -> None:
    """CO-4: they can be pasted as they are."""
    (tmp_path / OVERLAY).parent.mkdir()
    (tmp_path / OVERLAY).write_text(textwrap.dedent(text))
    assert load_policy(tmp_path).channels


def test_the_body_that_the_documents_show_has_the_keys_that_are_sent(receiver: Receiver) -> None:
    """CO-5: nothing more, nothing less."""
    (shown,) = re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)
    model, channels = reported()
    model.told("ben", "/confirm high")
    Run(receiver).deliver(channels.of("chat")[-1])
    sent = receiver.received[0].data
    assert list(json.loads(shown)) == list(sent)
    assert list(json.loads(shown)["data"]) == list(sent["data"])
