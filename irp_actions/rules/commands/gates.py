"""What must hold before a call is accepted; each gate refuses with the key of a sentence saying what to type instead.

Gates guard authority and sense, never facts: what happened is recorded whenever it is told.
"""

from __future__ import annotations

from datetime import timedelta
from difflib import get_close_matches

from irp_actions.rules.grammar import Refused, severities_to_choose
from irp_actions.rules.waiting import longest_wait
from irp_actions.values.incident import DUPLICATE, FALSE_ALARM, IC, RESOLVED, Handoff, Incident
from irp_actions.values.record import Entry
from irp_actions.values.shape import parse_time


def still_open(incident: Incident, entry: Entry) -> Refused | None:
    """CL-5: after closing, only facts are taken; acting again begins with `/reopen`."""
    if incident.closing is not None:
        return Refused("is_closed", call=entry.call)
    return None


def not_settled(incident: Incident, entry: Entry) -> Refused | None:
    """IN-12: of one that was closed as a duplicate by hand, it can still be said of which."""
    if incident.status == DUPLICATE and not incident.duplicate_of:
        return None
    return still_open(incident, entry)


def still_new(incident: Incident, _: Entry) -> Refused | None:
    """IN-12: what was dealt with and resolved has a report of its own."""
    return Refused("resolved_itself", shown=incident.tables.statuses[RESOLVED].shown) if incident.resolved else None


def not_itself(incident: Incident, entry: Entry) -> Refused | None:
    """IN-12: an issue is no duplicate of itself."""
    return Refused("own_number", number=incident.number) if entry.args.get("number") == incident.number else None


def is_an_original(_: Incident, entry: Entry) -> Refused | None:
    """IN-12: whoever reported the same is sent only where somebody is, or was, at work on it."""
    number, known = entry.args["number"], entry.args.get("is")
    if known == "":
        return Refused("no_incident", number=number)
    if known == FALSE_ALARM:
        return Refused("of_a_false_alarm", number=number)
    if known == DUPLICATE:
        return Refused("of_a_duplicate", number=number, of=entry.args.get("of", 0))
    return None


def no_circle(incident: Incident, entry: Entry) -> Refused | None:
    """IN-12: of two issues, one must be the original."""
    circle = entry.args.get("is") == DUPLICATE and entry.args.get("of") == incident.number
    return Refused("circle", number=entry.args["number"]) if circle else None


def known_status(_: Incident, entry: Entry) -> Refused | None:
    """IN-2: `/status` and a word that is no status; those that are one are aliases of other commands."""
    return Refused("unknown_status", typed=entry.text) if entry.text else None


def spells_the_severity(incident: Incident, entry: Entry) -> Refused | None:
    """AS-3: a reason may follow `/confirm`, but a misspelt severity is no reason."""
    if entry.args.get("severity") or not entry.text:
        return None
    word = entry.text.split()[0].lower().strip(".,:;!")
    if get_close_matches(word, incident.tables.severities, n=1, cutoff=0.7):
        known = severities_to_choose(incident.tables)
        return Refused("needs_severity", usage="/confirm [severity]", typed=word, known=known)
    return None


def names_a_severity(incident: Incident, entry: Entry) -> Refused | None:
    """AS-4: a word that is no severity is asked about, not swallowed as a reason."""
    if entry.text and not entry.args.get("severity"):
        known = severities_to_choose(incident.tables)
        return Refused("needs_severity", usage="/severity <severity>", typed=entry.text.split()[0], known=known)
    return None


def says_something(_: Incident, entry: Entry) -> Refused | None:
    """A command whose words are all optional still needs one of them."""
    if not entry.args and not entry.text:
        return Refused("needs_text", usage=f"/{entry.call} and your words")
    return None


def names_a_date(_: Incident, entry: Entry) -> Refused | None:
    """A retrospective is planned for a date, was held, or is off."""
    if not (entry.args.get("moment") or entry.args.get("choice")):
        return Refused("needs_moment", typed=(entry.text or "").split("\n")[0])
    return None


