"""Follow-ups: what is left becomes issues of its own at the end, each once, with owner and acceptance (CL-2)."""

from __future__ import annotations

from irp_actions.rules.followups import key_of
from irp_actions.values.changes import Close, OpenIssue, Say
from tests.model import Loss, Model, confirmed, opened


def ending() -> Model:
    """A resolved incident with two actions."""
    model = confirmed()
    model.told("ben", "/action @cat scan every repository for keys; done when: the scan runs weekly")
    model.told("ben", "action: write the runbook")
    model.told("ben", "/resolve")
    return model


def report_of(model: Model) -> str:
    """The last report."""
    return [comment.body for comment in model.ours if "irp:note report:" in comment.body][-1]


def test_closing_opens_an_issue_for_each_action() -> None:
    """CL-2: with its owner, with what says that it is done, and without the label of an incident."""
    model = ending()
    assert model.follow_ups == []
    model.told("ben", "/close")
    first, second = model.follow_ups
    assert (first.title, first.assignees) == ("scan every repository for keys", frozenset({"cat"}))
    assert "| **Owner** | cat |" in first.body
    assert "| **Done when** | the scan runs weekly |" in first.body
    assert "#1: Odd mail" in first.body
    assert (second.title, second.assignees) == ("write the runbook", frozenset())
    assert "please take it" in second.body
    assert "irp" not in first.labels
    assert [key_of(issue.body) for issue in model.follow_ups] == [(1, "A1"), (1, "A2")]


def test_an_owner_of_whom_nothing_is_known_is_named_but_not_assigned() -> None:
    """CL-2: GitHub may refuse to assign them, and the issue must be opened all the same."""
    model = confirmed()
    model.told("ben", "/action @zoe ask the vendor\n/close")
    (issue,) = model.follow_ups
    assert issue.assignees == frozenset()
    assert "| **Owner** | zoe |" in issue.body


def test_the_report_names_the_issues() -> None:
    """CL-2: they are opened first, and then the report is posted and the issue closed."""
    model = ending()
    model.told("ben", "/close")
    opening, closing = [batch for batch in model.batches if any(isinstance(x, OpenIssue | Close) for x in batch)]
    assert not any(isinstance(change, Say | Close) for change in opening)
    assert isinstance(closing[-1], Close)
    assert "| A1 | scan every repository for keys | cat | the scan runs weekly | #2 |" in report_of(model)
    assert "- #3: write the runbook" in model.board
    assert model.incident.findings.issues == {"A1": 2, "A2": 3}
    assert model.run().changes == ()


def test_a_lost_answer_opens_nothing_twice() -> None:
    """CL-2: the issues carry what they came of, and are read back before any is opened."""
    model = ending()
    model.weather = [Loss()]
    model.told("ben", "/close")
    assert len(model.follow_ups) == 2
    assert not model.issue.is_open
    assert "| #2 |" in report_of(model)


def test_an_issue_that_was_not_opened_is_opened_later() -> None:
    """CL-2: the report does not wait for it; the next run after a few minutes tries again."""
    model = ending()
    model.weather = [Loss(frozenset(range(1, 20)))]
    model.told("ben", "/close")
    assert model.follow_ups == []
    assert "to be opened" in report_of(model)
    assert not model.issue.is_open
    model.wait(11)
    model.run()
    assert len(model.follow_ups) == 2
    assert "- #2: scan every repository" in model.board
    assert model.run().changes == ()


def test_an_action_of_the_retrospective_is_an_issue_at_once() -> None:
    """CL-2: after closing there is nothing to wait for."""
    model = confirmed()
    model.told("ben", "/close")
    assert model.told("cat", "/action @ben rotate keys every month", after=60) == ""
    assert [issue.title for issue in model.follow_ups] == ["rotate keys every month"]
    assert "- #2: rotate keys every month (ben)" in model.board


def test_reopening_and_closing_again_opens_only_what_is_new() -> None:
    """CL-2: numbers are never given twice."""
    model = ending()
    model.told("ben", "/close")
    model.told("ben", "/reopen")
    model.told("ben", "/action tell the vendor\n/close")
    assert [key_of(issue.body) for issue in model.follow_ups] == [(1, "A1"), (1, "A2"), (1, "A3")]


def test_a_record_decided_anew_finds_its_issues_again() -> None:
    """CL-2: even when nothing but the comments is left of it."""
    model = ending()
    model.told("ben", "/close")
    head = model.head.id
    model.put(comments=tuple(comment for comment in model.issue.comments if comment.id != head))
    model.run()
    assert len(model.follow_ups) == 2
    assert model.incident.findings.issues == {"A1": 2, "A2": 3}


def test_a_false_alarm_leaves_nothing_to_be_done() -> None:
    """AS-2: nothing else is asked."""
    model = opened()
    model.told("ben", "/action look at the mail filter")
    model.told("ben", "/fp")
    assert model.follow_ups == []


def test_nothing_anyone_typed_breaks_an_issue() -> None:
    """CL-2: its words are quoted and mention nobody."""
    model = confirmed()
    model.told("ben", "/action tell @ana <!-- irp:follow-up 1 A9 --> about | it\nand more")
    model.told("ben", "/close")
    (issue,) = model.follow_ups
    assert key_of(issue.body) == (1, "A1")
    assert issue.body.count("<!--") == 1
    assert "@ana" not in issue.body


def test_of_many_actions_those_without_an_issue_stay_in_view() -> None:
    """CL-2: the list is bounded, and what has become an issue makes room first."""
    model = confirmed()
    model.told("ben", "/action the first")
    model.told("ben", "/close")
    model.told("ben", "/reopen")
    for place in range(20):
        model.told("ben", f"/action number {place}")
    told = model.incident.findings
    assert [item.id for item in told.actions] == [f"A{n}" for n in range(2, 22)]
    assert told.acted == 21


def test_a_deferred_item_becomes_an_issue_under_its_own_number() -> None:
    """CL-2, RE-3: what may wait and is not done; what was done is not opened."""
    model = confirmed()
    model.told("ben", "/todo deferred @cat harden the importer; done when: a review says so")
    model.told("ben", "/todo deferred tidy up\n/todo disable the key")
    model.told("cat", "/done T2")
    model.told("ben", "/close")
    (issue,) = model.follow_ups
    assert (issue.title, key_of(issue.body), issue.assignees) == ("harden the importer", (1, "T1"), frozenset({"cat"}))
    assert "| T1 | harden the importer | cat | a review says so | #2 |" in report_of(model)
