"""Generated data says what it was made of and by which script, so that a test can say when it is stale."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "conformance" / "data"
HERE = "tools/conformance"

# What the data in the repository is made of. Another version comes with data made anew.
PINNED: Mapping[str, str] = {
    "npm @octokit/graphql-schema": "15.26.1",
    "npm @octokit/openapi": "23.0.2",
    "npm @octokit/webhooks-examples": "7.6.1",
    "pip pygithub": "2.10.0",
}


def digest_of_files(paths: Iterable[Path]) -> str:
    """One hash for some files of this repository, names and all."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(f"{path.relative_to(ROOT).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return whole.hexdigest()


def digest(value: Any) -> str:
    """The hash of a value, however it is written down."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def scripts(*names: str) -> list[Path]:
    """The files behind the names of scripts: a folder stands for all its Python and GraphQL."""
    tops = [ROOT / name for name in names]
    return [path for top in tops for path in ([top] if top.is_file() else _inside(top))]


def stamped(content: Mapping[str, Any], sources: Iterable[Mapping[str, str]], *made_by: str) -> dict[str, Any]:
    """Content below a stamp.

    Args:
        content: What was made.
        sources: The packages it was made of.
        made_by: The scripts, by their names in this repository.
    """
    stamp = {
        "sources": [dict(source) for source in sources],
        "made_by": list(made_by),
        "scripts_sha256": digest_of_files(scripts(*made_by)),
        "content_sha256": digest(content),
    }
    return {"stamp": stamp, **content}


def complaints(document: Mapping[str, Any]) -> list[str]:
    """Why a stamped document is stale or was touched by hand; empty if it is neither."""
    stamp = document["stamp"]
    found = [
        f"made of {source['package']} {source['version']}, and {PINNED.get(source['package'])} is wanted"
        for source in stamp["sources"]
        if PINNED.get(source["package"]) != source["version"]
    ]
    if stamp["scripts_sha256"] != digest_of_files(scripts(*stamp["made_by"])):
        found.append(f"{', '.join(stamp['made_by'])} changed since it was made")
    if stamp["content_sha256"] != digest({key: value for key, value in document.items() if key != "stamp"}):
        found.append("it was changed by hand")
    return found


def _inside(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix in (".py", ".graphql")]
