"""A webhook signed as Standard Webhooks has it, so that receivers can use a library (its specification, version 1)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping

from irp_actions.edges.channels.letters import Letter, Unsafe, Unset, secret_of
from irp_actions.values.channels import Channel, is_safe
from irp_actions.values.outbox import Message
from irp_actions.values.shape import spell_time

PREFIX = "whsec_"
"""What a secret begins with whose rest is the key in base64; any other is itself the key."""


def letters(channel: Channel, message: Message, environment: Mapping[str, str], now: float) -> list[Letter]:
    """The message as one signed request.

    Args:
        channel: names the variables.
        message: what to tell.
        environment: has the address and the secret.
        now: seconds since 1970, for the receiver to refuse what is old.

    Raises:
        Unset: there is no address or no secret.
        Unsafe: the address is not https.
    """
    url = secret_of(environment, channel.url_env)
    if not is_safe(url):
        raise Unsafe
    key = _key(secret_of(environment, channel.secret_env), channel.secret_env)
    body = json.dumps(_body(message), ensure_ascii=False, separators=(",", ":")).encode()
    stamp = str(int(now))
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature(key, message.id, stamp, body)}",
    }
    return [Letter(url, body, headers)]


def signature(key: bytes, id: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the id, the time and the body, joined by full stops, in base64."""
    return base64.b64encode(hmac.new(key, f"{id}.{stamp}.".encode() + body, hashlib.sha256).digest()).decode()


def _key(secret: str, name: str) -> bytes:
    if not secret.startswith(PREFIX):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as wrong:
        raise Unset(name) from wrong


def _body(message: Message) -> dict[str, object]:
    """What docs/channels.md promises; keys are added, never changed, without a new version."""
    repository, _, number = message.place.partition("#")
    return {
        "type": f"incident.{message.kinds[0]}",
        "timestamp": spell_time(message.at),
        "data": {
            "version": 1,
            "kinds": list(message.kinds),
            "repository": repository,
            "number": int(number),
            "url": message.url,
            "drill": message.drill,
            "acts_as": message.severity,
            "subject": message.subject,
            "text": message.text,
            "who": list(message.who),
            **message.fields,
        },
    }
