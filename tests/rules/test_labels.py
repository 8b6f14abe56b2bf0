"""Writing, labels and assignees: we own our prefixes and what we set, and never fight a person."""

from __future__ import annotations

from irp_actions.values.changes import Assign, SetLabels
from tests.model import Model, confirmed, opened


def test_labels_show_status_and_severity() -> None:
    """One of each, from the opening on."""
    model = opened()
    assert model.issue.labels == {"irp", "status: investigating", "severity: unknown"}
    model.told("ben", "/confirm high")
    assert model.issue.labels == {"irp", "status: confirmed", "severity: high"}


def test_labels_of_others_are_never_touched() -> None:
    """Not even those that look alike."""
    model = Model()
    foreign = {"bug", "severity", "status", "my severity: 1", "irp2"}
    model.open(labels=("irp", *foreign))
    model.told("ben", "/confirm high")
    assert foreign <= model.issue.labels
    named = {
        label
        for batch in model.batches
        for change in batch
        if isinstance(change, SetLabels)
        for label in change.add | change.remove
    }
    assert not named & foreign


def test_a_refused_label_is_put_back_once_with_the_reason() -> None:
    """A stranger with triage rights sets one: it is undone, and they are told."""
    model = confirmed()
    model.wait(1)
    model.label("severity: low", by="rae")
    said = model.heard()
    assert model.issue.labels >= {"severity: high"}
    assert "severity: low" not in model.issue.labels
    assert "@rae" in said
    assert model.heard() == ""


def test_a_label_that_is_no_severity_is_put_back_with_the_words_to_choose_from() -> None:
    """`severity: hgh` is answered like `/severity hgh`."""
    model = confirmed()
    model.wait(1)
    model.label("severity: hgh", by="ben")
    said = model.heard()
    assert "hgh" in said
    assert "/severity high" in said
    assert {label for label in model.issue.labels if label.startswith("severity")} == {"severity: high"}


def test_a_label_of_ours_that_is_no_status_is_removed() -> None:
    """There is nothing it could mean."""
    model = confirmed()
    model.wait(1)
    model.label("status: weird", by="ben")
    model.run()
    assert {label for label in model.issue.labels if label.startswith("status")} == {"status: confirmed"}
    assert model.run().changes == ()


def test_a_label_of_ours_that_was_taken_away_comes_back() -> None:
    """The label is a view of the state; the state is changed by a call."""
    model = confirmed()
    model.put(labels=model.issue.labels - {"severity: high", "irp"})
    model.write_body(model.issue.body + " ", model.viewer)
    model.put(labels=model.issue.labels | {"irp"})
    model.run()
    assert "severity: high" in model.issue.labels


def test_a_label_taken_off_is_named_in_the_next_comment_that_goes_out_anyway() -> None:
    """RO-5: put back at once, without a mail; then who did it is told what to type, once."""
    model = confirmed()
    model.wait(1)
    model.unlabel("severity: high", by="ana")
    model.unlabel("status: confirmed", by="rae")
    assert model.heard() == ""
    assert model.issue.labels >= {"severity: high", "status: confirmed"}
    said = model.told("cat", "/sev hgh")
    assert "ana took the label `severity: high` off, and I put it back: `/severity` changes it." in said
    assert "rae took the label `status: confirmed` off, and I put it back: `/resolve`, `/close`" in said
    assert "took the label" not in model.told("cat", "/sev hgh")


def test_a_label_that_is_replaced_says_what_it_says() -> None:
    """RO-5: nothing was taken away from anybody."""
    model = confirmed()
    model.wait(1)
    model.unlabel("severity: high", by="ana")
    model.label("severity: low", by="ana")
    model.unlabel("severity: high", by="ana")
    model.run()
    assert model.incident.severity == "low"
    assert "took the label" not in model.told("cat", "/sev hgh")


def test_an_old_label_taken_off_is_nobody_s_business() -> None:
    """RO-5: it shows nothing that is so."""
    model = confirmed()
    model.say("ana", "/severity low")
    model.unlabel("severity: high", by="ana")
    model.run()
    assert model.entries[-1].call == "word"


def test_whoever_holds_a_role_is_assigned_once() -> None:
    """Who takes the assignment back is not fought."""
    model = confirmed()
    assert model.issue.assignees == {"ben"}
    model.put(assignees=frozenset())
    model.told("cat", "hello")
    assert model.issue.assignees == frozenset()


def test_assignees_follow_the_role() -> None:
    """At acceptance, not at the offer (HO-3)."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat go")
    assert model.issue.assignees == {"ben"}
    model.told("cat", "/accept")
    assert model.issue.assignees == {"cat"}


def test_assignees_that_people_chose_stay() -> None:
    """Only former holders of a role are ever unassigned."""
    model = confirmed()
    model.put(assignees=model.issue.assignees | {"zoe"})
    model.told("ben", "/handoff ic @cat go")
    model.told("cat", "/accept")
    assert model.issue.assignees == {"cat", "zoe"}


def test_a_former_holder_assigned_again_by_hand_is_not_fought() -> None:
    """Unassigned once, at the handoff; what people do afterwards is theirs."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat go")
    model.told("cat", "/accept")
    model.put(assignees=model.issue.assignees | {"ben"})
    model.run()
    assert "ben" in model.issue.assignees
    assert not any(isinstance(change, Assign) for change in model.run().changes)
