"""Where the embedded GitHub answers otherwise than was recorded, and is to: each difference, and why.

A row that no answer shows any more does not belong here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.conformance.recorded.comparing import Mismatch


@dataclass(frozen=True, slots=True)
class Difference:
    """Some mismatches that are meant to be.

    Attributes:
        aspect: Of the mismatches.
        where: Likewise; `*` stands for anything.
        what: Likewise; one of these, each as for `where`.
        reason: Why it is so.
    """

    aspect: str
    where: str
    what: tuple[str, ...]
    reason: str

    def covers(self, mismatch: Mismatch) -> bool:
        """Whether a mismatch is one of these."""
        return (
            mismatch.aspect == self.aspect
            and fnmatchcase(mismatch.where, self.where)
            and any(fnmatchcase(mismatch.what, what) for what in self.what)
        )

    def idle(self, mismatches: Iterable[Mismatch]) -> list[str]:
        """What of it no mismatch shows."""
        shown = [mismatch.what for mismatch in mismatches if self.covers(mismatch)]
        return [what for what in self.what if not any(fnmatchcase(each, what) for each in shown)]


DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        "headers",
        "*",
        (
            *("lacks access-control-allow-origin", "lacks access-control-expose-headers"),
            *("lacks content-security-policy", "lacks referrer-policy", "lacks strict-transport-security"),
            *("lacks x-content-type-options", "lacks x-frame-options", "lacks x-xss-protection"),
        ),
        "they tell a browser what pages may do with the answer; no client here is a page in a browser",
    ),
    Difference(
        "body",
        "GET /repos/{owner}/{repo}/contents/{path} 200",
        ("is dict, not str",),
        "a file as it is, for who accepts `raw`: nothing here asks for files so",
    ),
    Difference(
        "keys",
        "rate-limit-overview.resources",
        (
            *("lacks actions_runner_registration*", "lacks audit_log,*", "lacks audit_log_streaming*"),
            *("lacks code_scanning_autofix*", "lacks code_scanning_upload*", "lacks code_search*"),
            *("lacks dependency_snapshots*", "lacks integration_manifest*", "lacks scim*", "lacks source_import*"),
        ),
        "limits of parts of GitHub that are not here",
    ),
    Difference(
        "keys",
        "#/operations/GET ~1repos~1{owner}~1{repo}~1actions~1runs/responses/200",
        ("lacks total_counts*",),
        "a slip of the pen: the recordings beside it, and the description, have `total_count`",
    ),
)


def unexplained(mismatches: Iterable[Mismatch]) -> list[Mismatch]:
    """The mismatches that no row is about."""
    return [each for each in mismatches if not any(row.covers(each) for row in DIFFERENCES)]