def not_open(incident: Incident, _: Entry) -> Refused | None:
    """CL-5: only what is resolved or closed can be re-opened."""
    if incident.is_active:
        return Refused("is_open", status=incident.status)
    return None


def unconfirmed(incident: Incident, _: Entry) -> Refused | None:
    """AS-2: a confirmed incident that proves harmless is still withdrawn, a resolved one is not."""
    if incident.resolved is not None:
        return Refused("already_resolved", want=FALSE_ALARM, shown=incident.tables.statuses[RESOLVED].shown)
    return None


def role_to_give(incident: Incident, entry: Entry) -> str | None:
    """Which role a handoff is about: the one named, or the author's only one."""
    named = IC if entry.call == "ic" else entry.args.get("role")
    if named:
        return str(named)
    own = incident.roles_of(entry.by.login)
    return own[0] if len(own) == 1 else None


def may_give(incident: Incident, entry: Entry) -> Refused | None:
    """HO-1: the holder starts the handoff; the commander may also give away a role that nobody holds (RO-3)."""
    role = role_to_give(incident, entry)
    if role is None:
        own = incident.roles_of(entry.by.login)
        names = [_name(incident, role) for role in own]
        return Refused("which_role", own=own, names=names, who=entry.args.get("who", ""))
    holder = incident.holder(role)
    author = entry.by.login.lower()
    if holder is not None and holder.lower() == author:
        return None
    commander = (incident.holder(IC) or "").lower()
    if holder is None and (author == commander or incident.holder(IC) is None):
        return None
    if holder is None:
        return Refused("only_ic_gives", role=role, name=_name(incident, role), ic=incident.holder(IC))
    return Refused("not_yours", role=role, name=_name(incident, role), holder=holder)


def _name(incident: Incident, role: str) -> str:
    """What people call a role; its key is what they type."""
    return incident.tables.roles[role].name


def to_someone_else(incident: Incident, entry: Entry) -> Refused | None:
    """HO-1: a handoff has two people."""
    if _names_its_author(entry):
        return Refused("to_yourself", role=role_to_give(incident, entry) or IC, other=_somebody_else(incident, entry))
    return None


def not_yourself(incident: Incident, entry: Entry) -> Refused | None:
    """RO-1: whoever calls is here already."""
    if _names_its_author(entry):
        return Refused("page_yourself", other=_somebody_else(incident, entry))
    return None


def _names_its_author(entry: Entry) -> bool:
    return str(entry.args.get("who", "")).lower() == entry.by.login.lower()


def _somebody_else(incident: Incident, entry: Entry) -> str:
    """Somebody whom the author of a call can name instead of themselves; empty when nobody is known."""
    known = (*incident.tables.people.on_call, *incident.team)
    return next((login for login in known if login.lower() != entry.by.login.lower()), "")


def receiver_responds(_: Incident, entry: Entry) -> Refused | None:
    """HO-1: a role goes only to somebody who may act: of the roster, or with write access."""
    if entry.args.get("who") and entry.args.get("standing") not in ("roster", "responder"):
        return Refused("cannot_receive", who=entry.args["who"])
    return None


def not_offered_twice(incident: Incident, entry: Entry) -> Refused | None:
    """HO-1: the same offer again changes nothing and would only mail people."""
    role = role_to_give(incident, entry)
    offer = incident.pending_offer(role)
    if offer and offer.incoming.lower() == str(entry.args.get("who", "")).lower():
        return Refused("offered_already", role=offer.role, name=_name(incident, offer.role), who=offer.incoming)
    return None


def offered_to(incident: Incident, login: str, role: str | None = None) -> Handoff | None:
    """The offer that waits for this person's answer."""
    return next(
        (h for h in incident.handoffs if h.pending and h.incoming.lower() == login.lower() and role in (None, h.role)),
        None,
    )


