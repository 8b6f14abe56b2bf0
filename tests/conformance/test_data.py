"""What the checks are made of is what its stamp says, and covers what the embedded GitHub serves."""

import hashlib
import json
import re

import pytest

from irp_actions.edges.standin.rest.api import ROUTES
from tools.conformance.stamps import DATA, PINNED, ROOT, complaints


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.json")))
def test_the_data_is_of_the_wanted_packages_and_of_the_present_scripts(name: str) -> None:
    """`make conformance-data` makes it anew; nobody edits it."""
    assert complaints(json.loads((DATA / name).read_text(encoding="utf-8"))) == []


def test_every_operation_that_is_served_is_described() -> None:
    """And none that is not served: the data is cut to the embedded GitHub."""
    described = json.loads((DATA / "rest.json").read_text(encoding="utf-8"))["operations"]
    assert sorted(described) == sorted(route.operation for route in ROUTES)


def test_the_embedded_schema_is_the_package_s() -> None:
    """What the embedded GitHub executes queries on was cut from GitHub's schema and not touched since."""
    wanted = json.loads((DATA / "graphql.json").read_text(encoding="utf-8"))["schema"]
    header, _, definitions = (ROOT / wanted["file"]).read_text(encoding="utf-8").partition("\n\n")
    assert hashlib.sha256(definitions.encode()).hexdigest() == wanted["definitions_sha256"]
    assert f"@octokit/graphql-schema {PINNED['npm @octokit/graphql-schema']} " in header


@pytest.mark.parametrize("file", ["run.txt", "test.txt", "recordings.txt"])
def test_the_recordings_are_of_the_client_that_runs(file: str) -> None:
    """A new PyGithub brings new recordings: the data is made anew with it."""
    locked = re.search(r"^pygithub==(\S+)", (ROOT / "requirements" / file).read_text(), re.MULTILINE)
    assert locked is not None
    assert locked[1] == PINNED["pip pygithub"]
