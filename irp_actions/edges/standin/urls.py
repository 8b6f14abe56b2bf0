"""Every address in an answer is built here, under the address the client used."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Urls:
    """The addresses of one stand-in, as one client sees them.

    Attributes:
        api: The root of the REST API, without a slash at the end.
        web: The root of the pages.
        repository: `OWNER/NAME`.
    """

    api: str
    web: str
    repository: str

    @property
    def repo(self) -> str:
        """The repository in the API."""
        return f"{self.api}/repos/{self.repository}"

    @property
    def repo_page(self) -> str:
        """The repository's page."""
        return f"{self.web}/{self.repository}"

    def user(self, login: str) -> str:
        """An account in the API."""
        return f"{self.api}/users/{quote(login)}"

    def user_page(self, login: str) -> str:
        """An account's page; a bot's is that of its app."""
        return f"{self.web}/apps/{login.removesuffix('[bot]')}" if login.endswith("[bot]") else f"{self.web}/{login}"

    def issue(self, number: int) -> str:
        """An issue in the API."""
        return f"{self.repo}/issues/{number}"

    def issue_page(self, number: int, *, is_pull: bool = False) -> str:
        """An issue's or pull request's page."""
        return f"{self.repo_page}/{'pull' if is_pull else 'issues'}/{number}"

    def comment(self, identifier: int) -> str:
        """A comment in the API."""
        return f"{self.repo}/issues/comments/{identifier}"

    def label(self, name: str) -> str:
        """A label in the API."""
        return f"{self.repo}/labels/{quote(name, safe='')}"
