"""What is supported is written down once, in `tools/graphql`, and all of it works."""

import ast
from pathlib import Path

import pytest
from graphql import parse, specified_rules, validate
from standin_client import Person

import irp_actions.edges.standin as package
from irp_actions.edges.standin.graphql.fields import executable_schema

DOCUMENTS = Path(__file__).parents[2] / "tools" / "graphql"
PACKAGE = "irp_actions.edges.standin"
RULES = [rule for rule in specified_rules if rule.__name__ != "OverlappingFieldsCanBeMergedRule"]


@pytest.mark.parametrize("name", ["reads.graphql", "writes.graphql"])
def test_the_schema_holds_what_the_documents_use(name: str) -> None:
    """A schema that was not trimmed anew after a document changed fails here."""
    assert validate(executable_schema(), parse((DOCUMENTS / name).read_text()), RULES) == []


def test_everything_readable_can_be_read_at_once(owner: Person, job: Person, reader: Person) -> None:
    """Every field of every type, in one request, without an error."""
    reader.open("Odd", body="text", labels=["bug"])
    owner.send("PATCH", "~/issues/1", {"body": "more", "labels": ["bug"], "assignees": ["acme"]})
    comment = job.comment("board")
    reader.send("POST", f"~/issues/comments/{comment['id']}/reactions", {"content": "heart"})
    job.send("POST", "~/issues/1/reactions", {"content": "heart"})
    owner.data(
        "mutation($i: ID!) { pinIssue(input: {issueId: $i}) { clientMutationId } }",
        i=owner.get("~/issues/1")["node_id"],
    )
    answer = owner.data(
        (DOCUMENTS / "reads.graphql").read_text(),
        owner="acme",
        name="security-incidents",
        number=1,
        login="ria",
        id=comment["node_id"],
        ids=[comment["node_id"], owner.get("~")["node_id"]],
        text=None,
        first=3,
        filter="OPEN",
    )
    assert answer["repository"]["issue"] == answer["repository"]["issues"]["nodes"][0]
    assert answer["node"]["author"]["login"] == "github-actions"
    assert answer["repository"]["pinnedIssues"]["totalCount"] == 1


def test_the_stand_in_imports_nothing_of_the_program() -> None:
    """It could be taken out and used by itself."""
    folder = Path(str(package.__file__)).parent
    imported = {
        name
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _modules(node)
        if name.startswith("irp_actions")
    }
    assert {name for name in imported if not name.startswith(PACKAGE)} == set()


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
