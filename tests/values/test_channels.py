"""Channels in the policy: safe addresses, names instead of secrets, and rows that name what there is (CO-4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from irp_actions.edges.policy_file import OVERLAY, PolicyError, load_policy
from irp_actions.values.channels import EVENTS_API, Channel, is_safe
from irp_actions.values.policy import Policy


def load(folder: Path, text: str) -> Policy:
    """The policy of a repository with this overlay."""
    (folder / OVERLAY).parent.mkdir(exist_ok=True)
    (folder / OVERLAY).write_text(text)
    return load_policy(folder)


def test_a_channel_is_one_line(tmp_path: Path) -> None:
    """IN-6: its kind; the rest has defaults that the shipping workflows know."""
    policy = load(tmp_path, "channels:\n  oncall: {kind: pager}\n  chat: {kind: webhook}\n")
    assert policy.channels["oncall"] == Channel("pager", EVENTS_API, key_env="IRP_PAGER_KEY")
    assert policy.channels["chat"].url_env == "IRP_WEBHOOK_URL"


def test_channels_are_not_pinned(tmp_path: Path) -> None:
    """CO-4: where people are reached is of the present; changing it changes no record."""
    with_channel = load(tmp_path, "channels: {oncall: {kind: pager}}\n")
    assert with_channel.digest == load_policy(Path("/nowhere")).digest


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("channels:\n  chat: {kind: chat}", (2, 10), "'chat' is not one of pager, webhook"),
        ("channels:\n  a b: {kind: pager}", (2, 3), "'a b' is no name; use letters, digits, hyphens and dots"),
        ("channels:\n  webhook: {kind: pager}", (2, 3), "'webhook' is a kind, and this is a pager"),
        ("channels:\n  oncall: {kind: pager, url: http://pager.test/}", (2, 3), "url must begin with https://"),
        (
            "channels:\n  chat: {kind: webhook, url: https://chat.test/s3cret}",
            (2, 3),
            "a webhook's address is a secret",
        ),
        ("channels:\n  oncall: {kind: pager, key_env: abc123}", (2, 3), "are names of environment variables"),
        ("channels:\n  oncall: {kind: pager, kye_env: X}", (2, 25), "did you mean 'key_env'"),
        ("tells:\n- {what: [opened], to: [nobody]}", (2, 25), "'nobody' is no channel; there are pager, webhook"),
        ("tells:\n- {what: [opened], to: [pager], at: [hihg]}", (2, 38), "'hihg' is no severity; there are unknown"),
        ("tells:\n- {what: [opend], to: [pager]}", (2, 11), "'opend' is not one of opened, acknowledged"),
    ],
)
def test_a_mistake_is_shown_where_it_stands(tmp_path: Path, text: str, where: tuple[int, int], message: str) -> None:
    """CO-4: with what would have been right."""
    with pytest.raises(PolicyError) as error:
        load(tmp_path, text)
    (fault,) = error.value.faults
    assert message in fault.message
    assert (fault.line, fault.column) == where


@pytest.mark.parametrize(
    "line", ["key_env: R0ut1ngK3y", "secret_env: hunter2", "url_env: https://chat.test/s3cret", "url: http://s3cret/"]
)
def test_a_secret_in_the_wrong_place_is_not_repeated(tmp_path: Path, line: str) -> None:
    """IN-11: the log of a check may be public."""
    with pytest.raises(PolicyError) as error:
        load(tmp_path, f"channels:\n  oncall: {{kind: pager, {line}}}")
    assert line.split(": ", 1)[1] not in str(error.value)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://events.pagerduty.com/v2/enqueue", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://localhost/", True),
        ("http://[::1]:99", True),
        ("http://127.0.0.1.evil.test/", False),
        ("http://localhost.evil.test/", False),
        ("http://127.0.0.1:80@evil.test/", False),
        ("http://pager.test/", False),
        ("HTTPS", False),
        ("", False),
    ],
)
def test_only_tls_or_this_machine_is_safe(url: str, safe: bool) -> None:
    """IN-11: an address that only looks like this machine's is none."""
    assert is_safe(url) is safe


def test_rows_about_a_kind_need_no_channel_of_it(tmp_path: Path) -> None:
    """CO-4: the packaged rows name both kinds, and there is no channel at first."""
    assert load(tmp_path, "zone: UTC\n").channels == {}
