"""The draft report: one comment from `/resolve` on, amended in silence, final with `/close` (CL-3, CL-5)."""

from __future__ import annotations

from irp_actions.values.changes import Amend, Say
from tests.model import Model, confirmed, opened
from tests.rules.working import at_work


def draft(model: Model) -> str:
    """The draft as it stands."""
    (found,) = [comment.body for comment in model.ours if "irp:note draft:" in comment.body]
    return found


def reports(model: Model) -> list[str]:
    """The reports in the thread, in order."""
    return [comment.body for comment in model.ours if "irp:note report:" in comment.body]


def test_resolving_posts_one_draft_filled_from_the_record() -> None:
    """CL-3: what the record knows is there, and what it lacks is asked for with the line to type."""
    model = confirmed()
    model.told("ben", "/sitrep the key is being revoked")
    model.told("ben", "/contained 03:11")
    said = model.told("ben", "/resolve keys deleted", after=30)
    assert said == draft(model)
    for known in (
        "A strange mail.",
        "When it was resolved: keys deleted",
        "the key is being revoked",
        "| **Time to containment** |",
    ):
        assert known in said
    for asked in ("cause: ", "why: ", "impact: ", "threat: ", "started: ", "scope: ", "retro: "):
        assert f"\n{asked}" in said
    assert "\ncontained: " not in said


def test_what_is_open_stands_in_the_draft_once() -> None:
    """RE-3: with its words, and as of the time at which it was called resolved."""
    model = at_work()
    model.told("ben", "/resolve")
    said = draft(model)
    assert said.count("**Open items at the time of resolving:**") == 1
    assert said.count("- T1 rotate the key (ben)") == 1
    assert "Still open" not in said
    assert "**Missing in the report.** Say it in any comment" in said


def test_what_was_not_done_is_told_with_what_mends_it() -> None:
    """RE-2, RE-4: who was told is to be noted; nothing of it stands in the way of the end."""
    model = at_work()
    model.told("cat", "/done T1\n/lead L1 clean\n/disrupted D1")
    said = model.told("ben", "/sitrep the key is being rotated\n/resolve")
    mends = "Done, but verified by nobody: T1. Who was told of D1 is not noted: `/notified D1` and whom."
    assert f"**What was not done.** {mends}" in said
    model.told("ben", "/verify T1\n/notified D1 the status page\n/contingency not-needed")
    assert "What was not done" not in draft(model)


def test_the_draft_says_who_commands() -> None:
    """CL-3: as it is now; nobody where nobody does."""
    model = confirmed()
    assert "| **Incident commander** | ben |" in model.told("ben", "/resolve")
    model.told("ben", "/leave")
    assert "| **Incident commander** | nobody |" in draft(model)


def test_completing_the_draft_is_silent() -> None:
    """CL-3: it is edited, never posted again, and asks no more for what was told."""
    model = confirmed()
    model.told("ben", "/resolve")
    comments = len(model.issue.comments)
    assert model.told("cat", "cause: the key was public\nwhy: nobody scans") == ""
    assert len(model.issue.comments) == comments + 1
    assert any(isinstance(change, Amend) for change in model.batches[-1])
    assert "**Cause.** the key was public" in draft(model)
    assert "\ncause: " not in draft(model)
    assert model.run().changes == ()


def test_plain_comments_do_not_touch_the_draft() -> None:
    """CL-3: keeping it costs nothing while nobody tells anything."""
    model = confirmed()
    model.told("ben", "/resolve")
    writes = model.writes
    model.told("ben", "still reading the logs")
    assert model.writes == writes


def test_a_line_that_was_left_as_it_stands_says_nothing() -> None:
    """CL-3: whoever pastes the block back unfilled has told nothing by it."""
    model = confirmed()
    model.told("ben", "/resolve")
    model.told("ben", draft(model).split("```")[1].strip())
    told = model.incident.findings
    assert (told.cause, told.discovery, told.threats, told.impacts, told.whys) == (None, None, (), (), ())
    assert "cause: …" in draft(model)


def test_the_lines_are_understood_once_they_are_filled() -> None:
    """CL-3: with words in place of the dots, each is a finding."""
    model = confirmed()
    model.told("ben", "/resolve")
    words = {
        "discovery": "staff", "started": "03:01", "contained": "03:10", "threat": "hacking", "impact": "none",
        "scope": "records two", "cause": "a key", "why": "haste", "retro": "thursday 14:00 @cat",
    }  # fmt: skip
    asked = [line.partition(":")[0] for line in draft(model).split("```")[1].strip().split("\n")]
    assert asked == list(words)
    model.told("ben", "\n".join(f"{key}: {words[key]}" for key in asked))
    assert "Missing in the report" not in draft(model)


def test_closing_posts_the_report_last_and_the_draft_points_to_it() -> None:
    """CL-5: the report is the thread's last comment; the draft is one line, because links to it were mailed."""
    model = confirmed()
    model.told("ben", "/resolve")
    model.told("ben", "cause: the key was public\n/close")
    assert len(reports(model)) == 1
    assert model.issue.comments[-1].body == reports(model)[0]
    assert "the key was public" in reports(model)[0]
    assert "**The report is my last comment**" in draft(model)
    assert "the key was public" not in draft(model)
    assert not model.issue.is_open
    assert model.run().changes == ()


