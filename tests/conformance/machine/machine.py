"""Somebody does something, over REST or GraphQL, the model does it, too, and all that can be read is the same."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.conformance.machine import looking
from tests.conformance.machine.model import (
    BOT,
    OWNER,
    START,
    Comment,
    Issue,
    Model,
    Reaction,
    Refused,
    Role,
    Told,
    login_of,
)
from tests.conformance.machine.wire import Wire
from tests.conftest import TRAFFIC

PEOPLE = {
    OWNER: Role.ADMIN,
    "mia": Role.MAINTAIN,
    "wim": Role.WRITE,
    "tia": Role.TRIAGE,
    "ria": Role.READ,
    "ned": Role.NONE,
}
# Those who may do much come twice.
WHO = st.sampled_from((OWNER, "wim", "tia", "job", *PEOPLE, "peek", "bare"))
VOICE = st.sampled_from(("ria", "tia", "wim", "job", OWNER, "ned", "peek"))
PLACE = st.integers(0, 9)
VIA = st.sampled_from(("REST", "GraphQL"))
TITLE = st.sampled_from(("Odd login", "Odd mail", " Spaces around ", "Ödd — ✓", "0"))
BODY = st.sampled_from(("Look", "Look @ria\r\nagain", "<!-- x -->", "é\u2028 🚒"))
NAME = st.sampled_from(("bug", "Bug", "question", "fresh", "Fresh", "severity: high", "a/b", "wontfix"))
NAMES = st.lists(NAME, max_size=3)
LOGINS = st.lists(st.sampled_from(("ria", "wim", "ned", "tia", "nobody-at-all")), max_size=3)
CONTENT = st.sampled_from(("+1", "eyes", "rocket"))
REASON = st.sampled_from((None, "completed", "not_planned", "duplicate"))
LOCK = st.sampled_from((None, "spam", "too heated", "off-topic", "resolved"))

# GraphQL's words for what REST says with a status.
_TYPES = {403: "FORBIDDEN", 404: "NOT_FOUND", 410: "NOT_FOUND", 422: "UNPROCESSABLE"}
_WRONG: tuple[tuple[str, str, Any], ...] = (
    ("POST", "~/issues", {}),
    ("POST", "~/issues", {"title": " ", "labels": ["left behind"]}),
    ("POST", "~/issues/{n}/comments", {"body": " "}),
    ("POST", "~/issues/{n}/comments", {"body": 5}),
    ("POST", "~/issues/{n}/reactions", {"content": "shrug"}),
    ("POST", "~/issues/{n}/labels", {"labels": ["left behind", "x" * 51]}),
    ("PATCH", "~/issues/{n}", {"title": "Changed", "state": "ajar"}),
    ("PATCH", "~/issues/{n}", {"title": "Changed", "labels": ["left behind", 7]}),
    ("PATCH", "~/issues/{n}", {"title": "Changed", "milestone": 3}),
    ("PUT", "~/issues/{n}/lock", {"lock_reason": "bored"}),
    ("POST", "~/labels", {"name": "x", "color": "#fff"}),
    ("PATCH", "~/labels/bug", {"new_name": "flaw", "description": "x" * 101}),
    ("GET", "~/issues?state=ajar", None),
)


@dataclass(frozen=True, slots=True)
class Call:
    """One thing to do, in the words of either API; `mutation` is its name, its input and what to ask of it."""

    who: str
    number: int
    rest: tuple[str, str, Any]
    mutation: tuple[str, dict[str, Any], str] | None = None


class Machine(RuleBasedStateMachine):
    """The embedded GitHub beside the model."""

    # How many steps were compared, and how many of them were refused, in all runs.
    steps: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.wire = Wire()
        self.model = Model(dict(PEOPLE))
        self.moments: list[datetime] = [START]
        self.largest: dict[str, int] = {}
        for login, role in PEOPLE.items():
            self.wire.control("PUT", f"users/{login}", {"permission": role.name.lower()})
        self.nodes = {login: self.wire.get(f"/users/{login}")["node_id"] for login in PEOPLE}
        self.repository = self.wire.get("~")["node_id"]
        self.is_well = True
        self._was_new: bool | None = None

    def teardown(self) -> None:
        """Look at everything once more, and at the form of all that crossed."""
        try:
            if self.is_well:
                for issue in self.model.issues.values():
                    looking.look_at(self.wire, self.model, issue)
        finally:
            self.wire.close()
            faults = TRAFFIC.judge()
        assert not (self.is_well and faults), faults

    @initialize(comments=st.integers(0, 4), locked=st.booleans())
    def begin(self, comments: int, locked: bool) -> None:
        """There is something to do things to, and perhaps one may not."""
        self.open("ria", "REST", ("Odd login", "Look"), ["bug"], [])
        self.open("tia", "REST", ("Odd mail", "Look"), ["bug", "fresh"], ["wim"])
        for number in range(comments):
            self.comment(("ria", "wim", "job")[number % 3], "REST", number % 2, f"comment {number}")
        if locked:
            self.lock("wim", "REST", 0, None)

    # -- issues

    @rule(who=WHO, via=VIA, text=st.tuples(TITLE, BODY), names=NAMES, logins=LOGINS)
    def open(self, who: str, via: str, text: tuple[str, str], names: list[str], logins: list[str]) -> None:
        """Open an issue; GraphQL knows labels and people only by their ids."""
        title, body = text
        if via == "GraphQL":
            names = [name for name in names if name.casefold() in self.model.labels]
            logins = [login for login in logins if self.model.people.get(login)]
        number = len(self.model.issues) + len(self.model.deleted) + 1
        fields = {"title": title, "body": body}
        rest = ("POST", "~/issues", {**fields, "labels": names, "assignees": logins})
        given = {
            "repositoryId": self.repository,
            **fields,
            "labelIds": [self._label(name) for name in names] if via == "GraphQL" else [],
            "assigneeIds": [self.nodes[login] for login in logins if login in self.nodes],
        }
        call = Call(who, number, rest, ("createIssue", given, "issue { number }"))
        self._do(call, via, 201, lambda: self.model.open(who, title, body, names, logins))

    @rule(who=WHO, via=VIA, place=PLACE, title=st.none() | TITLE, body=st.none() | BODY)
    def edit(self, who: str, via: str, place: int, title: str | None, body: str | None) -> None:
        """Give an issue another title or text."""
        fields = {key: value for key, value in (("title", title), ("body", body)) if value is not None}
        if not fields:
            return
        number = self._number(place)
        call = Call(
            who,
            number,
            ("PATCH", f"~/issues/{number}", fields),
            ("updateIssue", {"id": self._issue(number), **fields}, "issue { id }"),
        )
        self._do(call, via, 200, lambda: self.model.edit(who, number, title, body))

    @rule(who=WHO, via=VIA, place=PLACE, reason=REASON)
    def close(self, who: str, via: str, place: int, reason: str | None) -> None:
        """Close an issue; GraphQL has a reason where none is given."""
        number = self._number(place)
        body = {"state": "closed"} | ({} if reason is None else {"state_reason": reason})
        wanted = (reason or "completed").upper()
        call = Call(
            who,
            number,
            ("PATCH", f"~/issues/{number}", body),
            ("closeIssue", {"issueId": self._issue(number), "stateReason": wanted}, "issue { id }"),
        )
        meant = wanted.lower() if self._goes_by_graphql(call, via) else reason
        self._do(call, via, 200, lambda: self.model.close(who, number, meant))

    @rule(who=WHO, via=VIA, place=PLACE)
    def reopen(self, who: str, via: str, place: int) -> None:
        """Open a closed issue again."""
        number = self._number(place)
        call = Call(
            who,
            number,
            ("PATCH", f"~/issues/{number}", {"state": "open"}),
            ("reopenIssue", {"issueId": self._issue(number)}, "issue { id }"),
        )
        self._do(call, via, 200, lambda: self.model.reopen(who, number))

    @rule(who=WHO, via=VIA, place=PLACE, reason=LOCK)
    def lock(self, who: str, via: str, place: int, reason: str | None) -> None:
        """Lock a conversation."""
        number = self._number(place)
        given = {"lockableId": self._issue(number)}
        given |= {} if reason is None else {"lockReason": reason.upper().replace(" ", "_").replace("-", "_")}
        call = Call(
            who,
            number,
            ("PUT", f"~/issues/{number}/lock", {} if reason is None else {"lock_reason": reason}),
            ("lockLockable", given, "lockedRecord { locked }"),
        )
        self._do(call, via, 204, lambda: self.model.lock(who, number, reason))

    @rule(who=WHO, via=VIA, place=PLACE)
    def unlock(self, who: str, via: str, place: int) -> None:
        """Unlock it."""
        number = self._number(place)
        call = Call(
            who,
            number,
            ("DELETE", f"~/issues/{number}/lock", None),
            ("unlockLockable", {"lockableId": self._issue(number)}, "unlockedRecord { locked }"),
        )
        self._do(call, via, 204, lambda: self.model.unlock(who, number))

    @precondition(lambda self: len(self.model.issues) > 1)
    @rule(who=st.sampled_from((OWNER, "job", "mia")), place=PLACE)
    def delete(self, who: str, place: int) -> None:
        """Delete an issue, which only GraphQL can."""
        number = self._number(place)
        if number in self.model.issues:
            given = {"issueId": self._issue(number)}
            call = Call(who, number, ("", "", None), ("deleteIssue", given, "clientMutationId"))
            self._do(call, "GraphQL", 200, lambda: self.model.delete(who, number))

    # -- comments

    @rule(who=VOICE, via=VIA, place=PLACE, body=BODY)
    def comment(self, who: str, via: str, place: int, body: str) -> None:
        """Comment on an issue."""
        number = self._number(place)
        call = Call(
            who,
            number,
            ("POST", f"~/issues/{number}/comments", {"body": body}),
            (
                "addComment",
                {"subjectId": self._issue(number), "body": body},
                "commentEdge { node { fullDatabaseId } }",
            ),
        )
        answer = self._do(call, via, 201, lambda: self.model.comment(who, number, body), look=False)
        if answer is not None:
            comment = self.model.issues[number].comments[-1]
            edge = answer.get("commentEdge")
            comment.id = self._grown("comment", int(edge["node"]["fullDatabaseId"]) if edge else answer["id"])
            self._look(who, number)

    @rule(who=WHO, via=VIA, place=PLACE, body=BODY)
    def edit_comment(self, who: str, via: str, place: int, body: str) -> None:
        """Give a comment another text."""
        for issue, comment in self._comment(place):
            call = Call(
                who,
                issue.number,
                ("PATCH", f"~/issues/comments/{comment.id}", {"body": body}),
                ("updateIssueComment", {"id": self._node(comment), "body": body}, "issueComment { id }"),
            )
            self._do(call, via, 200, partial(self.model.edit_comment, who, issue, comment, body))

    @rule(who=WHO, via=VIA, place=PLACE)
    def delete_comment(self, who: str, via: str, place: int) -> None:
        """Delete a comment."""
        for issue, comment in self._comment(place):
            call = Call(
                who,
                issue.number,
                ("DELETE", f"~/issues/comments/{comment.id}", None),
                ("deleteIssueComment", {"id": self._node(comment)}, "clientMutationId"),
            )
            self._do(call, via, 204, partial(self.model.delete_comment, who, issue, comment))

    # -- reactions

    @rule(who=WHO, via=VIA, place=PLACE, content=CONTENT, again=st.booleans())
    def react(self, who: str, via: str, place: int, content: str, again: bool) -> None:
        """React to an issue or a comment, perhaps again."""
        found = self._post(place)
        if not found:
            return
        issue, post = found[0]
        if again and post.reactions:
            first = post.reactions[0]
            who, content = "job" if first.login == BOT else first.login, first.content
        made: list[Reaction | None] = []

        def expected() -> Told:
            made.append(self.model.react(who, issue, post, content))
            return []

        given = {"subjectId": self._node(post), "content": looking.CONTENTS[content]}
        call = Call(
            who,
            issue.number,
            ("POST", f"{self._path(post)}/reactions", {"content": content}),
            ("addReaction", given, "reaction { databaseId }"),
        )
        answer = self._do(call, via, (201, 200), expected, look=False)
        if answer is None:
            return
        if made[0] is not None:
            made[0].id = self._grown("reaction", answer.get("reaction", {}).get("databaseId") or answer["id"])
        # Only REST tells, and only by its status, whether it is new.
        assert self._was_new in (None, made[0] is not None)
        self._look(who, issue.number)

    @rule(who=WHO, via=VIA, place=PLACE, which=PLACE)
    def withdraw(self, who: str, via: str, place: int, which: int) -> None:
        """Take a reaction back, one's own or somebody else's; GraphQL knows only one's own."""
        for issue, post in self._post(place):
            mine = [each for each in post.reactions if each.login == login_of(who)]
            choice = post.reactions if via == "REST" else mine
            if not choice:
                continue
            given = choice[which % len(choice)]
            call = Call(
                who,
                issue.number,
                ("DELETE", f"{self._path(post)}/reactions/{given.id}", None),
                (
                    "removeReaction",
                    {"subjectId": self._node(post), "content": looking.CONTENTS[given.content]},
                    "reaction { id }",
                ),
            )
            self._do(call, via, 204, partial(self.model.withdraw, who, issue, post, given))

    # -- labels and assignees

    @rule(who=WHO, via=VIA, place=PLACE, names=NAMES)
    def add_labels(self, who: str, via: str, place: int, names: list[str]) -> None:
        """Put labels on an issue."""
        number = self._number(place)
        known = all(name.casefold() in self.model.labels for name in names)
        given = {
            "labelableId": self._issue(number),
            "labelIds": [self._label(name) for name in names] if known and via == "GraphQL" else [],
        }
        rest = ("POST", f"~/issues/{number}/labels", {"labels": names})
        call = Call(who, number, rest, ("addLabelsToLabelable", given, "clientMutationId") if known else None)
        self._do(call, via, 200, lambda: self.model.add_labels(who, number, names))

    @rule(who=WHO, via=VIA, place=PLACE, names=NAMES)
    def set_labels(self, who: str, via: str, place: int, names: list[str]) -> None:
        """Let an issue carry these labels and no others; GraphQL only knows how to carry none."""
        number = self._number(place)
        nothing = {"labelableId": self._issue(number)}
        rest: tuple[str, str, Any] = ("PUT", f"~/issues/{number}/labels", {"labels": names})
        if not names:
            rest = ("DELETE", f"~/issues/{number}/labels", None)
        call = Call(who, number, rest, None if names else ("clearLabelsFromLabelable", nothing, "clientMutationId"))
        self._do(call, via, 200 if names else 204, lambda: self.model.set_labels(who, number, names))

    @rule(who=WHO, place=PLACE, name=NAME)
    def remove_label(self, who: str, place: int, name: str) -> None:
        """Take a label off an issue."""
        number = self._number(place)
        call = Call(who, number, ("DELETE", f"~/issues/{number}/labels/{_quoted(name)}", None))
        self._do(call, "REST", 200, lambda: self.model.remove_label(who, number, name))

    @rule(who=WHO, via=VIA, place=PLACE, logins=LOGINS, away=st.booleans())
    def assign(self, who: str, via: str, place: int, logins: list[str], away: bool) -> None:
        """Assign people, or take them off."""
        number = self._number(place)
        known = [self.nodes[login] for login in logins if login in self.nodes]
        given = {"assignableId": self._issue(number), "assigneeIds": known}
        name = "removeAssigneesFromAssignable" if away else "addAssigneesToAssignable"
        call = Call(
            who,
            number,
            ("DELETE" if away else "POST", f"~/issues/{number}/assignees", {"assignees": logins}),
            (name, given, "clientMutationId") if len(known) == len(logins) else None,
        )
        act = self.model.unassign if away else self.model.assign
        self._do(call, via, 200 if away else 201, lambda: act(who, number, logins))

    # -- labels of the repository

    @rule(who=WHO, via=VIA, name=NAME)
    def create_label(self, who: str, via: str, name: str) -> None:
        """Add a label to the repository."""
        given = {"repositoryId": self.repository, "name": name, "color": "aabbcc"}
        call = Call(
            who, 0, ("POST", "~/labels", {"name": name, "color": "aabbcc"}), ("createLabel", given, "label { id }")
        )
        self._do(call, via, 201, lambda: self.model.create_label(who, name))

    @rule(who=WHO, via=VIA, name=NAME, new=NAME)
    def rename_label(self, who: str, via: str, name: str, new: str) -> None:
        """Give a label another name."""
        known = name.casefold() in self.model.labels and via == "GraphQL"
        mutation = ("updateLabel", {"id": self._label(name), "name": new}, "label { id }") if known else None
        call = Call(who, 0, ("PATCH", f"~/labels/{_quoted(name)}", {"new_name": new}), mutation)
        self._do(call, via, 200, lambda: self.model.rename_label(who, name, new))

    @rule(who=WHO, via=VIA, name=NAME)
    def delete_label(self, who: str, via: str, name: str) -> None:
        """Remove a label from the repository."""
        known = name.casefold() in self.model.labels and via == "GraphQL"
        mutation = ("deleteLabel", {"id": self._label(name)}, "clientMutationId") if known else None
        call = Call(who, 0, ("DELETE", f"~/labels/{_quoted(name)}", None), mutation)
        self._do(call, via, 204, lambda: self.model.delete_label(who, name))

    # -- what is wrong, people, and time

    @rule(place=PLACE, wrong=st.sampled_from(_WRONG))
    def ask_for_what_will_not_do(self, place: int, wrong: tuple[str, str, Any]) -> None:
        """Whoever may do everything is still refused what makes no sense."""
        method, path, body = wrong
        numbers = sorted(self.model.issues)
        if (not numbers and "{n}" in path) or ("labels/bug" in path and "bug" not in self.model.labels):
            return
        number = numbers[place % len(numbers)] if numbers else 0
        self._do(Call(OWNER, number, (method, path.format(n=number), body)), "REST", 200, _refuse)

    @rule(login=st.sampled_from(("mia", "wim", "tia", "ria", "ned")), role=st.sampled_from(Role))
    def give_role(self, login: str, role: Role) -> None:
        """Let somebody do more or less than before."""
        self.wire.control("PUT", f"users/{login}", {"permission": role.name.lower()})
        self.model.people[login] = role

    @rule(seconds=st.sampled_from((0, 1, 60, 3_700)))
    def wait(self, seconds: int) -> None:
        """Let time go by."""
        self.model.wait(seconds)
        self.moments.append(self.model.now)
        self.wire.control("POST", "clock", {"now": self.model.now.isoformat()})

    # -- how it is done and looked at

    def _do(
        self, call: Call, via: str, status: int | tuple[int, int], expected: Callable[[], Told], *, look: bool = True
    ) -> Any:
        """Do it in both worlds and compare; the answer, or `None` if it was refused."""
        self.is_well = False
        before, heard = self.wire.state(), len(self.wire.heard)
        by_graphql = self._goes_by_graphql(call, via)
        statuses = status if isinstance(status, tuple) else (status,)
        self._was_new = None
        answer: Any
        try:
            told = expected()
            wanted = 0
        except Refused as refused:
            told, wanted = [], refused.status
        if by_graphql and call.mutation is not None:
            answer = self._mutate(call.who, call.mutation, wanted)
        else:
            code, answer = self.wire.ask(call.who, *call.rest)
            assert code in ((wanted,) if wanted else statuses), (call, code, wanted or statuses, answer)
            self._was_new = code == statuses[0]
        events = [(event.name, event.action, event.number, event.actor) for event in self.wire.heard[heard:]]
        number = call.number or None
        assert events == [(*each, number, login_of(call.who)) for each in told], (call, events, told)
        Machine.steps["refused" if wanted else "done"] += 1
        if wanted:
            assert self.wire.state() == before, (call, "was refused, and changed something")
        self.is_well = True
        if look:
            self._look(call.who, call.number)
        return None if wanted else answer or {}

    def _mutate(self, who: str, mutation: tuple[str, dict[str, Any], str], wanted: int) -> Any:
        name, given, asked = mutation
        text = f"mutation Do($input: {name[:1].upper()}{name[1:]}Input!) {{ {name}(input: $input) {{ {asked} }} }}"
        answer = self.wire.query(who, text, {"input": given})
        kinds = [error["type"] for error in answer.get("errors", ())]
        assert kinds == ([_TYPES[wanted]] if wanted else []), (who, mutation, answer, wanted)
        return answer["data"][name]

    def _goes_by_graphql(self, call: Call, via: str) -> bool:
        """GraphQL finds things by ids, which what is not there has none of."""
        there = call.number in self.model.issues or call.number == 0 or (call.mutation or ("",))[0] == "createIssue"
        return via == "GraphQL" and call.mutation is not None and there

    def _look(self, who: str, number: int) -> None:
        """Compare what can be read, by the owner and by whoever just did something."""
        self.is_well = False
        looking.look_around(self.wire, self.model, self.moments[len(self.moments) // 2])
        if number in self.model.issues:
            looking.look_at(self.wire, self.model, self.model.issues[number])
        try:
            self.model.read(who, number or 1)
            status = 200
        except Refused as refused:
            status = refused.status
        assert self.wire.ask(who, "GET", f"~/issues/{number or 1}")[0] == status
        self.is_well = True

    def _grown(self, kind: str, identifier: int) -> int:
        """A new id, which is larger than all before."""
        assert identifier > self.largest.get(kind, 0)
        self.largest[kind] = identifier
        return identifier

    # -- finding things

    def _number(self, place: int) -> int:
        """The number of an issue, that may be deleted, or not there yet."""
        known = [*self.model.issues, *self.model.issues, *self.model.issues, *sorted(self.model.deleted)]
        missing = len(self.model.issues) + len(self.model.deleted) + 1
        return missing if not known or place == 9 else known[place % len(known)]

    def _comment(self, place: int) -> list[tuple[Issue, Comment]]:
        """A comment and its issue, if there is any."""
        found = [(issue, comment) for issue in self.model.issues.values() for comment in issue.comments]
        return [found[place % len(found)]] if found else []

    def _post(self, place: int) -> list[tuple[Issue, Issue | Comment]]:
        """An issue or a comment, with the issue, if there is any."""
        found: list[tuple[Issue, Issue | Comment]] = [(issue, issue) for issue in self.model.issues.values()]
        found += [(issue, comment) for issue in self.model.issues.values() for comment in issue.comments]
        return [found[place % len(found)]] if found else []

    def _path(self, post: Issue | Comment) -> str:
        return f"~/issues/{post.number}" if isinstance(post, Issue) else f"~/issues/comments/{post.id}"

    def _node(self, post: Issue | Comment) -> str:
        return str(self.wire.get(self._path(post))["node_id"])

    def _issue(self, number: int) -> str:
        return self._node(self.model.issues[number]) if number in self.model.issues else ""

    def _label(self, name: str) -> str:
        return str(self.wire.get(f"~/labels/{_quoted(name)}")["node_id"])


def _refuse() -> Told:
    raise Refused(422)


def _quoted(name: str) -> str:
    return name.replace(" ", "%20").replace("/", "%2F")
