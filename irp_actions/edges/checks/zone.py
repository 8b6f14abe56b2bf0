"""Notices a time zone whose clocks never change, where somebody will have meant one whose clocks do."""

from __future__ import annotations

_MEANT = {"EST": "America/New_York", "MST": "America/Denver"}
"""The abbreviations that are zones of their own, and the place that is mostly meant."""

_OFFSET = "Etc/GMT"


def without_summer(zone: str) -> str:
    """A warning where a zone is an abbreviation or an offset that has no summer time; empty where all is well.

    Args:
        zone: the policy's IANA zone.
    """
    if zone in _MEANT:
        return f"{zone} never changes to summer time; {_MEANT[zone]} does"
    hours = zone.removeprefix(_OFFSET)
    if zone.startswith(_OFFSET) and hours.strip("+-0"):
        side = "behind" if hours.startswith("+") else "ahead of"
        off = f"{hours.strip('+-')} h {side} UTC"  # its sign is the other way round than people think
        return f"{zone} is {off} and never changes to summer time; name a place, such as Europe/Berlin"
    return ""
