"""Workflow commands are lines of a step's output that speak to the runner.

Source: "Workflow commands for GitHub Actions".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from irp_actions.edges.standin.actions.scheduling import Log

_DATA_ESCAPES = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
_PROPERTY_ESCAPES = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))

ANNOTATIONS = ("error", "warning", "notice")


@dataclass(frozen=True)
class Command:
    """One workflow command: `::name key=value,key=value::data`."""

    name: str
    properties: Mapping[str, str]
    data: str


def parse_command(line: str) -> Command | None:
    """Return the command that a line of output is, or `None`."""
    text = line.lstrip()
    if not text.startswith("::"):
        return None
    head, end, data = text[2:].partition("::")
    name, _, properties = head.partition(" ")
    if not end or not name:
        return None
    pairs = (pair.partition("=") for pair in properties.split(",") if "=" in pair)
    return Command(
        name=name.lower(),
        properties={key.strip(): _unescape(value, _PROPERTY_ESCAPES) for key, _, value in pairs},
        data=_unescape(data, _DATA_ESCAPES),
    )


class Output:
    """The output of one step: plain lines are logged, commands are obeyed.

    Attributes:
        outputs: What `set-output`, deprecated but still alive, has set.
        fault: What makes the step fail whatever its exit code; empty if nothing does.
    """

    def __init__(self, log: Log) -> None:
        self.outputs: dict[str, str] = {}
        self.fault = ""
        self._log = log
        self._resume = ""
        self._obey: Mapping[str, Callable[[Command], None]] = {
            **dict.fromkeys(ANNOTATIONS, self._annotate),
            **dict.fromkeys(("debug", "endgroup", "echo", "save-state"), self._ignore),
            **dict.fromkeys(("set-env", "add-path"), self._refuse),
            "add-mask": self._mask,
            "group": self._group,
            "set-output": self._set_output,
            "stop-commands": self._stop,
        }

    def line(self, text: str) -> None:
        """Take in one line."""
        if self._resume:
            if text.strip() == f"::{self._resume}::":
                self._resume = ""
            else:
                self._log.add(text, 1)
            return
        command = parse_command(text)
        if command is None or command.name not in self._obey:
            self._log.add(text, 1)
        else:
            self._obey[command.name](command)

    def _annotate(self, command: Command) -> None:
        self._log.add(annotation(command.name, command.data, command.properties), 1)

    def _ignore(self, command: Command) -> None:
        """Take note of nothing: it concerns only how GitHub shows a log."""

    def _refuse(self, command: Command) -> None:
        self.fault = f"The `{command.name}` command is disabled. Please upgrade to using Environment Files."

    def _mask(self, command: Command) -> None:
        self._log.mask(command.data)

    def _group(self, command: Command) -> None:
        self._log.add(f"group: {command.data}", 1)

    def _set_output(self, command: Command) -> None:
        name = command.properties.get("name", "")
        if name:
            self.outputs[name] = command.data
        else:
            self.fault = "Required field 'name' is missing in ##[set-output] command."

    def _stop(self, command: Command) -> None:
        if not command.data or command.data in self._obey:
            self.fault = f"Invalid stop token '{command.data}': choose one that is no command"
        else:
            self._resume = command.data


def annotation(level: str, message: str, properties: Mapping[str, str] | None = None) -> str:
    """Return an annotation as the log shows it: level, place, title, message."""
    known = properties or {}
    place = ":".join(part for part in (known.get("file", ""), known.get("line", "")) if part)
    parts = (level, place, known.get("title", ""), message)
    return ": ".join(part for part in parts if part)


def _unescape(text: str, escapes: tuple[tuple[str, str], ...]) -> str:
    for escaped, plain in escapes:
        text = text.replace(escaped, plain)
    return text
