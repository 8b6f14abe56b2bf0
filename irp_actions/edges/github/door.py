"""The door to GitHub: reads threads, asks about people, applies changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from irp_actions.edges.github import parse
from irp_actions.edges.github.batch import Book, moves, request, took
from irp_actions.edges.github.wire import Answer, Wire
from irp_actions.edges.trouble import Forbidden, Unavailable, WriteFailed
from irp_actions.rules.followups import key_of
from irp_actions.values.changes import Change, OpenBoard, OpenIssue, SetLabels
from irp_actions.values.shape import parse_time
from irp_actions.values.thread import Comment, Deed, Glance, Person, Revision, Thread

RECENT = timedelta(minutes=15)
"""How far back other issues are glanced at, whose runs may have been lost or evicted."""

FORTNIGHT, DAY = timedelta(days=14), timedelta(days=1)
DEEDS = 20
"""As many deeds as every read has of an issue, if there are so many."""

NEARBY = 6
"""Other reports of the last day that a new one is shown beside."""

LATEST = 5
"""Runs of a workflow that are looked at; of one that goes on or waits the latest is always one."""

_IS_OFF = "Unable to disable a workflow that is not active"
"""What GitHub says with a 403 when a workflow that is off already is disabled, such as by two sweeps that find rest."""

SKEW = timedelta(hours=1)
"""How wrong the clock of this machine may be before a sweep asks again by GitHub's."""

PAGE = 50
"""Issues a page of the sweep."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One issue as read, and a glance at the others touched lately."""

    thread: Thread
    others: tuple[Glance, ...] = ()


