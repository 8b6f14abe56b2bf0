"""What a job's token may do is what `permissions:` grants, and nothing else.

Source: "Workflow syntax", `permissions`; "Use GITHUB_TOKEN for authentication".
"""

from collections.abc import Mapping

from irp_actions.edges.standin.actions.workflow.document import Node

Permissions = Mapping[str, str]

_READ, _WRITE, _NONE = "read", "write", "none"
_ANY = (_READ, _WRITE, _NONE)

# The levels each scope can be given.
SCOPES: Mapping[str, tuple[str, ...]] = {
    "actions": _ANY,
    "artifact-metadata": _ANY,
    "attestations": _ANY,
    "checks": _ANY,
    "code-quality": _ANY,
    "contents": _ANY,
    "deployments": _ANY,
    "discussions": _ANY,
    "id-token": (_WRITE, _NONE),
    "issues": _ANY,
    "models": (_READ, _NONE),
    "packages": _ANY,
    "pages": _ANY,
    "pull-requests": _ANY,
    "repository-projects": _ANY,
    "security-events": _ANY,
    "statuses": _ANY,
    "vulnerability-alerts": (_READ, _NONE),
}

_ALWAYS = {"metadata": _READ}

# GitHub's restricted default, where neither the workflow nor the job says anything.
DEFAULT: Permissions = {"contents": _READ, **_ALWAYS}


def read_permissions(node: Node) -> Permissions:
    """Return the scopes that a `permissions:` grants, without those that are `none`.

    Args:
        node: `read-all`, `write-all`, or a mapping of scope to level; scopes that are not named are `none`.

    Raises:
        WorkflowError: A scope or a level is unknown.
    """
    if node.is_mapping():
        granted = {scope: _level(node, scope, value) for scope, value in node.items()}
        return {scope: level for scope, level in granted.items() if level != _NONE} | _ALWAYS
    wanted = node.one_of("read-all", "write-all").removesuffix("-all")
    return {scope: wanted for scope, levels in SCOPES.items() if wanted in levels} | _ALWAYS


def _level(node: Node, scope: str, value: Node) -> str:
    if scope not in SCOPES:
        node.entries()[scope].key.fail(f"Unexpected value '{scope}'")
    return value.one_of(*SCOPES[scope])
