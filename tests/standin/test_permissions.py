"""Who may do what: roles of people, permissions of job tokens, and what a stranger may know."""

from collections.abc import Callable

import pytest
from standin_client import Person

from irp_actions.edges.standin.standin import StandIn

LADDER = ["none", "read", "triage", "write", "maintain", "admin"]

# Each operation, with the least role that may do it to what somebody else wrote.
Operation = tuple[str, str, object, str]
LEAST: list[Operation] = [
    ("GET", "~/issues/1", None, "read"),
    ("POST", "~/issues", {"title": "x"}, "read"),
    ("POST", "~/issues/1/comments", {"body": "x"}, "read"),
    ("POST", "~/issues/1/reactions", {"content": "+1"}, "read"),
    ("POST", "~/issues/1/labels", {"labels": ["bug"]}, "triage"),
    ("POST", "~/issues/1/assignees", {"assignees": ["acme"]}, "triage"),
    ("PATCH", "~/issues/1", {"state": "closed"}, "triage"),
    ("PATCH", "~/issues/1", {"title": "changed"}, "write"),
    ("PATCH", "~/issues/comments/COMMENT", {"body": "changed"}, "write"),
    ("DELETE", "~/issues/comments/COMMENT", None, "write"),
    ("PUT", "~/issues/comments/COMMENT/pin", None, "write"),
    ("PUT", "~/issues/1/lock", None, "write"),
    ("POST", "~/labels", {"name": "mine", "color": "ffffff"}, "write"),
    ("GET", "~/collaborators", None, "write"),
    ("POST", "~/dispatches", {"event_type": "tick"}, "write"),
    ("GET", "~/actions/workflows", None, "read"),
]


@pytest.mark.parametrize("operation", LEAST, ids=lambda operation: f"{operation[0]} {operation[1]}")
def test_a_role_may_do_this_and_the_one_below_may_not(
    owner: Person, somebody: Callable[[str], Person], operation: Operation
) -> None:
    """A private repository does not exist for those without access; others are told 403."""
    method, path, body, least = operation
    owner.open()
    comment = owner.comment("mine")
    path = path.replace("COMMENT", str(comment["id"]))
    below = LADDER[LADDER.index(least) - 1]
    for role in (below, least):
        owner.told("PUT", f"users/{role}-person", {"permission": role})
    refused = somebody(f"{below}-person").call(method, path, body)
    assert refused.status_code == (404 if below == "none" else 403)
    assert somebody(f"{least}-person").call(method, path, body).status_code < 300


@pytest.mark.behaviour("documented", "REST: Get repository permissions for a user")
@pytest.mark.parametrize(
    ("role", "permission"),
    [
        ("none", "none"),
        ("read", "read"),
        ("triage", "read"),
        ("write", "write"),
        ("maintain", "write"),
        ("admin", "admin"),
    ],
)
def test_the_permission_of_a_role_is_the_old_word_for_it(owner: Person, role: str, permission: str) -> None:
    """`permission` knows neither maintain nor triage; `role_name` is exact."""
    owner.told("PUT", "users/bea", {"permission": role})
    answer = owner.get("~/collaborators/bea/permission")
    assert (answer["permission"], answer["role_name"], answer["user"]["login"]) == (permission, role, "bea")


def test_strangers_and_bots_are_not_users(owner: Person) -> None:
    """Asking for their permission is a 404."""
    for login in ("nobody", "github-actions%5Bbot%5D"):
        response = owner.call("GET", f"~/collaborators/{login}/permission")
        assert response.status_code == 404
        assert response.json()["message"].endswith("is not a user")


def test_collaborators_and_assignees_are_people_with_access(owner: Person) -> None:
    """Those without are 404."""
    owner.told("PUT", "users/bea", {"permission": "triage"})
    owner.told("PUT", "users/out", {"permission": "none"})
    for noun in ("collaborators", "assignees"):
        assert [user["login"] for user in owner.get(f"~/{noun}")] == ["acme", "bea"]
        assert owner.call("GET", f"~/{noun}/bea").status_code == 204
        assert owner.call("GET", f"~/{noun}/out").status_code == 404
    owner.open()
    assert owner.call("GET", "~/issues/1/assignees/bea").status_code == 204
    assert owner.call("GET", "~/issues/1/assignees/out").status_code == 404
    assigned = owner.send("POST", "~/issues/1/assignees", {"assignees": ["bea", "out"]})
    assert [user["login"] for user in assigned["assignees"]] == ["bea"]
    assert owner.send("DELETE", "~/issues/1/assignees", {"assignees": ["bea", "out"]})["assignees"] == []


