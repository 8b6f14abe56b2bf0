"""github3.py, which fails on every key that is missing."""

from importlib import import_module
from importlib.metadata import version
from typing import Any

from tests.conformance.clients.place import Place
from tests.conformance.clients.story import NAME, OWNER, Seen


class Github3:
    """github3.py as it speaks to an enterprise's server."""

    def __init__(self, place: Place) -> None:
        self.version = f"github3.py {version('github3.py')}"
        # The library has no types.
        library: Any = import_module("github3")
        session = library.session.GitHubSession()
        # The environment's own authorities would go before ours.
        session.trust_env = False
        self._client = library.GitHubEnterprise(
            place.server, token="acme", verify=str(place.authority), session=session
        )

    def open(self, title: str, body: str, label: str) -> int:
        number: int = self._repository().create_issue(title, body=body, labels=[label]).number
        return number

    def label(self, number: int, name: str) -> None:
        self._issue(number).add_labels(name)

    def unlabel(self, number: int, name: str) -> None:
        self._issue(number).remove_label(name)

    def comment(self, number: int, body: str) -> None:
        self._issue(number).create_comment(body)

    def amend(self, number: int, body: str) -> None:
        *_, last = self._issue(number).comments()
        assert last.edit(body)

    def edit(self, number: int, title: str, body: str) -> None:
        assert self._issue(number).edit(title=title, body=body)

    def close(self, number: int) -> None:
        assert self._issue(number).close()

    def reopen(self, number: int) -> None:
        assert self._issue(number).reopen()

    def look(self, number: int) -> Seen:
        issue = self._issue(number)
        return Seen(
            title=issue.title,
            body=issue.body or "",
            state=issue.state,
            author=issue.user.login,
            labels=tuple(sorted(label.name for label in issue.labels())),
            comments=tuple((comment.user.login, comment.body) for comment in issue.comments()),
        )

    def numbers(self, state: str) -> list[int]:
        return [issue.number for issue in self._repository().issues(state=state)]

    def limits(self) -> tuple[int, int, int]:
        core = self._client.rate_limit()["resources"]["core"]
        return core["limit"], core["remaining"], core["reset"]

    def leave(self) -> None:
        self._client.session.close()

    def _repository(self) -> Any:
        return self._client.repository(OWNER, NAME)

    def _issue(self, number: int) -> Any:
        return self._client.issue(OWNER, NAME, number)
