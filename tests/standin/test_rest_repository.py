"""The repository over REST: itself, its files, accounts, the rate limit, and what the stand-in does not know."""

import base64

import pytest
from standin_client import REPO, Person

from irp_actions.edges.standin.standin import StandIn


def test_the_repository_is_found_by_name_and_by_id(owner: Person) -> None:
    """Whatever the name's case; another name is 404."""
    repository = owner.get("~")
    assert (repository["full_name"], repository["private"], repository["permissions"]["admin"]) == (REPO, True, True)
    assert owner.get(f"/repositories/{repository['id']}") == repository
    assert owner.get("/repos/ACME/Security-Incidents") == repository
    assert owner.call("GET", "/repos/acme/other").status_code == 404


def test_addresses_stay_under_the_root_the_client_used(gh: StandIn, owner: Person) -> None:
    """A client of `/api/v3` is sent on to `/api/v3`."""
    owner.open()
    issue = owner.get(f"/api/v3/repos/{REPO}/issues/1")
    assert issue["url"] == f"{gh.server_url}/api/v3/repos/{REPO}/issues/1"
    assert issue["html_url"] == f"{gh.server_url}/{REPO}/issues/1"
    assert owner.get("~/issues/1")["url"] == f"{gh.api_url}/repos/{REPO}/issues/1"


def test_files_of_the_checkout_are_contents(owner: Person) -> None:
    """A file comes base64-encoded, a folder as a list; nothing outside is reachable."""
    file = owner.get("~/contents/policy.yml")
    assert base64.b64decode(file["content"]) == b"severities: [low, high]\n"
    assert (file["type"], file["size"]) == ("file", 24)
    assert [entry["name"] for entry in owner.get("~/contents/.github/ISSUE_TEMPLATE")] == ["report.yml"]
    for path in ("absent.yml", "%2e%2e/conftest.py", ".git/config", "..%2f..%2fetc%2fpasswd"):
        assert owner.call("GET", f"~/contents/{path}").status_code == 404


def test_accounts_can_be_read(owner: Person, reader: Person) -> None:
    """A login that nobody used is unknown."""
    assert reader.get("/user")["login"] == "ria"
    assert owner.get("/users/RIA")["login"] == "ria"
    assert owner.get("/users/github-actions%5Bbot%5D")["id"] == 41898282
    assert owner.call("GET", "/users/nobody").status_code == 404


@pytest.mark.strays("operations that GitHub has and the stand-in lacks, or nobody has")
def test_what_the_stand_in_does_not_know_it_refuses(owner: Person) -> None:
    """The message says whose limit it is, not GitHub's."""
    for method, path in [("GET", "~/pulls"), ("PATCH", "~"), ("GET", "/"), ("GET", "~/issues/one")]:
        response = owner.call(method, path)
        assert response.status_code == 404
    assert "the stand-in does not know GET /repos/acme/security-incidents/pulls" in owner.call("GET", "~/pulls").text


def test_broken_json_is_400(owner: Person, gh: StandIn) -> None:
    """As are values that are no object."""
    url = f"{gh.api_url}/repos/{REPO}/issues"
    assert owner.session.post(url, data=b"{").status_code == 400
    assert owner.session.post(url, json=["x"]).status_code == 400


def test_another_version_of_the_api_is_refused(owner: Person) -> None:
    """400, as GitHub answers for one that it does not have; the one that is spoken may be named or not."""
    for version, status in (("2022-11-28", 200), ("2026-03-10", 400), ("v3", 400)):
        owner.session.headers["X-GitHub-Api-Version"] = version
        response = owner.call("GET", "~")
        assert response.status_code == status
        assert response.headers["X-GitHub-Api-Version-Selected"] == "2022-11-28"
    assert '"v3", is not a supported version' in response.json()["message"]


def test_every_answer_tells_what_is_left_of_the_hour(owner: Person) -> None:
    """Asking for it is free, and the next hour begins anew."""
    first = owner.call("GET", "~").headers
    assert (first["X-RateLimit-Limit"], first["X-RateLimit-Used"]) == ("5000", "1")
    assert owner.get("/rate_limit")["resources"]["core"]["remaining"] == 4999
    owner.told("POST", "clock", {"advance": "PT1H"})
    assert owner.get("/rate_limit")["rate"]["used"] == 0


def test_a_rate_limit_is_enforced_when_the_weather_says_so(owner: Person, reader: Person) -> None:
    """403 for REST, HTTP 200 with an error for GraphQL; others have an hour of their own."""
    owner.told("POST", "weather", {"rate_limit": 2})
    assert [owner.call("GET", "~").status_code for _ in range(3)] == [200, 200, 403]
    refused = owner.call("GET", "~")
    assert refused.json()["message"].startswith("API rate limit exceeded for user ID")
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert reader.call("GET", "~").status_code == 200
    answers = [owner.ask("{ viewer { login } }") for _ in range(3)]
    assert answers[2]["errors"][0]["type"] == "RATE_LIMITED"
    owner.told("POST", "weather", {"rate_limit": 0})
    assert owner.call("GET", "~").status_code == 200


def test_who_writes_too_much_in_a_minute_is_told_when_to_come_again(owner: Person, reader: Person) -> None:
    """The secondary rate limit: over REST and GraphQL together, for each by themselves, and reading is free of it."""
    issue = owner.open()
    owner.told("POST", "weather", {"write_limit": 3})
    owner.told("POST", "clock", {"advance": "PT20S"})
    add = 'mutation($i: ID!) { addComment(input: { subjectId: $i, body: "x" }) { clientMutationId } }'
    owner.comment("one")
    owner.data(add, i=issue["node_id"])
    refused = owner.call("POST", "~/issues/1/comments", {"body": "three"})
    assert (refused.status_code, refused.headers["Retry-After"]) == (403, "40")
    assert "secondary rate limit" in refused.json()["message"]
    assert refused.headers["X-RateLimit-Remaining"] != "0"
    body = {"query": add, "variables": {"i": issue["node_id"]}}
    assert owner.session.post(owner.standin.graphql_url, json=body).status_code == 403
    assert owner.get("~/issues/1")["comments"] == 2
    reader.comment("another's minute")
    owner.told("POST", "clock", {"advance": "PT40S"})
    owner.comment("three")
    assert [comment["body"] for comment in owner.get("~/issues/1/comments")][-1] == "three"


def test_the_media_type_decides_how_bodies_come(owner: Person) -> None:
    """As Markdown, as HTML, as text, or all three."""
    owner.open(body="one <b>\n\ntwo")
    expected = {
        "raw": {"body"},
        "text": {"body_text"},
        "html": {"body_html"},
        "full": {"body", "body_text", "body_html"},
    }
    for parameter, keys in expected.items():
        owner.session.headers["Accept"] = f"application/vnd.github.{parameter}+json"
        response = owner.call("GET", "~/issues/1")
        assert {key for key in response.json() if key.startswith("body")} == keys
        assert f"param={parameter}" in response.headers["X-GitHub-Media-Type"]
    assert response.json()["body_html"] == '<p dir="auto">one &lt;b&gt;</p>\n<p dir="auto">two</p>'
