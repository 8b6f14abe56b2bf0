"""The environment of a step holds what Actions documents, and of ours only what a process cannot do without.

Source: "Variables reference", default environment variables; "Contexts reference", `runner`.
"""

import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from irp_actions.edges.standin.actions.expressions import Value
from irp_actions.edges.standin.actions.expressions.values import to_text

# What a process needs from the machine it runs on. Nothing else is passed on, so that a test that passes here
# does not pass because of whoever runs it, and no token of theirs is in reach.
_PASSED_ON = (
    *("HOME", "USER", "LOGNAME", "TMPDIR", "TZ", "LANG", "LC_ALL", "LC_CTYPE"),
    *("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"),
)

# The members of the `github` context that are variables as well, in upper case after `GITHUB_`.
_FROM_CONTEXT = (
    *("action", "actor", "api_url", "base_ref", "event_name", "event_path", "graphql_url", "head_ref", "job"),
    *("ref", "ref_name", "ref_protected", "ref_type", "repository", "repository_owner", "retention_days"),
    *("run_attempt", "run_id", "run_number", "server_url", "sha", "triggering_actor", "workflow", "workflow_ref"),
    *("workflow_sha", "workspace"),
)

_OS = {"Linux": "Linux", "Darwin": "macOS", "Windows": "Windows"}
_ARCHITECTURES = {"x86_64": "X64", "amd64": "X64", "aarch64": "ARM64", "arm64": "ARM64"}


def runner_context(temp: Path) -> dict[str, Value]:
    """Return the `runner` context of a job.

    Args:
        temp: The job's own folder, emptied when it ends.
    """
    return {
        "name": "irp-standin",
        "os": _OS.get(platform.system(), platform.system()),
        "arch": _ARCHITECTURES.get(platform.machine().lower(), platform.machine()),
        "environment": "self-hosted",
        "temp": str(temp),
        "tool_cache": str(temp / "tools"),
    }


def inherited_variables() -> dict[str, str]:
    """Return what a step gets from the process that runs the stand-in."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


def default_variables(github: Mapping[str, Value], runner: Mapping[str, Value]) -> dict[str, str]:
    """Return the variables that Actions sets for every step, which no `env:` can change."""
    return {
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        **{f"GITHUB_{name.upper()}": to_text(github.get(name)) for name in _FROM_CONTEXT},
        **{f"RUNNER_{name.upper()}": to_text(value) for name, value in runner.items()},
        "RUNNER_WORKSPACE": str(Path(to_text(github.get("workspace"))).parent),
    }


def search_path(additions: Sequence[str], inherited: str | None = None) -> str:
    """Return the `PATH` of a step: what steps before it added, the running interpreter's folder, the machine's own.

    Args:
        additions: Folders, the most important first.
        inherited: The machine's own path; by default that of this process.
    """
    # Not resolved: in a virtual environment the interpreter is a link, and its neighbours are what is installed.
    interpreter = str(Path(sys.executable).parent)
    own = os.environ.get("PATH", os.defpath) if inherited is None else inherited
    return os.pathsep.join([*additions, interpreter, own])
