"""Issue forms: answers rendered as GitHub renders them, and everything that is wrong with them named."""

from typing import Any

import pytest
from standin_client import Person, names

ANSWERS = {"where": "the VPN", "done": ["I told nobody else"]}
BODY = """### Where did you see it?

the VPN

### What did you see?

Nothing yet

### The log

_No response_

### What is it about?

_No response_

### How urgent?

low

### What was done?

- [x] I told nobody else
- [ ] I kept the evidence"""


def send(person: Person, answers: dict[str, Any], **order: Any) -> Any:
    """Send the form."""
    return person.control("POST", "forms/report.yml", {"user": "ria", "answers": answers, **order})


def test_a_form_becomes_an_issue(owner: Person) -> None:
    """Headings, empty answers, defaults and boxes look as GitHub makes them."""
    response = send(owner, ANSWERS, title="Odd login")
    assert response.status_code == 201
    assert response.json()["body"] == BODY
    assert response.json()["title"] == "Odd login"
    assert owner.get("~/issues/1")["user"]["login"] == "ria"


@pytest.mark.behaviour("documented", "Syntax for issue forms", "repository")
def test_labels_and_assignees_of_a_form_are_set_whoever_sends_it(owner: Person) -> None:
    """But only labels that exist."""
    owner.send("POST", "~/labels", {"name": "irp", "color": "000000"})
    issue = send(owner, ANSWERS).json()
    assert names(issue["labels"]) == ["irp"]
    assert [user["login"] for user in issue["assignees"]] == ["acme"]
    assert issue["title"] == "[report]"
    assert owner.events() == [("issues", "opened"), ("issues", "labeled"), ("issues", "assigned")]


def test_code_is_fenced_and_choices_are_joined(owner: Person) -> None:
    """`render:` makes a fenced block; several options stand in one line."""
    answers = {**ANSWERS, "log": "sshd: no\nsshd: yes", "kinds": ["a person", "money"], "urgency": "high"}
    body = send(owner, answers).json()["body"]
    assert "### The log\n\n```shell\nsshd: no\nsshd: yes\n```\n\n" in body
    assert "### What is it about?\n\na person, money\n\n### How urgent?\n\nhigh\n" in body


@pytest.mark.parametrize(
    ("answers", "field", "code"),
    [
        ({"done": ["I told nobody else"]}, "where", "missing_field"),
        ({"where": "x"}, "done", "missing_field"),
        ({**ANSWERS, "shoe": "42"}, "shoe", "unknown"),
        ({**ANSWERS, "urgency": "medium"}, "urgency", "invalid"),
        ({**ANSWERS, "urgency": ["high", "low"]}, "urgency", "invalid"),
        ({**ANSWERS, "done": "I told nobody else"}, "done", "missing_field"),
        ({**ANSWERS, "what": 5}, "what", "invalid"),
    ],
)
def test_an_answer_that_will_not_do_is_named(owner: Person, answers: dict[str, Any], field: str, code: str) -> None:
    """422 with the id of the element; no issue is opened."""
    response = send(owner, answers)
    assert response.status_code == 422
    assert (field, code) in [(error["field"], error["code"]) for error in response.json()["errors"]]
    assert owner.get("~/issues?state=all") == []


def test_a_form_that_is_not_there_is_404(owner: Person) -> None:
    """As is anything outside the folder of forms."""
    for name in ("absent.yml", "config.yml", "..%2F..%2Fpolicy.yml"):
        assert owner.control("POST", f"forms/{name}", {"user": "ria", "answers": {}}).status_code == 404


def test_a_form_needs_somebody(owner: Person) -> None:
    """422 without a user."""
    assert owner.control("POST", "forms/report.yml", {"answers": ANSWERS}).status_code == 422
