"""Afterwards: who writes here when it is closed, and is not of the team, is brought to somebody who is (law 3, CL-5).

They were told that they can just write here. Thanks are nobody's business; of everything else, a false *somebody wrote*
is better than silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.notes import Note
from irp_actions.rules.slash import own_part
from irp_actions.rules.sources import Source
from irp_actions.rules.words import render
from irp_actions.values.incident import IC, Incident
from irp_actions.values.policy import Policy, Words
from irp_actions.values.record import Author

SHORT, THANKS = 40, 80
"""Characters below which words are taken for an acknowledgement: right after the closing, and if they thank."""


def is_brought(source: Source, author: Author, incident: Incident, names: Iterable[str], policy: Policy) -> bool:
    """Whether somebody of the team has to hear of what was written: once, until one of them says anything.

    Args:
        source: what was written or done.
        author: by whom.
        incident: the state before it.
        names: the commands that it holds.
        policy: knows how thanks are said, and for how long anybody is listened for.
    """
    closing, quiet = incident.closing, incident.tables.quiet
    if closing is None or incident.brought is not None or author.standing not in ("outsider", "reporter"):
        return False
    called = {name for name in names if not COMMANDS[name].only_answers}
    if "reopen" in called:
        return True
    if source.comment is None or source.at > closing.at + quiet.heard_after:
        return False
    soon = source.at < closing.at + quiet.between_comments
    word = incident.word
    if word is not None and word.n > closing.n and source.at < word.at + quiet.between_comments:
        return False  # somebody of the team is talking with them
    said = _own_words(source.body)
    return bool(called) or (bool(said) and not is_thanks(said, policy.words, soon=soon))


def _own_words(body: str) -> str:
    """What somebody wrote themselves: without the mail they answer, and without commands."""
    return "\n".join(row for row in own_part(body).split("\n") if not row.lstrip().startswith((">", "/"))).strip()


def is_thanks(said: str, words: Words, *, soon: bool) -> bool:
    """Whether words only say that they were read: short, asking nothing, and not that it goes on.

    Args:
        said: the words.
        words: the policy's lists.
        soon: whether it was closed a moment ago, when short words need no thanks in them.
    """
    text = said.lower()
    thanked = rf"\b(?:{_any(words.thanks)})\b"
    if "?" in text or re.search(rf"\b(?:{_any(words.again)})\b", re.sub(rf"{thanked}(?: you)? again", "", text)):
        return False
    return (soon and len(text) < SHORT) or (len(text) < THANKS and re.search(thanked, text) is not None)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words)) or "(?!)"


def whom_to_tell(incident: Incident) -> str:
    """The last commander, or the first on call; empty when nobody is known."""
    return incident.holder(IC) or next(iter(incident.tables.people.on_call), "")


def brought_key(incident: Incident) -> str:
    """Names the comment that brings somebody's words to the team; empty when there are none to be brought."""
    return f"brought:{incident.brought.detail.split()[0]}" if incident.brought else ""


def brought_note(incident: Incident) -> Note | None:
    """The comment that mentions somebody of the team, because nobody would look here any more."""
    if incident.brought is None:
        return None
    who = incident.brought.detail.partition(" ")[2]
    text = render("brought", incident=incident, who=who)
    return Note((brought_key(incident),), text, asks=(who,) if who else ())
