"""Receipts: what channels were told, when, and what they answered, as entries of the record (CO-5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from irp_actions.rules.authority import Notice
from irp_actions.values.incident import Incident
from irp_actions.values.outbox import Receipt
from irp_actions.values.record import Entry, Text


@dataclass(frozen=True, slots=True)
class Sending:
    """One message to a channel, delivered or not. `at` is UTC; the text is what was sent, unless it was purged."""

    at: datetime
    channel: str
    kinds: tuple[str, ...]
    who: tuple[str, ...]
    action: str
    answer: str
    why: str
    text: str


def noted(receipts: Iterable[Receipt], incident: Incident, now: datetime) -> tuple[Notice, ...]:
    """What the record has to take down of what came of sending.

    What is delivered is noted once. What is not is noted when it begins, and when trying again becomes of no
    use, or of use again: the record must not grow with every try.

    Args:
        receipts: what came of sending, in order.
        incident: what the record added up to before.
        now: UTC.
    """
    return tuple(_notice(receipt, now) for receipt in receipts if _is_new(receipt, incident))


def _is_new(receipt: Receipt, incident: Incident) -> bool:
    if receipt.delivered:
        return True
    failing = incident.undelivered.get(receipt.message.slot)
    return failing is None or (failing.key, failing.lasting) != (receipt.message.key, receipt.lasting)


def _notice(receipt: Receipt, now: datetime) -> Notice:
    message = receipt.message
    args = {
        "channel": message.channel,
        "topic": message.topic,
        "key": message.key,
        "kinds": list(message.kinds),
        "who": list(message.who),
        "action": message.action,
        "alert": message.alert,
        "answer": receipt.answer,
        "why": receipt.why,
        "lasting": receipt.lasting,
        "repeats": list(message.repeats),
        "upto": message.upto,
    }
    kept = {name: value for name, value in args.items() if value and (name, value) != ("action", "tell")}
    source = f"{message.channel}:{message.key}@{now:%Y%m%dT%H%M%SZ}"
    if not receipt.delivered:
        return Notice(f"unsent:{source}:{receipt.why}", "unsent", kept)
    return Notice(f"sent:{source}", "sent", kept, "\n".join(filter(None, [message.subject, message.text])))


def sendings(entries: Iterable[Entry], texts: Mapping[str, Text]) -> Iterator[Sending]:
    """Every message that the record knows of, oldest first.

    Args:
        entries: of the whole record.
        texts: the texts beside them, by entry number.
    """
    for entry in entries:
        if entry.call in ("sent", "unsent"):
            args = entry.args
            held = texts.get(str(entry.n))
            yield Sending(
                entry.at,
                args["channel"],
                tuple(args.get("kinds", ())),
                tuple(args.get("who", ())),
                args.get("action", "tell"),
                args.get("answer", ""),
                args.get("why", ""),
                (held.text if held else None) or "",
            )
