"""Preserve: what was secured before anything is changed, and whose hands it went through (RE-5)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from irp_actions.rules.commands.gates_work import is_in_custody, is_known, one_at_a_time
from irp_actions.rules.commands.hand import found, numbered, placed
from irp_actions.rules.commands.pick import evidence_moved
from irp_actions.rules.commands.table import command
from irp_actions.rules.grammar import Bound
from irp_actions.values.incident import Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import Entry
from irp_actions.values.work import Custody, Evidence

CHAIN_KEPT = 6
"""How many changes of hands of one piece the head keeps; the report has them all from the entries."""

_DIGEST = re.compile(r"\b(?:sha-?256\s*[:=]?\s*)?([0-9a-f]{64})\b", re.IGNORECASE)
_MISSPELT = re.compile(r"\bsha-?256\s*[:=]?\s*(?!\b(?:is|of|sum|to|later|follows)\b)\S+", re.IGNORECASE)


def reads_digest(bound: Bound, _policy: Policy, _at: datetime) -> Bound:
    """The SHA-256 in the text; one that is not 64 hexadecimal digits is kept as said, and marked."""
    whole = _DIGEST.search(bound.text)
    if whole is not None:
        rest = f"{bound.text[: whole.start()]} {bound.text[whole.end() :]}"
        args = {**bound.args, "sha256": whole[1].lower()}
        return replace(bound, args=args, text=rest.strip(" ,;:\n"))
    if _MISSPELT.search(bound.text):
        return replace(bound, args={**bound.args, "misspelt": True})
    return bound


def _with(incident: Incident, piece: Evidence) -> Incident:
    work = incident.work
    return replace(incident, work=replace(work, evidence=placed(work.evidence, piece)))


def _moved(piece: Evidence, entry: Entry) -> Evidence:
    """The piece in other hands, or in another place in the same ones."""
    giver = str(entry.args.get("from") or piece.holder)
    holder = str(entry.args.get("who") or piece.holder)
    step = Custody(entry.at, entry.n, giver, holder)
    return replace(piece, holder=holder, chain=(*piece.chain, step)[-CHAIN_KEPT:])


@command(
    "/evidence [evidence] [who] <text...>",
    rules=("RE-5",),
    aliases=("preserve", "preserved"),
    examples=(
        "/evidence disk snapshot of web-1 in vault ir-7",
        "/evidence auth.log of web-1 sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "/evidence E1 @cat in the safe of room 12",
    ),
    gates=(is_known,),
    reads=reads_digest,
)
def evidence(incident: Incident, entry: Entry) -> Incident:
    """Note what was secured and where it is, best with its sha256; with its number, where it is now."""
    args = entry.args
    known = found(incident.work.evidence, args.get("evidence"))
    if known is None:
        id, work = numbered(incident.work, "E")
        incident = replace(incident, work=work)
        holder = str(args.get("who") or entry.by.login)
        told = Evidence(id, entry.n, entry.at, entry.by.login, holder)
    else:
        told = _moved(known, entry)
    sha256 = str(args.get("sha256", ""))
    return _with(incident, replace(told, sha256=sha256 or told.sha256, misspelt=bool(args.get("misspelt"))))


@command(
    "/custody [evidence] [from] [who] [text...]",
    rules=("RE-5",),
    aliases=("handed over",),
    examples=("/custody E1 @ben → @cat", "/custody E1 @ben -> @cat in the safe of room 12", "/custody @cat"),
    gates=(is_known, is_in_custody, one_at_a_time),
)
def custody(incident: Incident, entry: Entry) -> Incident:
    """Note that a piece of evidence changed hands, from whom to whom, and where it is now."""
    piece = evidence_moved(incident, entry)
    return _with(incident, _moved(piece, entry)) if piece else incident