class Door:
    """One repository's issues.

    Node ids seen in a read are kept for the writes that follow, so that a write needs no look-ups.
    """

    def __init__(self, wire: Wire, repository: str, colours: Mapping[str, str]) -> None:
        """Open the door; nothing is sent yet.

        Args:
            wire: the connection.
            repository: `owner/name`.
            colours: of our labels by name, for those that have to be created.
        """
        self._wire = wire
        self._owner, _, self._name = repository.partition("/")
        self._colours = colours
        self._book = Book()
        self._older: dict[int, str | None] = {}

    @property
    def _path(self) -> str:
        return f"/repos/{self._owner}/{self._name}"

    def read(self, number: int, now: datetime) -> Reading | None:
        """Read one issue in one request.

        Args:
            number: the issue's number.
            now: about now (UTC), to bound the glance at other issues.

        Returns:
            None when there is no such issue, or it is a pull request.

        Raises:
            Unavailable, Forbidden: as of the wire.
        """
        answer = self._wire.ask(
            "incident", "Incident", {**self._names, "number": number, "since": _spell(now - RECENT)}
        )
        repository = self._repository(answer)
        issue = repository["issue"]
        if issue is None:
            return None
        thread = self._thread(issue, repository, answer)
        others = tuple(parse.glance(node) for node in repository["recent"]["nodes"] if node["number"] != number)
        return Reading(thread, others)

    def reach(self, thread: Thread, since: datetime | None) -> Thread:
        """Read further back, a hundred comments a request.

        Args:
            thread: as read so far.
            since: how far (UTC); None for all of it, deeds too.
        """
        comments, deeds = thread.comments, thread.deeds
        older, more_deeds = self._older.get(thread.number), _deeds_missing(deeds, since)
        deed_cursor = None
        while not _reached(comments, thread.whole, older, since) or more_deeds:
            names = {**self._names, "number": thread.number, "comments": older, "deeds": deed_cursor}
            issue = self._repository(self._wire.ask("more", "Older", names))["issue"]
            page = issue["latest"]
            if older is not None or not thread.whole:
                comments = parse.unique([*map(parse.comment, page["nodes"]), *comments])
                older = page["pageInfo"]["startCursor"] if page["pageInfo"]["hasPreviousPage"] else None
                reached = parse_time(page["nodes"][0]["createdAt"]) if page["nodes"] else thread.at
                thread = replace(thread, complete_since=reached)
            known = {deed.id for deed in deeds}
            fresh = tuple(d for d in map(parse.deed, issue["deeds"]["nodes"]) if d.id not in known)
            deeds = (*fresh, *deeds)
            more_deeds = issue["deeds"]["pageInfo"]["hasPreviousPage"] and _deeds_missing(deeds, since)
            deed_cursor = issue["deeds"]["pageInfo"]["startCursor"]
            thread = replace(thread, whole=older is None)
        self._older[thread.number] = older
        return replace(thread, comments=comments, deeds=deeds)

    def comment(self, id: str) -> tuple[int, Comment] | None:
        """One comment by its node id, and the number of its issue; None when there is none."""
        answer = self._wire.ask("more", "ById", {"ids": [id]})
        node = next(iter(answer.data["data"]["nodes"]), None)
        return (node["issue"]["number"], parse.comment(node)) if node and node.get("issue") else None

    def since_ours(self, id: str, writer: Person) -> tuple[Revision, ...]:
        """The texts of a comment, newest first, down to the newest that we ourselves gave it.

        Args:
            id: its node id.
            writer: who we are.

        Returns:
            Nothing when GitHub's edit history no longer has a text of ours.
        """
        answer = self._wire.ask("more", "Editors", {"ids": [id]})
        node = next(iter(answer.data["data"]["nodes"]), None)
        edits = node["userContentEdits"]["nodes"] if node and node["userContentEdits"] else []
        found: list[Revision] = []
        for edit in edits:
            found.append(parse.revision(edit))
            if found[-1].editor == writer:
                return tuple(found)
        return ()

    def editors(self, ids: frozenset[str]) -> dict[str, tuple[str, ...] | None]:
        """Everyone who edited these comments; None for all of them when GitHub cannot be asked."""
        if not ids:
            return {}
        try:
            answer = self._wire.ask("more", "Editors", {"ids": sorted(ids)})
        except (Unavailable, Forbidden):
            return dict.fromkeys(ids)
        found: dict[str, tuple[str, ...] | None] = dict.fromkeys(ids)
        for node in answer.data["data"]["nodes"]:
            if node:
                edits = (node["userContentEdits"] or {"nodes": []})["nodes"]
                found[node["id"]] = tuple(parse.person(edit["editor"]).login for edit in edits)
        return found

    def standing(self, login: str) -> str | None:
        """Whether somebody may act here: `responder` with write access, `outsider` without.

        Returns:
            None when GitHub could not be asked, which is neither yes nor no.
        """
        try:
            answer = self._wire.get(f"{self._path}/collaborators/{quote(login, safe='')}/permission")
        except (Unavailable, Forbidden):
            return None
        if answer.status == 200 and answer.data.get("permission") in ("admin", "write"):
            return "responder"
        return "outsider" if answer.status in (200, 404) else None

    def nearby(self, label: str, number: int, now: datetime) -> tuple[int, ...]:
        """The other records that anything was done to in the last day, the newest first (IN-12).

        Args:
            label: the label that marks a record.
            number: the one that is not meant.
            now: about now (UTC).

        Raises:
            Unavailable, Forbidden: as of the wire.
        """
        asked = f"labels={quote(label)}&state=all&sort=created&since={_spell(now - DAY)}&per_page={NEARBY}"
        answer = self._wire.get(f"{self._path}/issues?{asked}")
        found = answer.data if answer.status == 200 else []
        return tuple(issue["number"] for issue in found if issue["number"] != number and "pull_request" not in issue)

    def opened(self, number: int, since: datetime) -> dict[str, int]:
        """The issues that we opened for what an incident left to be done.

        Args:
            number: the incident's issue.
            since: from when on they may have been opened (UTC).

        Returns:
            Their numbers by the id of the follow-up; of two for one, the earlier.

        Raises:
            Unavailable, Forbidden: as of the wire.
        """
        found: dict[str, int] = {}
        page: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
        while page["hasNextPage"]:
            names = {**self._names, "since": _spell(since), "after": page["endCursor"]}
            issues = self._repository(self._wire.ask("more", "Opened", names))["issues"]
            for node in issues["nodes"]:
                key = key_of(node["body"] or "") if node["viewerDidAuthor"] else None
                if key is not None and key[0] == number:
                    found[key[1]] = node["number"]  # the newest come first
            page = issues["pageInfo"]
        return found

    def closed(self, label: str) -> Iterator[int]:
        """The numbers of all closed issues with a label, the oldest first.

        Args:
            label: the label that marks a record.
        """
        page: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
        while page["hasNextPage"]:
            names = {**self._names, "label": [label], "after": page["endCursor"]}
            issues = self._repository(self._wire.ask("more", "Closed", names))["issues"]
            yield from (node["number"] for node in issues["nodes"])
            page = issues["pageInfo"]

    def sweep(self, label: str, now: datetime) -> Iterator[Thread | Glance]:
        """Every incident that may need something, a page at a time; new issues without our label as glances.

        Args:
            label: the label that marks a record.
            now: about now (UTC).
        """
        cursors: dict[str, str | None] = {"open": None, "closed": None, "fresh": None}
        wanted = {"open": True, "closed": True, "fresh": True}
        while any(wanted.values()):
            variables = {
                **self._names,
                "label": [label],
                "fortnight": _spell(now - FORTNIGHT),
                "yesterday": _spell(now - DAY),
                "size": PAGE,
                **cursors,
                **{f"want{name.capitalize()}": want for name, want in wanted.items()},
            }
            answer = self._wire.ask("sweep", "Sweep", variables)
            repository = self._repository(answer)
            asked = [name for name, want in wanted.items() if want]
            if abs(answer.at - now) > SKEW:
                now, asked = answer.at, ["open"]  # the others are asked once more, by the right time
            for name in [name for name in asked if wanted[name]]:
                page = repository[name]
                wanted[name] = page["pageInfo"]["hasNextPage"]
                cursors[name] = page["pageInfo"]["endCursor"]
                for node in page["nodes"]:
                    yield from self._swept(name, node, label, repository, answer)

    def _swept(self, name: str, node: Any, label: str, repository: Any, answer: Answer) -> Iterator[Thread | Glance]:
        if name != "fresh":
            yield self._thread(node, repository, answer)
            return
        labels = frozenset(held["name"] for held in node["labels"]["nodes"])
        if label not in labels:
            yield Glance(node["number"], node["body"] or "", labels, answer.at, None)

    def apply(self, thread: Thread, changes: tuple[Change, ...]) -> None:
        """Make the changes in one request, the first one first.

        Args:
            thread: the issue as read.
            changes: what to do, the record first.

        Raises:
            WriteFailed: something was not written, or it is not known. Nothing is sent twice.
            Forbidden: the token may not write.
        """
        for change in changes:
            if isinstance(change, SetLabels | OpenIssue):
                self._create_labels(change.labels if isinstance(change, OpenIssue) else change.add)
            if isinstance(change, OpenIssue):
                self._look_up(change.assignees)
        batch = [move for change in changes for move in moves(thread.id, change, self._book)]
        if not batch:
            return
        text, variables = request(batch)
        answer = self._wire.tell(text, variables)
        data = answer.data.get("data") or {}
        lost = [move for place, move in enumerate(batch) if not took(move, data.get(f"m{place}"))]
        errors = "; ".join(str(error.get("message")) for error in answer.data.get("errors") or [])
        if any(error.get("type") == "FORBIDDEN" for error in answer.data.get("errors") or []) and len(lost) == len(
            batch
        ):
            raise Forbidden(f"#{thread.number}: {errors}")
        if lost:
            names = ", ".join(type(move.change).__name__ for move in lost)
            raise WriteFailed(f"#{thread.number}: not written: {names}. {errors}".strip())
        if isinstance(changes[0], OpenBoard):
            self._pin(data["m0"]["commentEdge"]["node"]["fullDatabaseId"])

    def create_label(self, name: str, colour: str) -> bool:
        """Create one label; False when it was there already.

        Raises:
            Forbidden: the token may not, or there is no such repository for it.
            WriteFailed: it is not known whether it was created.
        """
        made = self._wire.send("POST", f"{self._path}/labels", {"name": name, "color": colour})
        found = made if made.status == 201 else self._wire.get(f"{self._path}/labels/{quote(name, safe='')}")
        if found.status not in (200, 201):
            raise Forbidden(f"{self._owner}/{self._name}: no such repository for this token")
        self._book.labels[name.lower()] = found.data["node_id"]
        return made.status == 201

    def wake(self, workflow: str, awake: bool) -> bool:
        """Enable or disable a workflow of the repository.

        Args:
            workflow: its file's name, such as `sweep.yml`.
            awake: whether it shall run on its schedule.

        Returns:
            Whether GitHub did it, or it was off already; a token may not be allowed to.
        """
        verb = "enable" if awake else "disable"
        try:
            answer = self._wire.send("PUT", f"{self._path}/actions/workflows/{quote(workflow)}/{verb}")
        except Forbidden as why:
            return not awake and _IS_OFF in str(why)
        except WriteFailed:
            return False
        return answer.status == 204

    def dispatch(self, workflow: str, ref: str, **inputs: str) -> bool:
        """Start a run of a workflow (REST "Create a workflow dispatch event").

        Args:
            workflow: its file's name, such as `watch.yml`.
            ref: the branch whose file is run.
            inputs: of its `workflow_dispatch`.

        Returns:
            Whether GitHub starts it; not if there is no such workflow or it is disabled.

        Raises:
            WriteFailed: it is not known whether it was started.
            Forbidden: the token may not start runs.
        """
        path = f"{self._path}/actions/workflows/{quote(workflow)}/dispatches"
        return self._wire.send("POST", path, {"ref": ref, "inputs": inputs}).status in (200, 204)

    def is_running(self, workflow: str) -> bool:
        """Whether a run of a workflow goes on or waits for its turn (REST "List workflow runs for a workflow").

        Args:
            workflow: its file's name.

        Raises:
            Unavailable, Forbidden: GitHub would not say.
        """
        answer = self._wire.get(f"{self._path}/actions/workflows/{quote(workflow)}/runs?per_page={LATEST}")
        return answer.status == 200 and any(run["status"] != "completed" for run in answer.data["workflow_runs"])

    def _create_labels(self, names: frozenset[str]) -> None:
        for name in sorted(names):
            if name.lower() not in self._book.labels:
                self.create_label(name, self._colours.get(name, "ededed"))

    def _look_up(self, logins: frozenset[str]) -> None:
        """Learn the ids of people who did not write in the thread; one who cannot be found is left out."""
        for login in sorted(logins):
            if login.lower() not in self._book.people:
                try:
                    answer = self._wire.get(f"/users/{quote(login, safe='')}")
                except (Unavailable, Forbidden):
                    continue
                if answer.status == 200:
                    self._book.people[login.lower()] = answer.data["node_id"]

    def _pin(self, comment: int | str) -> None:
        """Pin the board. Not being able to is no reason to fail: the board is the first comment anyway."""
        try:
            self._wire.send("PUT", f"{self._path}/issues/comments/{comment}/pin")
        except (Forbidden, WriteFailed):
            return

    @property
    def _names(self) -> dict[str, Any]:
        return {"owner": self._owner, "name": self._name}

    def _repository(self, answer: Answer) -> Any:
        repository = answer.data["data"]["repository"]
        if repository is None:
            raise Forbidden(f"{self._owner}/{self._name}: no such repository for this token")
        if repository.get("id"):
            self._book = replace(self._book, repository=repository["id"])
        for label in (repository.get("labels") or {"nodes": []})["nodes"]:
            self._book.labels[label["name"].lower()] = label["id"]
        return repository

    def _thread(self, node: Any, repository: Any, answer: Answer) -> Thread:
        viewer = parse.person(answer.data["data"]["viewer"])
        self._note_people(node)
        self._older[node["number"]] = node["latest"]["pageInfo"]["startCursor"]
        return parse.thread(node, viewer, answer.at, bool(repository["isPrivate"]))

    def _note_people(self, node: Any) -> None:
        people = [node["author"], *node["assignees"]["nodes"]]
        people += [comment["author"] for part in ("opening", "latest") for comment in node[part]["nodes"]]
        for person in people:
            if person and person.get("id"):
                self._book.people[person["login"].lower()] = person["id"]


def _deeds_missing(deeds: tuple[Deed, ...], since: datetime | None) -> bool:
    """Whether there may be deeds since a moment that were not read: as many as a read has, and none older."""
    return len(deeds) >= DEEDS and (since is None or deeds[0].at >= since)


def _reached(comments: tuple[Comment, ...], whole: bool, older: str | None, since: datetime | None) -> bool:
    """Whether the latest comments go back far enough without a gap."""
    if whole or older is None:
        return True
    if since is None or len(comments) <= 10:
        return False
    return comments[10].at < since  # beyond the first ten, which every read has


def _spell(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
