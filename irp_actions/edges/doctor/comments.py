"""Examinations of comments: whose they are, what they once said, and what may be done to them."""

from __future__ import annotations

from irp_actions.edges.doctor.examination import NO, YES, Finding, examination
from irp_actions.edges.doctor.marks import marked
from irp_actions.edges.doctor.patient import Patient, back
from irp_actions.edges.github import parse
from irp_actions.rules.words import render


@examination
def own_comments(patient: Patient) -> Finding:
    """Does the token know its own comments?

    The program finds its first comment, which holds the record, by `viewerDidAuthor`, and itself by login and id.
    """
    answer = patient.ask("doctor", "Own", ids=[patient.comment.node])
    viewer = parse.person(answer["viewer"])
    (comment,) = back(answer["nodes"])
    seen = {
        "viewer": viewer.login,
        "id": viewer.id,
        "known": comment["viewerDidAuthor"],
        "same": parse.person(comment["author"]) == viewer,
    }
    return Finding(YES if viewer.id and seen["known"] and seen["same"] else NO, seen)


@examination
def edit_history(patient: Patient) -> Finding:
    """Can the token read edit histories, and is each `diff` in them the whole text?

    Only the second line changes, so that a real difference would not be the text.
    """
    comment = patient.comment
    texts = [comment.body, *(render("doctor_trial", part="comment", times=times) for times in (2, 3))]
    for text in texts[1:]:
        patient.write("PATCH", f"/issues/comments/{comment.number}", {"body": text})
    (node,) = back(patient.ask("more", "Editors", ids=[comment.node])["nodes"])
    edits = (node["userContentEdits"] or {"nodes": []})["nodes"]
    diffs = [(edit["diff"] or "").replace("\r\n", "\n").strip() for edit in edits]
    whole = bool(diffs) and diffs[0] == texts[-1] and all(diff in texts for diff in diffs)
    return Finding(YES if whole else NO, {"count": len(diffs)})


@examination
def hidden_comment(patient: Patient) -> Finding:
    """May the token hide a comment (`minimizeComment`)?"""
    comment = patient.comment
    subject = {"subjectId": comment.node}

    def is_hidden() -> bool:
        (node,) = back(patient.ask("doctor", "Own", ids=[comment.node])["nodes"])
        return bool(node["isMinimized"])

    return marked(
        patient,
        "hidden",
        lambda: patient.mutate("minimizeComment", {**subject, "classifier": "OUTDATED"}),
        lambda: patient.mutate("unminimizeComment", subject),
        is_hidden,
    )


@examination
def pinned_comment(patient: Patient) -> Finding:
    """May the token pin a comment (REST "Pin an issue comment")?"""
    path = f"/issues/comments/{patient.comment.number}"
    return marked(
        patient,
        "pinned_comment",
        lambda: patient.write("PUT", f"{path}/pin"),
        lambda: patient.write("DELETE", f"{path}/pin"),
        lambda: bool(patient.get(path).get("pin")),
    )
