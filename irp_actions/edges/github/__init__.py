"""The door to GitHub."""

from irp_actions.edges.github.door import Door
from irp_actions.edges.github.wire import Forbidden, Unavailable, WriteFailed

__all__ = ["Door", "Forbidden", "Unavailable", "WriteFailed"]
