"""Writes `tests/conformance/data` out of published packages.

Usage: python -m tools.conformance FOLDER [--check]

FOLDER holds the archives, as `make conformance-data` gets them with `npm pack` and `pip download`. `--check` writes
nothing and says what is stale.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graphql import parse

from irp_actions.edges.standin.rest.api import ROUTES
from irp_actions.edges.standin.rest.routes import Router
from tools.conformance.keys import SINCE, Place, learned
from tools.conformance.openapi import EVENTS, Description
from tools.conformance.packages import EXAMPLES, GRAPHQL, OPENAPI, RECORDINGS, Package, found
from tools.conformance.recordings import recordings
from tools.conformance.stamps import DATA, HERE, ROOT, stamped
from tools.trim_graphql import DOCUMENTS, TARGET, trim


def rest_values(document: Mapping[str, Any], package: Package) -> Iterator[tuple[Place, Any]]:
    """The recorded answers that a description of operations has a schema for, each with its schema's place."""
    router = Router(ROUTES)
    for recording in recordings(package):
        route = router.find(recording.method, recording.path)
        if route is None or recording.year < SINCE or recording.body is None:
            continue
        operation, status = route[0].operation, str(recording.status)
        if document["operations"][operation]["responses"].get(status):
            yield ("operations", operation, "responses", status), recording.body


def examples(package: Package) -> dict[str, Any]:
    """The last example of each event and activity: a real payload."""
    return {
        f"{event['name']} {example['action']}" if event["name"].startswith("issue") else event["name"]: example
        for event in json.loads(package.text("api.github.com/index.json"))
        if event["name"] in EVENTS
        for example in event["examples"]
    }


def event_values(document: Mapping[str, Any], package: Package) -> Iterator[tuple[Place, Any]]:
    """Every example of an event that is described, with its schema's place."""
    for event in json.loads(package.text("api.github.com/index.json")):
        for example in event["examples"]:
            name = f"{event['name']} {example.get('action')}" if event["name"].startswith("issue") else event["name"]
            if name in document["events"]:
                yield ("events", name), example


def data(folder: Path) -> dict[str, dict[str, Any]]:
    """Every file of data by its name."""
    openapi, recorded, shown = found(folder, OPENAPI), found(folder, RECORDINGS), found(folder, EXAMPLES)
    graphql = found(folder, GRAPHQL)
    description = Description(openapi)
    rest, webhooks = description.rest(route.operation for route in ROUTES), description.webhooks()
    keys = {
        "rest": learned(rest, rest_values(rest, recorded)),
        "webhooks": learned(webhooks, event_values(webhooks, shown)),
    }
    return {
        "rest.json": stamped(rest, [openapi.source], HERE),
        "webhooks.json": stamped(webhooks, [openapi.source], HERE),
        "real_keys.json": stamped(keys, [openapi.source, recorded.source, shown.source], HERE),
        "webhook_examples.json": stamped({"examples": examples(shown)}, [shown.source], HERE),
        "graphql.json": stamped(_graphql(graphql), [graphql.source], "tools/trim_graphql.py", "tools/graphql"),
    }


def _graphql(package: Package) -> dict[str, Any]:
    """What the embedded GitHub's schema has to be: it is committed where it is used."""
    sdl = package.text("schema.graphql")
    documents = [parse(path.read_text(encoding="utf-8")) for path in sorted(DOCUMENTS.glob("*.graphql"))]
    digest = hashlib.sha256(trim(sdl, documents).encode()).hexdigest()
    return {"schema": {"file": TARGET.relative_to(ROOT).as_posix(), "definitions_sha256": digest}}


def _written(value: Mapping[str, Any]) -> str:
    """JSON with a line for each entry of the second level, so that a change is seen where it is."""
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {_block(inner)}" for key, inner in value.items()) + "\n}\n"


def _block(value: Mapping[str, Any]) -> str:
    lines = (f"  {json.dumps(key)}: {json.dumps(each, ensure_ascii=False)}" for key, each in value.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def main() -> int:
    """Write the data, or say which of it is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder with the packages' archives")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if some data is stale")
    options = parser.parse_args()
    stale = []
    for name, content in data(options.folder).items():
        path, text = DATA / name, _written(content)
        if options.check:
            stale += [] if path.exists() and path.read_text(encoding="utf-8") == text else [name]
        else:
            path.write_text(text, encoding="utf-8")
    print("\n".join(f"{name} is stale" for name in stale) or "Everything is up to date." if options.check else "Done.")
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
