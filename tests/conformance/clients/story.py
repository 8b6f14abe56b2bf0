"""What every client does, what it sees, and what there was to be seen."""

from dataclasses import dataclass
from typing import Protocol

from irp_actions.edges.standin.acts.comments import write_comment
from irp_actions.edges.standin.acts.issues import Draft, close_issue, open_issue
from irp_actions.edges.standin.standin import StandIn
from irp_actions.edges.standin.world.callers import Caller

REPO = "acme/security-incidents"
OWNER, NAME = REPO.split("/")
# More than two of the largest pages, so that a client that stops too early, or begins anew, is noticed.
COMMENTS = 260
OTHERS = 120
_BODIES = ("Plain words", "Grüße 👩🏽‍🚒 → ≠", "two\r\nlines", "`code` <b>& more</b>", "/var/log/auth.log\n\n> quoted")


@dataclass(frozen=True, slots=True)
class Seen:
    """An incident as somebody sees it; the comments with their authors, the oldest first."""

    title: str
    body: str
    state: str
    author: str
    labels: tuple[str, ...]
    comments: tuple[tuple[str, str], ...]


class MissingClientError(Exception):
    """This machine does not have the client; the message says how to get it."""


class Client(Protocol):
    """A client at work as the repository's owner."""

    @property
    def version(self) -> str:
        """Its name and version."""

    def open(self, title: str, body: str, label: str) -> int:
        """Open an incident; its number."""

    def label(self, number: int, name: str) -> None:
        """Put a label on."""

    def unlabel(self, number: int, name: str) -> None:
        """Take a label off."""

    def comment(self, number: int, body: str) -> None:
        """Say something."""

    def amend(self, number: int, body: str) -> None:
        """Say the last thing that was said otherwise."""

    def edit(self, number: int, title: str, body: str) -> None:
        """Change what the incident says."""

    def close(self, number: int) -> None:
        """Close the incident."""

    def reopen(self, number: int) -> None:
        """Open it again."""

    def look(self, number: int) -> Seen:
        """See an incident, all of it."""

    def numbers(self, state: str) -> list[int]:
        """The numbers of all incidents that are `open` or `closed`."""

    def limits(self) -> tuple[int, int, int]:
        """Of the hour's requests: how many there are, how many are left, and when the next hour begins."""

    def leave(self) -> None:
        """End connections and processes."""


def populate(standin: StandIn) -> None:
    """Let there be a label that no incident has yet, and more incidents than a page holds, every third closed."""
    caller = Caller(standin.world.accounts.known_or_new(OWNER))
    for number in range(OTHERS):
        issue = open_issue(standin.world, caller, Draft(f"incident {number}"))
        if number % 3 == 0:
            close_issue(standin.world, caller, issue, "completed")
    standin.world.outbox.clear()


def live(client: Client, standin: StandIn) -> tuple[int, dict[str, bool]]:
    """Let a client live an incident from open to re-opened, among people who talk much.

    Returns:
        The incident's number, and whether the client saw each thing as it was.
    """
    number = client.open("Odd login", "At three.\n\nFrom *afar*: <b>& more</b>", "bug")
    client.label(number, "help wanted")
    client.unlabel(number, "bug")
    client.comment(number, "Who is on call?")
    client.amend(number, "Who is on call tonight?")
    _talk(standin, number)
    client.edit(number, "Odd login at three: Grüße → ≠", "Somebody was\n\n> **not** himself\n\n`sshd[1]`")
    client.close(number)
    closed = _lists(client, standin, "once it is closed")
    client.reopen(number)
    client.comment(number, "The last word")
    reopened = _lists(client, standin, "once it is open again")
    seen = client.look(number)
    said = [body for _, body in seen.comments]
    return number, {
        **closed,
        **reopened,
        "how many comments there are": len(said) == COMMENTS + 2,
        "the first and the last comment": said[:1] + said[-1:] == ["Who is on call tonight?", "The last word"],
        "state and labels": (seen.state, seen.labels) == ("open", ("help wanted",)),
        "the incident as a whole": seen == remembered(standin, number),
    }


def remembered(standin: StandIn, number: int) -> Seen:
    """An incident as the embedded GitHub itself remembers it."""
    world, issue = standin.world, standin.world.issues[number]
    people = world.accounts.by_id
    return Seen(
        title=issue.title,
        body=issue.body or "",
        state=issue.state,
        author=people[issue.author].login,
        labels=tuple(sorted(world.labels[label].name for label in issue.labels)),
        comments=tuple((people[comment.author].login, comment.body) for comment in issue.comments),
    )


def _lists(client: Client, standin: StandIn, when: str) -> dict[str, bool]:
    """Which of its lists are what there is."""
    issues = standin.world.issues.values()
    return {
        f"the list of {state} incidents, {when}": sorted(client.numbers(state))
        == sorted(issue.number for issue in issues if issue.state == state)
        for state in ("open", "closed")
    }


def _talk(standin: StandIn, number: int) -> None:
    """Many comments of several people, told to nobody."""
    people = [Caller(standin.world.accounts.known_or_new(login)) for login in ("ben", "Rae-2", "acme")]
    for turn in range(COMMENTS):
        body = f"{turn}: {_BODIES[turn % len(_BODIES)]}"
        write_comment(standin.world, people[turn % len(people)], standin.world.issues[number], body)
    standin.world.outbox.clear()
