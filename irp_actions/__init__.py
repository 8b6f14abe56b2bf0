"""Security incident response that lives on GitHub issues."""

__version__ = "0.1.0"
