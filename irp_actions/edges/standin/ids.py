"""Ids look like GitHub's, and no two things ever share one.

Each kind counts in a range of its own and in wide steps, so a mixed-up or guessed id finds nothing.
Node ids follow GitHub's present format, a prefix and a base64url MessagePack array, as seen in its API's answers.
"""

import base64
import struct
from collections.abc import Mapping

STRIDE = 37

# Ids of issues, comments, events and labels outgrew 32 bits on GitHub long ago, so they do here.
FIRST: Mapping[str, int] = {
    "repository": 712_000_019,
    "user": 61_000_027,
    "edit": 980_000_033,
    "reaction": 310_000_003,
    "issue": 3_150_000_011,
    "pull": 2_310_000_017,
    "comment": 3_650_000_023,
    "label": 7_800_000_029,
    "event": 17_400_000_013,
}


class Ids:
    """Counts out database ids.

    Args:
        given: How many of each kind were given out before, from a saved state.
    """

    def __init__(self, given: Mapping[str, int] | None = None) -> None:
        self.given = dict(given or {})

    def next(self, kind: str) -> int:
        """The next database id of a kind named in `FIRST`."""
        count = self.given.get(kind, 0)
        self.given[kind] = count + 1
        return FIRST[kind] + count * STRIDE


def node_id(prefix: str, *numbers: int) -> str:
    """A global node id, such as `I_kwDO…` for `("I", 0, repository, issue)`."""
    packed = bytes([0x90 + len(numbers)]) + b"".join(map(_packed, numbers))
    return f"{prefix}_{base64.urlsafe_b64encode(packed).rstrip(b'=').decode()}"


def _packed(number: int) -> bytes:
    if number < 0x80:
        return bytes([number])
    if number < 0x1_0000_0000:
        return struct.pack(">BI", 0xCE, number)
    return struct.pack(">BQ", 0xCF, number)
