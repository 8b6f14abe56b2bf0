"""Environment files are how a step sets outputs, variables and the path, and writes its summary.

Source: "Workflow commands for GitHub Actions", sections on environment files.
"""

from pathlib import Path

from irp_actions.edges.standin.actions.errors import ActionsError

MAX_SUMMARY_BYTES = 1024 * 1024


class FileError(ActionsError):
    """An environment file is not written as GitHub documents it."""


class StepFiles:
    """The environment files of one step.

    Args:
        folder: Where they are; created if need be.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._paths = {
            variable: folder / variable.lower()
            for variable in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "GITHUB_STATE")
        }
        for path in self._paths.values():
            path.touch()

    @property
    def variables(self) -> dict[str, str]:
        """Return the variables that tell the step where its files are."""
        return {variable: str(path) for variable, path in self._paths.items()}

    def outputs(self) -> dict[str, str]:
        """Return the outputs the step has set."""
        return parse_pairs(self._text("GITHUB_OUTPUT"))

    def exports(self) -> dict[str, str]:
        """Return the variables the step has set for the steps after it."""
        return parse_pairs(self._text("GITHUB_ENV"))

    def paths(self) -> list[str]:
        """Return the folders the step has put before the path, the last one first."""
        return [line.strip() for line in reversed(self._text("GITHUB_PATH").splitlines()) if line.strip()]

    def summary(self) -> str:
        """Return the step's summary.

        Raises:
            FileError: It is longer than GitHub takes.
        """
        text = self._text("GITHUB_STEP_SUMMARY")
        size = len(text.encode())
        if size > MAX_SUMMARY_BYTES:
            raise FileError(
                f"$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got {size // 1024}k."
            )
        return text

    def _text(self, variable: str) -> str:
        path = self._paths[variable]
        return path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""


def parse_pairs(text: str) -> dict[str, str]:
    """Return what a file of `name=value` and `name<<DELIMITER` entries sets.

    Raises:
        FileError: A line is neither, or a delimiter does not come.
    """
    pairs: dict[str, str] = {}
    # Not `splitlines`, which would also end a line at separators that are only text here.
    lines = iter([line.removesuffix("\r") for line in text.split("\n")])
    for line in lines:
        if not line:
            continue
        equals, heredoc = line.find("="), line.find("<<")
        if equals >= 0 and (heredoc < 0 or equals < heredoc):
            name, value = line[:equals], line[equals + 1 :]
        elif heredoc >= 0:
            name, delimiter = line[:heredoc], line[heredoc + 2 :]
            if not delimiter:
                raise FileError(f"Invalid format '{line}'. Name must not be empty and delimiter must not be empty")
            taken: list[str] = []
            for inner in lines:
                if inner == delimiter:
                    break
                taken.append(inner)
            else:
                raise FileError(f"Invalid value. Matching delimiter not found '{delimiter}'")
            value = "\n".join(taken)
        else:
            raise FileError(f"Invalid format '{line}'")
        if not name:
            raise FileError(f"Invalid format '{line}'. Name must not be empty")
        pairs[name] = value
    return pairs
