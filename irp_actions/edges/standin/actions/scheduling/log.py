"""A log is the text of a run as it grows, with everything secret taken out of each line."""

MASK = "***"


class Log:
    """Lines added by one thread and read by any.

    Args:
        indent: What each line starts with.
    """

    def __init__(self, indent: str = "") -> None:
        self._indent = indent
        self._lines: list[str] = []
        self._secrets: tuple[str, ...] = ()

    def mask(self, secret: str) -> None:
        """Hide a text, and each line of it, in every line added from now on."""
        parts = {part for part in (secret, *secret.splitlines()) if part.strip()}
        # The longest first, so that a secret within a secret leaves no rest.
        self._secrets = tuple(sorted({*self._secrets, *parts}, key=len, reverse=True))

    def masked(self, text: str) -> str:
        """Return a text with the secrets replaced."""
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text

    def add(self, text: str, level: int = 0) -> None:
        """Add a text, line by line.

        Args:
            text: What to add.
            level: How much deeper than the log itself it stands.
        """
        indent = self._indent + "  " * level
        for line in self.masked(text).splitlines() or [""]:
            self._lines.append(f"{indent}{line}".rstrip())

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what was logged so far."""
        return tuple(self._lines)
