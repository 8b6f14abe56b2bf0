"""The repository as the REST API and webhooks show it."""

from typing import Any

from irp_actions.edges.standin.clock import stamp
from irp_actions.edges.standin.payloads.users import permissions, simple_user
from irp_actions.edges.standin.urls import Urls
from irp_actions.edges.standin.world.callers import Caller
from irp_actions.edges.standin.world.roles import Role
from irp_actions.edges.standin.world.world import World

_PARTS = {
    "archive_url": "/{archive_format}{/ref}",
    "assignees_url": "/assignees{/user}",
    "blobs_url": "/git/blobs{/sha}",
    "branches_url": "/branches{/branch}",
    "collaborators_url": "/collaborators{/collaborator}",
    "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}",
    "compare_url": "/compare/{base}...{head}",
    "contents_url": "/contents/{+path}",
    "contributors_url": "/contributors",
    "deployments_url": "/deployments",
    "downloads_url": "/downloads",
    "events_url": "/events",
    "forks_url": "/forks",
    "git_commits_url": "/git/commits{/sha}",
    "git_refs_url": "/git/refs{/sha}",
    "git_tags_url": "/git/tags{/sha}",
    "hooks_url": "/hooks",
    "issue_comment_url": "/issues/comments{/number}",
    "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}",
    "keys_url": "/keys{/key_id}",
    "labels_url": "/labels{/name}",
    "languages_url": "/languages",
    "merges_url": "/merges",
    "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}",
    "pulls_url": "/pulls{/number}",
    "releases_url": "/releases{/id}",
    "stargazers_url": "/stargazers",
    "statuses_url": "/statuses/{sha}",
    "subscribers_url": "/subscribers",
    "subscription_url": "/subscription",
    "tags_url": "/tags",
    "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}",
}


def minimal_repository(world: World, urls: Urls) -> dict[str, Any]:
    """What every form of a repository has; enough for GitHub's `minimal-repository`."""
    repository = world.repository
    return {
        "id": repository.id,
        "node_id": repository.node,
        "name": repository.name,
        "full_name": repository.full_name,
        "private": repository.private,
        "owner": simple_user(world.owner, urls),
        "html_url": urls.repo_page,
        "description": None,
        "fork": False,
        "url": urls.repo,
        **{name: f"{urls.repo}{part}" for name, part in _PARTS.items()},
    }


def webhook_repository(world: World, urls: Urls) -> dict[str, Any]:
    """GitHub's `repository-webhooks`, and what `full-repository` has in common with it."""
    repository = world.repository
    created = stamp(repository.created_at)
    open_issues = len(world.open_issues)
    return {
        **minimal_repository(world, urls),
        "created_at": created,
        "updated_at": created,
        "pushed_at": created,
        "git_url": f"git://localhost/{repository.full_name}.git",
        "ssh_url": f"git@localhost:{repository.full_name}.git",
        "clone_url": f"{urls.repo_page}.git",
        "svn_url": urls.repo_page,
        "mirror_url": None,
        "homepage": None,
        "size": 0,
        "stargazers_count": 0,
        "watchers_count": 0,
        "language": None,
        "has_issues": True,
        "has_projects": True,
        "has_downloads": True,
        "has_wiki": True,
        "has_pages": False,
        "has_discussions": False,
        "forks_count": 0,
        "archived": False,
        "disabled": False,
        "open_issues_count": open_issues,
        "license": None,
        "allow_forking": True,
        "is_template": False,
        "web_commit_signoff_required": False,
        "topics": [],
        "visibility": "private" if repository.private else "public",
        "forks": 0,
        "open_issues": open_issues,
        "watchers": 0,
        "default_branch": repository.default_branch,
    }


def full_repository(world: World, caller: Caller, urls: Urls) -> dict[str, Any]:
    """GitHub's `full-repository`, as its reader may see it."""
    role = Role.READ if caller.is_token else world.role_of(caller.user)
    return {
        **webhook_repository(world, urls),
        "permissions": permissions(role),
        "temp_clone_token": "",
        "network_count": 0,
        "subscribers_count": 0,
    }
