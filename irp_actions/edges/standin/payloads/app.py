"""The app behind job tokens, as `performed_via_github_app` shows it."""

from datetime import UTC, datetime

from irp_actions.edges.standin.payloads.users import Payload, simple_user
from irp_actions.edges.standin.urls import Urls
from irp_actions.edges.standin.world.records import User

_GITHUB = User(9919, "MDEyOk9yZ2FuaXphdGlvbjk5MTk=", "github", datetime(2008, 5, 11, tzinfo=UTC), "Organization")


def via_app(urls: Urls, *, is_token: bool) -> Payload | None:
    """GitHub's own app 15368, "GitHub Actions", if a job token did it."""
    if not is_token:
        return None
    return {
        "id": 15368,
        "client_id": "Iv1.05c79e9ad1f6bdfa",
        "slug": "github-actions",
        "node_id": "MDM6QXBwMTUzNjg=",
        "owner": simple_user(_GITHUB, urls),
        "name": "GitHub Actions",
        "description": "Automate your workflow from idea to production",
        "external_url": "https://help.github.com/en/actions",
        "html_url": f"{urls.web}/apps/github-actions",
        "created_at": "2018-07-30T09:30:17Z",
        "updated_at": "2025-03-07T16:35:00Z",
        "permissions": {"actions": "write", "contents": "write", "issues": "write", "metadata": "read"},
        "events": ["issue_comment", "issues", "repository_dispatch", "workflow_dispatch"],
    }
