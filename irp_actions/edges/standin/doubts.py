"""What no document settles about GitHub, in one place: the stand-in plays either, so that both can be tried."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Doubts:
    """How GitHub is taken to be where nobody can look it up; the defaults are what is more likely.

    Attributes:
        job_is_author: Whether a job's token is told that it wrote what it wrote (`viewerDidAuthor`).
        job_may_enable: Whether it may enable and disable workflows, with `actions: write`.
        job_may_minimize: Whether it may hide comments, with `issues: write`.
        job_may_pin_comments: Whether it may pin comments, likewise.
        job_may_pin_issues: Whether it may pin issues, likewise.
        job_reads_edits: Whether it is shown edit histories.
        edits_are_whole: Whether the `diff` of an edit is the whole text, and not what changed.
        form_labels_are_told: Whether the labels of a form are events of their own, beside `opened`.
        group_before_if: Whether a workflow's concurrency group is claimed before the `if:` of its jobs is asked.
        long_bodies_are_refused: Whether a body that is too long for an issue is a 422, and not dropped in silence.
        closed_as_duplicate_is_told: Whether `ClosedEvent` says `DUPLICATE`, and not `NOT_PLANNED`.
    """

    job_is_author: bool = True
    job_may_enable: bool = True
    job_may_minimize: bool = True
    job_may_pin_comments: bool = True
    job_may_pin_issues: bool = True
    job_reads_edits: bool = True
    edits_are_whole: bool = True
    form_labels_are_told: bool = True
    group_before_if: bool = True
    long_bodies_are_refused: bool = False
    closed_as_duplicate_is_told: bool = True

    def changed(self, wanted: Mapping[str, Any]) -> "Doubts":
        """These with the given keys replaced.

        Raises:
            ValueError: A key is unknown, or its value is no boolean.
        """
        known = {field.name for field in fields(self)}
        for name, value in wanted.items():
            if name not in known:
                raise ValueError(f"there is no doubt about {name!r}; there are: {', '.join(sorted(known))}")
            if not isinstance(value, bool):
                raise ValueError(f"{name} is true or false")
        return replace(self, **wanted)

    def shown(self) -> dict[str, bool]:
        """All of them, by name."""
        return asdict(self)