def test_resolving_and_closing_at_once_posts_no_draft() -> None:
    """CL-5: one comment is enough."""
    model = confirmed()
    model.told("ben", "/resolve\n/close")
    assert not any("irp:note draft:" in comment.body for comment in model.ours)
    assert len(reports(model)) == 1


def test_what_is_told_after_the_report_stands_on_the_board() -> None:
    """CL-5: the report stays as it was posted, and the fact is recorded all the same."""
    model = confirmed()
    model.told("ben", "/resolve\n/close")
    before = reports(model)
    assert model.told("ben", "/contained 03:10 after all") == ""
    assert model.told("cat", "cause: the key was public") == ""
    assert reports(model) == before
    assert "**Told after the report**" in model.board
    assert "- contained 03:10 UTC: after all (ben)" in model.board
    assert "- cause: the key was public (cat)" in model.board


def test_a_draft_of_what_was_taken_up_again_waits_for_its_end() -> None:
    """CL-3, CL-5: one line while it is active, amended without a mail; `/resolve` begins a new one."""
    model = confirmed()
    model.told("ben", "/resolve")
    model.told("cat", "/reopen the key is used again", after=60)
    assert draft(model).partition("\n")[2] == (
        "The draft report stood here. Taken up again at Mon 02 Mar 04:12 UTC; a new draft comes with `/resolve`."
    )
    said = model.told("cat", "/resolve really", after=30)
    assert "## Draft report" in said
    assert "| **People** | ben, cat |" in said


def drafts(model: Model) -> list[str]:
    """Every draft there was, in order."""
    return [comment.body for comment in model.ours if "irp:note draft:" in comment.body]


def test_what_is_open_after_a_re_opening_is_mailed_again() -> None:
    """RE-3, CL-3: the end has its own draft, and the one before becomes a line that says so, also at the close."""
    model = at_work()
    model.told("ben", "/resolve")
    model.told("cat", "/reopen it came back\n/todo @ana look at the backups", after=900)
    said = model.told("cat", "/resolve", after=60)
    assert "- T2 look at the backups (ana)" in said
    old, new = drafts(model)
    assert new == said
    assert old.partition("\n")[2].startswith("The draft report stood here. It was taken up again since: ")
    assert model.told("cat", "cause: the key was public") == ""
    assert model.told("cat", "/resolve all of it") == ""
    assert drafts(model)[0] == old
    assert "**Cause.** the key was public" in drafts(model)[1]
    model.told("cat", "/close")
    assert drafts(model)[0] == old
    assert "**The report is my last comment**" in drafts(model)[1]
    assert model.run().changes == ()


def test_a_draft_follows_a_re_opening_of_what_had_none() -> None:
    """CL-3: resolved and closed at once the first time."""
    model = confirmed()
    model.told("ben", "/resolve\n/close")
    model.told("cat", "/reopen it came back", after=60)
    assert "## Draft report" in model.told("cat", "/resolve")
    assert len(drafts(model)) == 1


def test_what_was_resolved_and_closed_at_once_gets_no_draft_by_reopening_it() -> None:
    """CL-3: nothing is to be completed while it is active."""
    model = confirmed()
    model.told("ben", "/resolve\n/close")
    model.told("cat", "/reopen the key is used again", after=60)
    assert not any("draft" in key for key in model.said_keys)


def test_the_report_after_a_reopening_replaces_the_first() -> None:
    """CL-5: both stay in the thread, and the second says so."""
    model = confirmed()
    model.told("ben", "/resolve")
    model.told("ben", "/close")
    model.told("cat", "/reopen the key is used again", after=60)
    model.told("cat", "/resolve really\n/close", after=30)
    first, second = reports(model)
    assert "this replaces the report of" not in first
    assert "this replaces the report of Mon 02 Mar 03:13 UTC" in second
    assert "The draft report stood here" in draft(model)


def test_a_false_alarm_after_a_draft_ends_it() -> None:
    """AS-2: taken up again, and it was nothing."""
    model = opened()
    model.told("ben", "/resolve")
    model.told("ben", "/reopen")
    model.told("ben", "/fp the mail was ours")
    assert "It was a false alarm" in draft(model)


def test_a_draft_that_was_lost_is_posted_by_the_next_run() -> None:
    """CL-3: as every note is."""
    model = confirmed()
    model.told("ben", "/resolve")
    lost = model.ours[-1]
    model.put(comments=tuple(comment for comment in model.issue.comments if comment.id != lost.id))
    model.run()
    assert draft(model)
    assert [change for change in model.batches[-1] if isinstance(change, Say)]


def test_the_report_begins_with_what_a_reader_needs_and_folds_what_is_long() -> None:
    """CL-3: what is missing comes before the details, and the timeline is folded."""
    model = confirmed()
    model.told("ben", "/sitrep so far")
    model.told("ben", "/close")
    said = reports(model)[0]
    order = [
        "**What is missing.**",
        "## What happened",
        "## Cause analysis",
        "## Metrics",
        "## Timeline",
        "## The record",
    ]
    assert sorted(order, key=said.index) == order
    assert "Not recorded: how it was discovered, when it began, when it was contained" in said
    assert said.count("<details>") == said.count("</details>") == 3


def test_sensitive_text_is_counted_and_its_purge_is_explained() -> None:
    """IN-11: the report has none of it, and says what an edit history still shows."""
    model = confirmed()
    model.told("cat", "it was password: hunter2hunter2")
    model.told("ben", "/close")
    assert "One comment held sensitive text, of which nothing is kept here" in reports(model)[0]
    assert "hunter2" not in reports(model)[0]
