"""What GitHub holds becomes what people read: nothing hidden, no addresses, nothing that differs from run to run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from irp_actions import __version__

_HIDDEN = re.compile(r"<!--.*?-->[ \t]*\n?", re.DOTALL)
_SMALL = re.compile(r"</?sub>")
_HASH = re.compile(r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{12,64}\b")
_MARK = re.compile(r"\(mark \d+\.(\d+)\.[0-9a-f]+\)")
_GAP = re.compile(r"\n{3,}")
_BESIDE_MENTIONS = "\u200b"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the text of an issue or comment as its page would show it.

    Attributes:
        site: The embedded GitHub's address, which has another port each time.
        repo: `OWNER/NAME`.
        numbers: The number in this drill of each comment, by its id.
    """

    site: str
    repo: str
    numbers: Mapping[int, int]

    def read(self, text: str) -> str:
        """The text without what is hidden; links to comments become their numbers, and hashes are masked.

        A record's hashes are salted at random, so no two drills have the same.
        """
        shown = _HIDDEN.sub("", text.replace("\r\n", "\n")).replace(_BESIDE_MENTIONS, "")
        shown = self._links().sub(self._short, _SMALL.sub("", shown))
        shown = shown.replace(self.site, "https://github.com")
        shown = _MARK.sub(r"(mark \1)", shown)
        shown = _HASH.sub("(hash)", shown).replace(f"irp-actions {__version__}", "irp-actions (version)")
        return _GAP.sub("\n\n", shown).strip()

    def _links(self) -> re.Pattern[str]:
        page = re.escape(f"{self.site}/{self.repo}/issues/")
        return re.compile(rf"\[[^\]]*\]\({page}(\d+)(?:#issuecomment-(\d+))?\)")

    def _short(self, link: re.Match[str]) -> str:
        if link[2] is None:
            return f"#{link[1]}"
        return f"({self.numbers.get(int(link[2]), '?')})"
