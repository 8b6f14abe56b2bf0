"""Naming: which command a typed word means, by its own name, its aliases, and what a policy calls its statuses."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.slash import Call
from irp_actions.values.incident import INVESTIGATING
from irp_actions.values.policy import Policy, Status

STATUS_CALLS = {
    "confirmed": "confirm",
    "resolved": "resolve",
    "closed": "close",
    "false-alarm": "false-alarm",
    INVESTIGATING: "reopen",
}
"""What a status says when it is typed, or set by hand as a label."""


def resolve(call: Call, policy: Policy | None = None) -> tuple[str | None, str]:
    """Which command a typed name means, and what is left of its text: an alias may have several words.

    Args:
        call: as typed.
        policy: says what the organisation calls its statuses: where *resolved* is shown as *Ready for QA*,
            `/ready-for-qa` and `/status ready for qa` resolve.
    """
    if call.aside:  # nobody has to mean it, so nothing is done by it
        return None, call.text
    first_line, _, more = call.text.partition("\n")
    words = first_line.split()
    own = own_words(policy.statuses) if policy else {}
    for taken in (3, 2, 1, 0):
        spoken = " ".join([call.name, *(word.lower().strip(".,:!") for word in words[:taken])])
        name = _names().get(spoken) or own.get(spoken)
        if name is not None and len(words) >= taken:
            rest = call.text if taken == 0 else "\n".join(filter(None, [" ".join(words[taken:]), more]))
            return name, rest
    return None, call.text


def own_words(statuses: Mapping[str, Status]) -> dict[str, str]:
    """The commands under the names that a policy shows its statuses by, and after `/status` its aliases too."""
    words: dict[str, str] = {}
    for key, name in STATUS_CALLS.items():
        shown = statuses[key].shown.lower()
        said = {shown, shown.replace(" ", "-")}
        words |= {} if key == INVESTIGATING else dict.fromkeys(said, name)
        words |= {f"status {word}": name for word in (*said, key, *statuses[key].aliases)}
    return words


def nearest(typed: str, policy: Policy | None = None) -> tuple[str, ...]:
    """The commands that a slip of the finger, or a name cut short, may have meant; a path such as `/tmp` means none."""
    own = own_words(policy.statuses) if policy else {}
    names = {name: command for name, command in (own | dict(_names())).items() if " " not in name}
    near = get_close_matches(typed, names, n=2, cutoff=0.76)
    begun = [name for name in names if len(typed) > 2 and name.startswith(typed)]
    run_on = [name for name in names if len(name) > 3 and typed.startswith(name)]
    return tuple(dict.fromkeys(names[name] for name in (*near, *begun, *run_on)))[:3]


@cache
def _names() -> Mapping[str, str]:
    names = {alias: name for name, command in COMMANDS.items() for alias in command.aliases}
    return names | {name: name for name in COMMANDS}
