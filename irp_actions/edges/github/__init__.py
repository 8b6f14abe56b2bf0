"""The door to GitHub: the only room that knows a client."""

from irp_actions.edges.github.door import Door
from irp_actions.edges.trouble import Forbidden, Unavailable, WriteFailed

__all__ = ["Door", "Forbidden", "Unavailable", "WriteFailed"]
