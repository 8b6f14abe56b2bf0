"""The catalogue is the repository's own workflow files as they are on disk at this moment.

Only the default branch counts for the events of issues, and the checkout is the default branch.
"""

import zlib
from dataclasses import dataclass
from pathlib import Path

from irp_actions.edges.standin.actions.errors import WorkflowError, WorkflowNotFound
from irp_actions.edges.standin.actions.workflow import Triggers, Workflow, read_outline, read_workflow

FOLDER = ".github/workflows"


@dataclass(frozen=True)
class WorkflowFile:
    """One workflow file, read.

    Attributes:
        file: The file's name.
        name: What the workflow calls itself; its path if it does not.
        workflow: What it says, or `None` if it is broken.
        triggers: What starts it; `None` if not even that can be read.
        error: What is wrong with it.
    """

    file: str
    name: str
    workflow: Workflow | None
    triggers: Triggers | None
    error: WorkflowError | None

    @property
    def id(self) -> int:
        """Return what the REST API calls it."""
        return id_of(self.file)

    @property
    def path(self) -> str:
        """Return the path relative to the repository."""
        return path_of(self.file)


class Catalogue:
    """The workflow files of a checkout, and which of them are disabled.

    Args:
        checkout: The repository's folder.
    """

    def __init__(self, checkout: Path) -> None:
        self._folder = checkout / FOLDER
        self._disabled: set[str] = set()
        self._read: dict[str, tuple[str, WorkflowFile]] = {}

    def files(self) -> list[WorkflowFile]:
        """Return the files in the order of their names; one that did not change is not parsed again."""
        if not self._folder.is_dir():
            return []
        paths = sorted(path for path in self._folder.iterdir() if path.suffix in (".yml", ".yaml") and path.is_file())
        self._read = {path.name: self._file(path) for path in paths}
        return [read for _, read in self._read.values()]

    def enabled_files(self) -> list[WorkflowFile]:
        """Return the files that listen."""
        return [each for each in self.files() if self.is_enabled(each)]

    def find(self, key: str | int) -> WorkflowFile:
        """Return a file by its name, path or id.

        Raises:
            WorkflowNotFound: There is none.
        """
        wanted = str(key)
        for each in self.files():
            if wanted in (each.file, each.path, str(each.id)):
                return each
        raise WorkflowNotFound(f"No workflow '{wanted}' in {FOLDER}")

    def listens(self, file: str) -> bool:
        """Return whether there is an enabled workflow of this file name."""
        return any(each.file == file for each in self.enabled_files())

    def is_enabled(self, each: WorkflowFile) -> bool:
        """Return whether a workflow listens."""
        return each.file not in self._disabled

    def set_enabled(self, key: str | int, enabled: bool) -> None:
        """Let a workflow listen, or not.

        Raises:
            WorkflowNotFound: There is none.
        """
        file = self.find(key).file
        if enabled:
            self._disabled.discard(file)
        else:
            self._disabled.add(file)

    def _file(self, path: Path) -> tuple[str, WorkflowFile]:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        known = self._read.get(path.name)
        return known if known and known[0] == text else (text, read_file(text, path.name))


def path_of(file: str) -> str:
    """Return the path of a workflow file by its name."""
    return f"{FOLDER}/{file}"


def id_of(file: str) -> int:
    """Return a number that depends on the path alone, so that it survives a restart."""
    return 90_000_000 + zlib.crc32(path_of(file).encode()) % 9_000_000


def read_file(text: str, file: str) -> WorkflowFile:
    """Return a workflow file from its content, broken or not."""
    path = path_of(file)
    try:
        workflow = read_workflow(text, path)
    except WorkflowError as error:
        outline = read_outline(text, path)
        return WorkflowFile(file, outline.name, None, outline.triggers, error)
    return WorkflowFile(file, workflow.name, workflow, workflow.triggers, None)
