"""Labels over REST: those of the repository and those on an issue."""

import pytest
from standin_client import Person, names


def test_a_new_repository_has_githubs_own_labels(owner: Person) -> None:
    """Nine of them, listed by name."""
    labels = owner.get("~/labels")
    assert len(labels) == 9
    assert names(labels) == sorted(names(labels))
    assert labels[0]["default"] is True


def test_a_label_is_created_changed_and_deleted(owner: Person) -> None:
    """A renamed label is renamed on issues, a deleted one is off them; names ignore case."""
    created = owner.send("POST", "~/labels", {"name": "status: new", "color": "ABCDEF", "description": "Fresh"})
    assert (created["color"], created["description"], created["default"]) == ("abcdef", "Fresh", False)
    assert owner.get("~/labels/STATUS:%20new") == created
    owner.open(labels=["Status: New"])
    changed = owner.send("PATCH", "~/labels/status:%20new", {"new_name": "status: old", "description": "Stale"})
    assert (changed["name"], changed["description"], changed["id"]) == ("status: old", "Stale", created["id"])
    assert names(owner.get("~/issues/1")["labels"]) == ["status: old"]
    owner.send("DELETE", "~/labels/status:%20old")
    assert owner.get("~/issues/1")["labels"] == []
    assert owner.call("GET", "~/labels/status:%20old").status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "bug", "color": "ffffff"}, "already_exists"),
        ({"name": "x", "color": "#fff"}, "invalid"),
        ({"name": "", "color": "ffffff"}, "missing_field"),
        ({"name": "x" * 51, "color": "ffffff"}, "custom"),
        ({"name": "x", "color": "ffffff", "description": "x" * 101}, "custom"),
    ],
)
def test_a_label_that_will_not_do_is_refused(owner: Person, body: dict[str, str], code: str) -> None:
    """Each fault is a 422 with its code."""
    response = owner.call("POST", "~/labels", body)
    assert (response.status_code, response.json()["errors"][0]["code"]) == (422, code)


def test_labels_go_on_an_issue_and_come_off(owner: Person) -> None:
    """Add, replace, remove one, remove all; adding twice is no second event."""
    owner.open()
    path = "~/issues/1/labels"
    assert names(owner.send("POST", path, {"labels": ["bug", "severity: high"]})) == ["bug", "severity: high"]
    assert names(owner.send("POST", path, ["bug"])) == ["bug", "severity: high"]
    assert names(owner.send("PUT", path, {"labels": ["severity: high", "question"]})) == ["severity: high", "question"]
    assert names(owner.send("DELETE", f"{path}/severity:%20high")) == ["question"]
    assert owner.call("DELETE", f"{path}/bug").status_code == 404
    assert names(owner.get(path)) == ["question"]
    owner.send("DELETE", path)
    assert owner.get(path) == []
    kinds = [event["event"] for event in owner.get("~/issues/1/events")]
    assert kinds == ["labeled", "labeled", "unlabeled", "labeled", "unlabeled", "unlabeled"]
