"""The documents that the program sends are answered, every one of them."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse, print_ast, validate
from standin_client import Person

from irp_actions.edges.standin.graphql.fields import executable_schema

FOLDER = files("irp_actions.edges").joinpath("github")
SOURCES = sorted(path.name for path in Path(str(FOLDER)).glob("*.graphql"))


def documents() -> dict[str, str]:
    """Every operation by name, with the fragments it needs and no others."""
    parts = [node for name in SOURCES for node in parse(FOLDER.joinpath(name).read_text()).definitions]
    fragments = {node.name.value: node for node in parts if isinstance(node, FragmentDefinitionNode)}
    operations = {}
    for node in parts:
        if isinstance(node, OperationDefinitionNode) and node.name:
            text, needed = print_ast(node), [print_ast(node)]
            while missing := {n for n in re.findall(r"\.\.\.(\w+)", text) if f"fragment {n} on" not in text}:
                needed += [print_ast(fragments[name]) for name in sorted(missing)]
                text = "\n".join(needed)
            operations[node.name.value] = text
    return operations


@pytest.mark.parametrize("name", sorted(documents()))
def test_a_document_fits_the_schema(name: str) -> None:
    """Validated with every rule there is."""
    assert validate(executable_schema(), parse(documents()[name])) == []


@pytest.fixture
def variables(owner: Person, reader: Person) -> dict[str, Any]:
    """An incident with comments, edits, labels and deeds, and every variable the documents know."""
    issue = reader.open("Odd", body="text\r\n")
    owner.send("PATCH", "~/issues/1", {"labels": ["bug"], "assignees": ["acme"], "body": "more"})
    comment = reader.comment("hello")
    owner.send("PATCH", f"~/issues/comments/{comment['id']}", {"body": "hello!"})
    return {
        "owner": "acme",
        "name": "security-incidents",
        "number": 1,
        "since": "2026-03-02T03:00:00Z",
        "label": ["bug"],
        "fortnight": "2026-02-16T03:10:00Z",
        "yesterday": "2026-03-01T03:10:00Z",
        "size": 50,
        "wantOpen": True,
        "wantClosed": True,
        "wantFresh": True,
        "ids": [comment["node_id"]],
        "subject": issue["node_id"],
        "repository": owner.get("~")["node_id"],
        "title": "Scan every repository",
        "comment": comment["node_id"],
        "body": "by the batch",
        "labels": [owner.get("~/labels/bug")["node_id"]],
        "people": [owner.data("{ viewer { id } }")["viewer"]["id"]],
    }


@pytest.mark.parametrize("name", sorted(set(documents()) - {"Batch"}))
def test_a_document_is_answered(name: str, job: Person, variables: dict[str, Any]) -> None:
    """Without an error, for a job's token."""
    text = documents()[name]
    used = {key: value for key, value in variables.items() if f"${key}" in text}
    assert job.data(text, **used)


def test_an_incident_is_read_whole(job: Person, variables: dict[str, Any]) -> None:
    """What a run decides by is all there."""
    used = {key: variables[key] for key in ("owner", "name", "number", "since")}
    repository = job.data(documents()["Incident"], **used)["repository"]
    issue = repository["issue"]
    assert repository["isPrivate"] is True
    assert issue["userContentEdits"]["nodes"][0]["editor"]["login"] == "acme"
    assert [node["diff"] for node in issue["userContentEdits"]["nodes"]] == ["more", "text\r\n"]
    remark = issue["latest"]["nodes"][0]
    assert (remark["body"], remark["author"]["login"], remark["editor"]["login"]) == ("hello!", "ria", "acme")
    assert len(remark["reactionGroups"]) == 8
    assert [deed["__typename"] for deed in issue["deeds"]["nodes"]] == ["LabeledEvent"]
    assert [node["number"] for node in repository["recent"]["nodes"]] == [1]


def test_a_batch_is_done_in_order(job: Person, variables: dict[str, Any]) -> None:
    """The comment that an alias removes can no longer be reacted to; everything else is done."""
    text = documents()["Batch"]
    used = {key: value for key, value in variables.items() if f"${key}" in text}
    answer = job.ask(text, **used)
    failed = [error["path"] for error in answer.get("errors", [])]
    assert failed == [["react"]]
    done = {alias for alias, value in answer["data"].items() if value is not None}
    assert done == set(answer["data"]) - {"react"}
    assert job.get("~/issues/1")["body"] == "by the batch"
