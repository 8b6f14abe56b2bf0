"""Channels: how messages get out of GitHub, at least once, and what came of it."""

from irp_actions.edges.channels.post import Post

__all__ = ["Post"]
