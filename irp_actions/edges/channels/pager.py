"""A pager that speaks PagerDuty's Events API v2 (PagerDuty's docs: "Send an Alert Event", "Events API v2 Overview")."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from irp_actions.edges.channels.letters import Letter, secret_of
from irp_actions.values.channels import Channel
from irp_actions.values.outbox import Message
from irp_actions.values.shape import spell_time

SEVERITIES = {"high": "critical", "medium": "error", "low": "warning"}
"""How urgent each severity is in PagerDuty's words. A drill rings as the real thing would: it tries that out (CL-8)."""

SUMMARY, KEY = 1_024, 255
"""Characters that PagerDuty takes of a summary and of a `dedup_key`."""


def letters(channel: Channel, message: Message, environment: Mapping[str, str], _: float) -> list[Letter]:
    """The event that the message is, and an end to each alert whose place it takes.

    Raises:
        Unset: there is no integration key.
    """
    key = secret_of(environment, channel.key_env)
    events = [_event(message, message.action, message.alert)]
    events += [{"event_action": "resolve", "dedup_key": alert[:KEY]} for alert in message.ends]
    headers = {"Content-Type": "application/json"}
    return [Letter(channel.url, json.dumps({"routing_key": key, **event}).encode(), headers) for event in events]


def _event(message: Message, action: str, alert: str) -> dict[str, Any]:
    event: dict[str, Any] = {"event_action": action, "dedup_key": alert[:KEY]}
    if action != "trigger":
        return event
    return event | {
        "client": "irp-actions",
        "client_url": message.url,
        "links": [{"href": message.url, "text": message.place}],
        "payload": {
            "summary": message.subject[:SUMMARY],
            "source": message.place,
            "severity": SEVERITIES[message.severity],
            "timestamp": spell_time(message.at),
            "class": message.kinds[0],
            "custom_details": {**message.fields, "wanted": ", ".join(message.who), "message": message.text},
        },
    }
