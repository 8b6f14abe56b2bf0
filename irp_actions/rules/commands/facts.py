"""What the record holds beside commands: the opening, plain words, drift, and the program's own notes."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache

from irp_actions.rules.commands.hand import flagged
from irp_actions.rules.commands.table import fact, kept, noted
from irp_actions.values.incident import Fact, Incident, Named
from irp_actions.values.policy import Tables
from irp_actions.values.record import Entry
from irp_actions.values.shape import shaped

DRIFT_KEPT = 5
"""How many edits and deletions the board can name; the record has them all."""


@fact("policy")
def policy(incident: Incident, entry: Entry) -> Incident:
    """From here on, calls are judged by these tables (CL-7)."""
    tables = pinned_tables(entry)
    before = incident.tables  # what is in use stays known, even if the new policy has dropped it
    severities = {incident.severity: before.severities[incident.severity], **tables.severities}
    used = {*incident.roles, *(handoff.role for handoff in incident.handoffs)}
    roles = {**{role: before.roles[role] for role in before.roles if role in used}, **tables.roles}
    return replace(incident, tables=replace(tables, severities=severities, roles=roles), policy=entry.policy)


def pinned_tables(entry: Entry) -> Tables:
    """The tables that a policy entry pins."""
    return _shaped_tables(json.dumps(entry.args["tables"]))


@lru_cache(maxsize=16)
def _shaped_tables(spelled: str) -> Tables:
    """Shaped once for all incidents of a run: most of them are judged by the same tables."""
    return shaped(Tables, json.loads(spelled))


@fact("open")
def opened(incident: Incident, entry: Entry) -> Incident:
    """The issue was opened: as an event, of unknown severity (IN-2)."""
    args = entry.args
    return replace(
        incident,
        number=args["number"],
        form=args.get("form", ""),
        drill=args.get("drill", False),
        listening=args.get("listening", False),
        reporter=args["reporter"],
        opened=noted(entry),
        nearby=tuple(args.get("nearby", ())),
    )


@fact("template")
def template(incident: Incident, entry: Entry) -> Incident:
    """A pasted template named people and a severity: known, and to be asked; nothing follows from it (IN-1, IN-4)."""
    return replace(incident, named=Named(entry.n, entry.args.get("reporter", ""), entry.args.get("ic", "")))


@fact("word")
def word(incident: Incident, _: Entry) -> Incident:
    """A plain comment. That somebody spoke is noted for every entry alike."""
    return incident


@fact("edited")
def edited(incident: Incident, entry: Entry) -> Incident:
    """Something already recorded was edited: shown as drift, never obeyed (CL-7)."""
    return _drifted(incident, entry, "edited")


@fact("deleted")
def deleted(incident: Incident, entry: Entry) -> Incident:
    """A comment was deleted; what was decided by it stays (CL-7)."""
    return _drifted(incident, entry, "deleted")


@fact("asked")
def asked(incident: Incident, entry: Entry) -> Incident:
    """The program asked somebody, by name, in a comment; until they say anything they are silent (HO-7)."""
    fresh = {login.lower(): entry.at for login in entry.args["who"] if login.lower() not in incident.asked}
    return replace(incident, asked={**incident.asked, **fresh})


@fact("brought-to")
def brought(incident: Incident, entry: Entry) -> Incident:
    """Somebody outside the team wrote after the closing, and one of the team is told (CL-5, law 3)."""
    return replace(incident, brought=noted(entry, f"{entry.source} {entry.args['who']}"))


@fact("released")
def released(incident: Incident, entry: Entry) -> Incident:
    """The outgoing person stayed at hand long enough and may log off (HO-5)."""
    ended = next((h for h in incident.handoffs if h.n == entry.args["handoff"]), None)
    if ended is None:
        return incident
    handoffs = tuple(replace(h, released_at=entry.at) if h == ended else h for h in incident.handoffs)
    spoke_last = incident.word is not None and incident.word.by == ended.outgoing
    stays = bool(incident.roles_of(ended.outgoing)) or spoke_last
    responders = incident.responders if stays else tuple(x for x in incident.responders if x != ended.outgoing)
    return replace(incident, handoffs=kept(handoffs), responders=responders)


@fact("unlabeled")
def unlabeled(incident: Incident, entry: Entry) -> Incident:
    """A label that shows the state was taken off by hand: it is put back, and who did is told what to type (RO-5)."""
    return flagged(incident, entry, "unlabeled", entry.args["label"])


def _drifted(incident: Incident, entry: Entry, how: str) -> Incident:
    of = f"{entry.args.get('of', '')} {entry.args.get('ticked', '')}".strip()
    drift = Fact(entry.at, entry.by.login, entry.n, f"{how} {of}".strip())
    return replace(incident, drift=(*incident.drift, drift)[-DRIFT_KEPT:], drifted=incident.drifted + 1)
