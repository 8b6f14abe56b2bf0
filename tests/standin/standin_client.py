"""A plain HTTP client that speaks to the stand-in as one person, for the tests."""

from collections.abc import Sequence
from typing import Any

import requests

from irp_actions.edges.standin.standin import StandIn

REPO = "acme/security-incidents"


class Person:
    """Somebody at a keyboard.

    Args:
        standin: The stand-in.
        credential: A login, or a job token.
    """

    def __init__(self, standin: StandIn, credential: str) -> None:
        self.standin = standin
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {credential}"

    def call(self, method: str, path: str, body: Any = None) -> requests.Response:
        """Call the REST API; `~` stands for the repository."""
        path = path.replace("~", f"/repos/{REPO}", 1)
        return self.session.request(method, f"{self.standin.api_url}{path}", json=body)

    def get(self, path: str) -> Any:
        """Read something that must be there."""
        return _well(self.call("GET", path)).json()

    def send(self, method: str, path: str, body: Any = None) -> Any:
        """Write something that must succeed; the answer's value, or `None` if it is empty."""
        response = _well(self.call(method, path, body))
        return response.json() if response.content else None

    def open(self, title: str = "Something looks wrong", **fields: Any) -> Any:
        """Open an issue."""
        return self.send("POST", "~/issues", {"title": title, **fields})

    def comment(self, body: str, number: int = 1) -> Any:
        """Comment on an issue."""
        return self.send("POST", f"~/issues/{number}/comments", {"body": body})

    def ask(self, query: str, **variables: Any) -> Any:
        """Ask GraphQL; the whole answer, errors and all."""
        body = {"query": query, "variables": variables}
        return _well(self.session.post(self.standin.graphql_url, json=body)).json()

    def data(self, query: str, **variables: Any) -> Any:
        """Ask GraphQL what it must be able to answer."""
        answer = self.ask(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def control(self, method: str, path: str, body: Any = None) -> requests.Response:
        """Call the stand-in's control."""
        return self.session.request(method, f"{self.standin.server_url}/_standin/{path}", json=body)

    def told(self, method: str, path: str, body: Any = None) -> Any:
        """Call the stand-in's control, which must succeed."""
        response = _well(self.control(method, path, body))
        return response.json() if response.content else None

    def events(self) -> list[tuple[str, str | None]]:
        """The names and actions of the events so far."""
        return [(event["name"], event["action"]) for event in self.told("GET", "events")]


def names(labels: Sequence[Any]) -> list[str]:
    """The names of some labels."""
    return [label["name"] for label in labels]


def _well(response: requests.Response) -> requests.Response:
    assert response.ok, f"{response.status_code}: {response.text[:400]}"
    return response
