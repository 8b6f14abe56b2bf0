"""A published package is read out of its archive, and named by version and hash wherever its content ends up."""

import base64
import hashlib
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# The packages, and how the file is called that `npm pack` or `pip download` leaves behind.
OPENAPI = "octokit-openapi-*.tgz"
EXAMPLES = "octokit-webhooks-examples-*.tgz"
GRAPHQL = "octokit-graphql-schema-*.tgz"
RECORDINGS = "pygithub-*.tar.gz"


class PackageError(Exception):
    """The folder does not hold a package's archive, or holds several."""


@dataclass(frozen=True, slots=True)
class Package:
    """One archive.

    Attributes:
        path: Where it lies.
        name: What it is called in its registry.
    """

    path: Path
    name: str
    version: str
    license: str

    @property
    def source(self) -> dict[str, str]:
        """Where content came from, as it is noted beside the content; `integrity` is the registry's own."""
        data = self.path.read_bytes()
        integrity = (
            f"sha512-{base64.b64encode(hashlib.sha512(data).digest()).decode()}"
            if self.path.suffix == ".tgz"
            else f"sha256:{hashlib.sha256(data).hexdigest()}"
        )
        return {"package": self.name, "version": self.version, "license": self.license, "integrity": integrity}

    def text(self, member: str) -> str:
        """One file of the archive, named without the archive's own top folder."""
        return next(text for name, text in self.texts(member) if name == member)

    def texts(self, start: str) -> Iterator[tuple[str, str]]:
        """The files of the archive whose names begin so, by name."""
        with tarfile.open(self.path) as archive:
            for entry in sorted(archive.getmembers(), key=lambda member: member.name):
                name = entry.name.partition("/")[2]
                content = archive.extractfile(entry) if entry.isfile() and name.startswith(start) else None
                if content is not None:
                    yield name, content.read().decode("utf-8")


def found(folder: Path, pattern: str) -> Package:
    """The one archive of a folder that is named so.

    Raises:
        PackageError: There is none, or more than one.
    """
    match sorted(folder.glob(pattern)):
        case [path]:
            return _npm(path) if path.suffix == ".tgz" else _sdist(path)
        case paths:
            raise PackageError(f"{folder} holds {len(paths)} files named {pattern}, and one is needed")


def _npm(path: Path) -> Package:
    draft = Package(path, "", "", "")
    manifest: dict[str, Any] = json.loads(draft.text("package.json"))
    return Package(path, f"npm {manifest['name']}", manifest["version"], manifest["license"])


def _sdist(path: Path) -> Package:
    name, _, version = path.name.removesuffix(".tar.gz").partition("-")
    return Package(path, f"pip {name}", version, "LGPL-3.0-or-later")
