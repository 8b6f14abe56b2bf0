"""githubkit, generated from GitHub's own description, which it holds every answer to."""

import ssl
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from tests.conformance.clients.place import Place
from tests.conformance.clients.story import NAME, OWNER, MissingClientError, Seen

# Its own default is a later version of the API, which the embedded GitHub does not speak.
API_VERSION = "2022-11-28"
WHERE = {"owner": OWNER, "repo": NAME}


class Githubkit:
    """githubkit with its retries, without its cache."""

    def __init__(self, place: Place) -> None:
        try:
            self.version = f"githubkit {version('githubkit')}"
        except PackageNotFoundError as error:
            raise MissingClientError("githubkit is not installed; `make conformance` installs it") from error
        self.library: Any = import_module("githubkit")
        self.client = self.library.GitHub(
            "acme",
            base_url=f"{place.api}/",
            ssl_verify=ssl.create_default_context(cafile=str(place.authority)),
            trust_env=False,
            http_cache=False,
        )
        self._rest = self.client.rest(API_VERSION)
        self.issues = self._rest.issues

    def open(self, title: str, body: str, label: str) -> int:
        opened = self.issues.create(**WHERE, title=title, body=body, labels=[label])
        number: int = opened.parsed_data.number
        return number

    def label(self, number: int, name: str) -> None:
        self.issues.add_labels(**WHERE, issue_number=number, labels=[name])

    def unlabel(self, number: int, name: str) -> None:
        self.issues.remove_label(**WHERE, issue_number=number, name=name)

    def comment(self, number: int, body: str) -> None:
        assert self.issues.create_comment(**WHERE, issue_number=number, body=body).parsed_data.body == body

    def amend(self, number: int, body: str) -> None:
        last = self.issues.list_comments(**WHERE, issue_number=number).parsed_data[-1]
        self.issues.update_comment(**WHERE, comment_id=last.id, body=body)

    def edit(self, number: int, title: str, body: str) -> None:
        assert self.issues.update(**WHERE, issue_number=number, title=title, body=body).parsed_data.title == title

    def close(self, number: int) -> None:
        self.issues.update(**WHERE, issue_number=number, state="closed", state_reason="completed")

    def reopen(self, number: int) -> None:
        self.issues.update(**WHERE, issue_number=number, state="open")

    def look(self, number: int) -> Seen:
        issue = self.issues.get(**WHERE, issue_number=number).parsed_data
        comments = self._all(self.issues.list_comments, issue_number=number)
        return Seen(
            title=issue.title,
            body=issue.body or "",
            state=issue.state,
            author=issue.user.login,
            labels=tuple(sorted(label.name for label in issue.labels)),
            comments=tuple((comment.user.login, comment.body) for comment in comments),
        )

    def numbers(self, state: str) -> list[int]:
        return [issue.number for issue in self._all(self.issues.list_for_repo, state=state)]

    def limits(self) -> tuple[int, int, int]:
        core = self._rest.rate_limit.get().parsed_data.resources.core
        return core.limit, core.remaining, core.reset

    def leave(self) -> None:
        self.client.__exit__(None, None, None)

    def _all(self, operation: Any, **arguments: Any) -> Any:
        return self.client.rest.paginate(operation, **WHERE, **arguments)
