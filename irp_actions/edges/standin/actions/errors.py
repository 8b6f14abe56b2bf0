"""What the Actions engine can say no with, each error in GitHub's own words."""


class ActionsError(Exception):
    """Base of every error this package raises on purpose."""


class WorkflowNotFound(ActionsError):  # noqa: N818 - the name of the answer, as GitHub's 404 says it
    """No workflow file of the checkout has this name or id (REST: 404)."""


class WorkflowDisabled(ActionsError):  # noqa: N818 - the name of the answer, as GitHub's 422 says it
    """The workflow is disabled, so it ignores even a dispatch (REST: 422)."""


class NotDispatchable(ActionsError):  # noqa: N818 - the name of the answer, as GitHub's 422 says it
    """The workflow cannot be dispatched so: no trigger, no such ref, or wrong inputs (REST: 422)."""


class RunNotFound(ActionsError):  # noqa: N818 - the name of the answer, as GitHub's 404 says it
    """No run has this id (REST: 404)."""


class RunCompleted(ActionsError):  # noqa: N818 - the name of the answer, as GitHub's 409 says it
    """The run has ended already, so it cannot be cancelled (REST: 409)."""


class NotRerunnable(ActionsError):  # noqa: N818 - the name of the answer, as GitHub's 403 says it
    """The run cannot be run again: it goes on, is too old, or has no workflow that could (REST: 403)."""


class NoSuchRef(ActionsError):  # noqa: N818 - what `actions/checkout` says
    """The repository has no such branch or commit."""


class ExpressionError(ActionsError):
    """An expression cannot be read, or has no value."""


class WorkflowError(ActionsError):
    """A workflow file breaks GitHub's rules, or asks for what the stand-in does not have.

    Attributes:
        message: What is wrong, without the place.
        path: The file, relative to the repository.
        line: The line, counted from 1.
        column: The column, counted from 1.
    """

    def __init__(self, message: str, path: str, line: int, column: int) -> None:
        super().__init__(f"{path} (Line: {line}, Col: {column}): {message}")
        self.message = message
        self.path = path
        self.line = line
        self.column = column