def _taken_from(incident: Incident, login: str, role: str | None) -> Handoff | None:
    """The last offer to this person that was taken back, by whoever made it or by themselves."""
    mine = (h for h in reversed(incident.handoffs) if h.incoming.lower() == login.lower() and role in (None, h.role))
    return next((h for h in mine if h.undone is not None), None)


def was_offered(incident: Incident, entry: Entry) -> Refused | None:
    """HO-2: only the person a role was offered to can accept or decline it; what is closed has no offers left."""
    if incident.closing is not None:
        return Refused("nothing_offered_any_more")
    if offered_to(incident, entry.by.login, entry.args.get("role")):
        return None
    over = _taken_from(incident, entry.by.login, entry.args.get("role"))
    if over is not None and over.undone is not None:
        return Refused("offer_withdrawn", role=over.role, who=over.undone.by, at=over.undone.at, to=entry.by.login)
    other = incident.pending_offer(entry.args.get("role"))
    if other:
        return Refused("offered_to_other", name=_name(incident, other.role), who=other.incoming)
    return Refused("nothing_offered", ic=incident.holder(IC))


def ic_can_change(incident: Incident, entry: Entry) -> Refused | None:
    """HO-1: `/ic @who` is a handoff; `/ic` alone accepts an offer or fills an empty chair, never a taken one (HO-2)."""
    if entry.args.get("who"):
        return may_give(incident, entry)
    holder = incident.holder(IC)
    if holder is None or offered_to(incident, entry.by.login, IC):
        return None
    if holder.lower() == entry.by.login.lower():
        return Refused("held_already", name=_name(incident, IC))
    return Refused("not_yours", role=IC, name=_name(incident, IC), holder=holder)


def can_be_taken(incident: Incident, entry: Entry) -> Refused | None:
    """HO-7: a role may be taken when nobody holds it, or its holder was asked and has given no sign since.

    A holder who left or lost access holds it no more (HO-6), so that this needs no case of its own. Whoever took it
    may say why afterwards.
    """
    role = str(entry.args["role"])
    holder = incident.holder(role)
    if holder is None:
        return None
    if holder.lower() == entry.by.login.lower():
        says_why = incident.roles[role].how == "assumed" and entry.text
        return None if says_why else Refused("held_already", name=_name(incident, role))
    asked_at = incident.asked.get(holder.lower())
    wait = incident.tables.quiet.silent_for
    if asked_at is not None and entry.at >= asked_at + wait:
        return None
    name, minutes = _name(incident, role), _minutes(wait)
    return Refused("holder_not_silent", role=role, name=name, holder=holder, asked_at=asked_at, minutes=minutes)


def nobody_answers(incident: Incident, entry: Entry) -> Refused | None:
    """Law 3: whoever waits for the team may call it while it is silent; the quiet of the policy bounds what that costs.

    Anybody who may write here has rung the pager once already, by opening the issue, so a call every quarter of an
    hour gives a stranger no new power, and a reporter to whom nobody speaks is not left alone.
    """
    if entry.by.may_act:
        return None
    quiet, silent = incident.tables.quiet.between_comments, incident.tables.quiet.silent_for
    if incident.called_at is not None and entry.at < incident.called_at + quiet:
        return Refused("called_already", at=incident.called_at, minutes=_minutes(quiet))
    if incident.acknowledged and incident.word and entry.at < incident.word.at + silent:
        return Refused("team_is_here", who=incident.word.by, minutes=_minutes(silent))
    return None


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def not_too_long_a_wait(incident: Incident, entry: Entry) -> Refused | None:
    """CO-6: nobody is left unasked for longer than the policy allows; a standing wait only is stated for longer."""
    if "until" not in entry.args:
        return None
    until = parse_time(entry.args["until"])
    sitreps = incident.tables.sitreps
    longest = sitreps.longest_wait if entry.args.get("standing") else longest_wait(incident.tables, incident.severity)
    if until <= entry.at + longest:
        return None
    return Refused(
        "too_long_a_wait", longest=longest, until=entry.at + longest, severity=incident.severity, what=entry.text
    )