@pytest.mark.behaviour("documented", "REST: Add assignees to an issue")
def test_an_issue_has_at_most_ten_assignees(owner: Person) -> None:
    """The eleventh is ignored."""
    logins = [f"person{number}" for number in range(11)]
    for login in logins:
        owner.told("PUT", f"users/{login}", {"permission": "read"})
    assert len(owner.open(assignees=logins)["assignees"]) == 10


@pytest.mark.behaviour("reported", "issue threads: private members are shown as CONTRIBUTOR or NONE", "repository")
def test_the_association_of_an_author_misleads(owner: Person, somebody: Callable[[str], Person]) -> None:
    """A private member who can write looks like a passing contributor."""
    expected = {"mem": "MEMBER", "hid": "CONTRIBUTOR", "low": "NONE", "acme": "OWNER", "red": "COLLABORATOR"}
    owner.told("PUT", "users/mem", {"permission": "write"})
    owner.told("PUT", "users/hid", {"permission": "write", "private_member": True})
    owner.told("PUT", "users/low", {"permission": "read", "private_member": True})
    owner.open()
    assert {login: somebody(login).comment("hi")["author_association"] for login in expected} == expected


def test_anyone_may_read_a_public_repository(owner: Person, somebody: Callable[[str], Person]) -> None:
    """And comment on it; `permission` then says `read`."""
    owner.open()
    owner.told("PUT", "users/out", {"permission": "none"})
    stranger = somebody("out")
    assert stranger.call("GET", "~").status_code == 404
    owner.told("PATCH", "repository", {"private": False})
    assert stranger.get("~")["visibility"] == "public"
    assert stranger.comment("hello")["author_association"] == "NONE"
    assert owner.get("~/collaborators/out/permission")["permission"] == "read"


def test_nobody_unknown_gets_in(gh: StandIn, somebody: Callable[[str], Person]) -> None:
    """No header, a bad scheme, a made-up token and a token that has ended are 401."""
    revoked = gh.mint_token(1, {"issues": "write"})
    gh.revoke_token(revoked)
    for credential in ("ghp_madeup", "not a login", "github-actions[bot]", revoked):
        assert somebody(credential).call("GET", "~").json()["message"] == "Bad credentials"
    person = somebody("acme")
    del person.session.headers["Authorization"]
    assert (person.call("GET", "~").status_code, person.call("GET", "~").json()["status"]) == (401, "401")
    person.session.headers["Authorization"] = "Basic YWNtZTo="
    assert person.call("GET", "~").status_code == 401
    person.session.headers["Authorization"] = "token acme"
    assert person.get("/user")["login"] == "acme"


def test_a_job_acts_as_the_bot_within_its_permissions(gh: StandIn, owner: Person, job: Person) -> None:
    """It can edit what others wrote if it may write issues, and nothing it was not given."""
    owner.open()
    theirs = owner.comment("mine")
    comment = job.comment("from a job")
    assert (comment["user"]["login"], comment["user"]["id"], comment["user"]["type"]) == (
        "github-actions[bot]",
        41898282,
        "Bot",
    )
    assert comment["performed_via_github_app"]["slug"] == "github-actions"
    assert job.send("PATCH", f"~/issues/comments/{theirs['id']}", {"body": "ours"})["user"]["login"] == "acme"
    assert job.send("POST", "~/issues/1/labels", {"labels": ["bug"]})
    assert job.get("~/collaborators/acme/permission")["permission"] == "admin"
    assert job.call("GET", "~/contents/policy.yml").status_code == 200
    for method, path in [("POST", "~/dispatches"), ("GET", "~/actions/workflows"), ("GET", "/user")]:
        refused = job.call(method, path, {"event_type": "x"} if method == "POST" else None)
        assert (refused.status_code, refused.json()["message"]) == (403, "Resource not accessible by integration")


def test_a_job_without_issues_can_read_none(gh: StandIn, owner: Person, somebody: Callable[[str], Person]) -> None:
    """`permissions: {}` leaves metadata alone."""
    owner.open()
    bare = somebody(gh.mint_token(1, {}))
    assert bare.call("GET", "~").status_code == 200
    assert bare.call("GET", "~/issues/1").status_code == 403
    reading = somebody(gh.mint_token(1, {"issues": "read"}))
    assert reading.call("GET", "~/issues/1").status_code == 200
    assert reading.call("POST", "~/issues/1/comments", {"body": "x"}).status_code == 403
