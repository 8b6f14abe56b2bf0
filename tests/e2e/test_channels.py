"""Somebody is woken: the shipping workflows tell a pager and a webhook over real HTTP (IN-6, IN-7, CO-5)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_budgets import counted
from tests.e2e.town import POLICY, REPO, Town, town, workflow_edited
from tests.receiver import Answer, Receiver

KEY, SECRET = "pager-integration-key", "a webhook's secret"
ALERT = f"irp/{REPO}#1"


@pytest.fixture
def pager() -> Iterator[Receiver]:
    """Where the pager is."""
    with Receiver() as served:
        yield served


@pytest.fixture
def chat() -> Iterator[Receiver]:
    """Where the webhook leads to."""
    with Receiver(Answer(200)) as served:
        yield served


@pytest.fixture
def here(tmp_path: Path, pager: Receiver, chat: Receiver) -> Iterator[Town]:
    """A fresh repository whose policy has both channels, and whose secrets are set as the README says."""
    channels = {"oncall": {"kind": "pager", "url": pager.url}, "chat": {"kind": "webhook"}}
    secrets = {"IRP_PAGER_KEY": KEY, "IRP_WEBHOOK_URL": chat.url, "IRP_WEBHOOK_SECRET": SECRET}
    with town(tmp_path, policy={**POLICY, "channels": channels}, secrets=secrets) as made:
        yield made


def last_run(here: Town) -> Any:
    """The last run of incident.yml."""
    return [run for run in here.runs() if run["workflow"] == "incident.yml"][-1]


def test_the_pager_rings_is_answered_and_is_over(here: Town, pager: Receiver, chat: Receiver) -> None:
    """IN-6, IN-7: at the opening, at the first word, at the close; one key for the issue, and every receipt kept."""
    here.report()
    assert pager.events == [("trigger", ALERT)]
    assert pager.received[0].data["routing_key"] == KEY
    here.say("ben", "looking")
    assert pager.events[1:] == [("acknowledge", ALERT)]
    here.say("ben", "/confirm high\n/close")
    assert pager.events[2:] == [("resolve", ALERT)]
    assert chat.types == ["incident.opened", "incident.acknowledged", "incident.closed"]
    assert "failure" not in {run["verdict"] for run in here.runs()}
    told = [(e.args["channel"], e.args["answer"]) for e in here.record().entries if e.call == "sent"]
    assert told == [("oncall", "HTTP 202"), ("chat", "HTTP 200")] * 3


def test_the_webhook_s_signature_fits_what_arrived(here: Town, chat: Receiver) -> None:
    """CO-5: a receiver can tell that it is from here, and unchanged."""
    here.report()
    (request,) = chat.received
    signed = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.".encode() + request.body
    expected = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
    assert request.headers["webhook-signature"] == f"v1,{expected}"
    assert request.data["data"]["description"] == "Odd mail"


def test_a_pager_that_is_down_at_the_opening_is_rung_by_the_next_run(here: Town, pager: Receiver) -> None:
    """CO-5: the run is red and the board says so; minutes later it rings, with nobody writing and no schedule."""
    here.weather(cron_delay=240)
    pager.answers = [Answer(500)]
    here.report()
    assert last_run(here)["verdict"] == "failure"
    assert "not delivered: oncall (HTTP 500)" in last_run(here)["log"]
    assert "**Not delivered yet:** oncall" in here.board()
    pager.answers, tried = [Answer()], len(pager.received)
    here.advance("PT5M")
    assert pager.events == [("trigger", ALERT)] * (tried + 1)
    assert "Not delivered" not in here.board()
    assert last_run(here)["verdict"] == "success"


def test_nobody_answers_and_a_second_person_is_paged(here: Town, pager: Receiver) -> None:
    """IN-7: ten minutes after the opening, by name, with an alert of its own, though schedules come hours late."""
    here.weather(cron_delay=240)
    here.report()
    here.advance("PT12M")
    event = pager.received[-1].data
    assert event["payload"]["custom_details"]["wanted"] == "ben"
    assert event["dedup_key"] == f"{ALERT}/IN-7:20260302T0320Z:0"


def test_a_record_that_cannot_be_written_tells_nobody(
    here: Town, tmp_path: Path, pager: Receiver, chat: Receiver
) -> None:
    """CO-5: the record first; once it is written, everybody hears."""
    workflow_edited(tmp_path, "incident.yml", "issues: write", "issues: read ")
    here.report()
    assert last_run(here)["verdict"] == "failure"
    assert (pager.received, chat.received) == ([], [])
    workflow_edited(tmp_path, "incident.yml", "issues: read ", "issues: write")
    here.say("rae", "anybody there?")
    assert pager.events == [("trigger", ALERT)]
    assert chat.types == ["incident.opened"]


def test_no_secret_is_in_any_log_or_on_the_issue(here: Town, pager: Receiver, chat: Receiver) -> None:
    """IN-11: neither when all goes well nor when nothing does."""
    here.report()
    pager.answers = chat.answers = [Answer(400)]
    here.say("ben", "/confirm high\n/page @cat")
    shown = "".join(run["log"] for run in here.runs()) + "".join(c["body"] for c in here.comments())
    assert not [secret for secret in (KEY, SECRET, chat.url) if secret in shown]


def test_without_its_secret_a_channel_is_named_and_the_rest_goes_on(
    tmp_path: Path, pager: Receiver, chat: Receiver
) -> None:
    """CO-5: the board names the secret that is missing; the issue is answered all the same."""
    policy = {**POLICY, "channels": {"oncall": {"kind": "pager", "url": pager.url}}}
    with town(tmp_path, policy=policy) as here:
        here.report()
        assert "the secret IRP_PAGER_KEY is not set" in here.board()
        assert "Thank you for speaking up" in here.board()
        assert last_run(here)["verdict"] == "failure"


def test_what_is_told_costs_one_more_look(here: Town) -> None:
    """CO-5: a receipt is a read and a write; a command that tells nobody costs what it always did."""
    here.report()
    here.say("ben", "looking")
    here.requests()
    here.say("ben", "/confirm high")
    assert counted(here) == (2, 2, 0)
    here.say("ben", "/take deputy")
    here.requests()
    here.say("ben", "/timeline 03:05 first odd login")
    assert counted(here) == (1, 1, 0)
