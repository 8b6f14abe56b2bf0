"""The commits of the default branch: what `.github` held when a run was started, beside files that never change.

The stand-in has no Git. A commit is what a re-run and a late run need of one: the workflow files, the policy and the
forms as they were. Everything else of the checkout is there as it is now.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from irp_actions.edges.standin.actions.errors import NoSuchRef

DEFAULT_BRANCH = "main"
DEFAULT_REF = f"refs/heads/{DEFAULT_BRANCH}"

_CHANGING = ".github"
_Files = Mapping[str, bytes]


class Commits:
    """The commits that runs were started at; called under the engine's lock and from the threads of its jobs.

    Args:
        checkout: The repository's folder: the tip of the default branch, whatever is in it at that moment.
    """

    def __init__(self, checkout: Path) -> None:
        self._checkout = checkout.resolve()
        self._known: dict[str, _Files] = {}

    def tip(self) -> str:
        """Return the commit that the checkout is at now: 40 hexadecimal digits, the same for the same files."""
        files = self._read()
        digest = hashlib.sha1(usedforsecurity=False)
        for name, content in files.items():
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        sha = digest.hexdigest()
        self._known.setdefault(sha, files)
        return sha

    def check_out(self, ref: str, into: Path) -> str:
        """Fill an empty folder with what the repository holds at a ref, and return its commit.

        Args:
            ref: A commit, or the default branch with or without `refs/heads/`.
            into: The folder. What did not change since is linked, so nobody may write to it.

        Raises:
            NoSuchRef: There is no such ref.
        """
        tip = self.tip()
        sha = tip if ref in (DEFAULT_BRANCH, DEFAULT_REF) else ref
        if sha not in self._known:
            raise NoSuchRef(f"A branch or tag with the name '{ref}' could not be found")
        for entry in self._checkout.iterdir():
            if sha == tip or entry.name != _CHANGING:
                (into / entry.name).symlink_to(entry)
        if sha != tip:
            _write(self._known[sha], into / _CHANGING)
        return sha

    def _read(self) -> _Files:
        folder = self._checkout / _CHANGING
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _write(files: _Files, folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
