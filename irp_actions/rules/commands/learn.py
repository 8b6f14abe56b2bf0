"""Learn: what the report says beyond what happened; each command is also a line such as `cause: …` (AS-6, CL)."""

from __future__ import annotations

from irp_actions.rules.commands.findings import found, told_by
from irp_actions.rules.commands.gates import says_something
from irp_actions.rules.commands.table import command
from irp_actions.rules.terms import NOT
from irp_actions.values.findings import Told
from irp_actions.values.incident import Incident
from irp_actions.values.record import Entry

LISTED = 9
"""How many threats, whys and lessons the draft report keeps in view; the record has them all."""


def _with(known: tuple[Told, ...], entry: Entry, terms: list[str]) -> tuple[Told, ...]:
    """The list with each term as it was told last, without those that are taken back."""
    meant = {term.removeprefix(NOT).split(" ")[0]: term for term in terms}
    kept = [told for told in known if told.what.split(" ")[0] not in meant]
    fresh = [told_by(entry, term) for term in meant.values() if not term.startswith(NOT)]
    return (*kept, *fresh)[-LISTED:]


@command(
    "/discovery [method] [text...]",
    rules=("CL-4",),
    aliases=("discovered", "detection"),
    examples=(
        "/discovery provider a mail from Amazon",
        "/discovery a customer called the help desk",
        "/discovery logs",
    ),
    gates=(says_something,),
)
def discovery(incident: Incident, entry: Entry) -> Incident:
    """Say how we came to know of it."""
    return found(incident, discovery=told_by(entry, entry.args.get("method", "")))


@command(
    "/started <when> [text...]",
    rules=("CL-4", "CL-9"),
    aliases=("began", "start"),
    examples=("/started 02:41 first call with the key", "/started yesterday 22:40"),
)
def started(incident: Incident, entry: Entry) -> Incident:
    """Say when the misuse began."""
    return found(incident, started=told_by(entry))


@command(
    "/aware <when> [text...]",
    rules=("CL-4", "IN-9"),
    aliases=("noticed", "became aware"),
    examples=("/aware 02:55 rae saw the mail", "/aware 10 min ago"),
)
def aware(incident: Incident, entry: Entry) -> Incident:
    """Say when somebody became aware of it, if that was before it was reported here."""
    return found(incident, aware=told_by(entry))


@command(
    "/threat <threat> [text...]",
    rules=("CL-4",),
    aliases=("threats", "attack", "ttp"),
    examples=(
        "/threat hacking with the key from the first commit",
        "/threat phishing, T1078",
        "/threat T1566.001 the invoice",
        "/threat not malware",
    ),
)
def threat(incident: Incident, entry: Entry) -> Incident:
    """Name a threat action: one of VERIS, such as hacking or error, or an ATT&CK technique."""
    return found(incident, threats=_with(incident.findings.threats, entry, entry.args["threat"]))


@command(
    "/impact <impact> [text...]",
    rules=("AS-6", "RE-6", "CO-7"),
    aliases=("impacts", "affects"),
    examples=(
        "/impact confidentiality one index file was read",
        "/impact availability, customers nobody can log in",
        "/impact not customers",
        "/impact none",
    ),
)
def impact(incident: Incident, entry: Entry) -> Incident:
    """Say what it touches: confidentiality, integrity, availability, privacy, customers, exposure and so on."""
    known, terms = incident.findings.impacts, entry.args["impact"]
    known = () if "none" in terms else tuple(told for told in known if told.what != "none")
    return found(incident, impacts=_with(known, entry, terms))


@command(
    "/scope <scope> <text...>",
    rules=("CL-9",),
    examples=("/scope systems invoices-archive", "/scope records one index file, 1.2 MB", "/scope last misuse 03:49"),
)
def scope(incident: Incident, entry: Entry) -> Incident:
    """Say how far it went: systems, accounts, records, customers, first exposure, first and last misuse."""
    return found(incident, scope=_with(incident.findings.scope, entry, [entry.args["scope"]]))


@command(
    "/cause <text...>",
    rules=("CL-3",),
    aliases=("root cause", "because"),
    examples=("/cause the key stood in the first commit of a public repository",),
)
def cause(incident: Incident, entry: Entry) -> Incident:
    """Say what made it possible."""
    return found(incident, cause=told_by(entry))


@command(
    "/why <text...>",
    rules=("CL-3",),
    aliases=("how",),
    examples=("/why nobody scans the demo repositories", "/how the demo was copied from a laptop"),
)
def why(incident: Incident, entry: Entry) -> Incident:
    """Ask why, or how, of the answer before and say the next one; five times gets deep."""
    return found(incident, whys=(*incident.findings.whys, told_by(entry))[-LISTED:])


@command(
    "/lesson <text...>",
    rules=("CL-3",),
    aliases=("improve", "learned", "lessons"),
    examples=("/lesson the contact sheet was out of date",),
)
def lesson(incident: Incident, entry: Entry) -> Incident:
    """Keep something to do better next time; if somebody shall do it, `/action`."""
    return found(incident, lessons=(*incident.findings.lessons, told_by(entry))[-LISTED:])
