"""What GitHub answers when it will not: one exception for each kind, with the words GitHub uses.

Source: "Troubleshooting the REST API" and errors seen in recorded traffic.
"""

from collections.abc import Mapping
from typing import Any

FieldError = Mapping[str, Any]


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A request that is answered with an error.

    Args:
        message: What to tell the client.
        errors: The `errors` of a 422, each with `resource`, `field`, `code` and perhaps `message`.
    """

    status = 400
    kind = "BAD_REQUEST"

    def __init__(self, message: str, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.errors = errors


class Malformed(Refusal):
    """The request cannot be read at all."""


class Unauthenticated(Refusal):
    """Nobody known is asking."""

    status = 401
    kind = "UNAUTHENTICATED"


class Forbidden(Refusal):
    """Whoever asks may not."""

    status = 403
    kind = "FORBIDDEN"


class NotAllowed(Forbidden):
    """A person's role is too low; GraphQL words this with the mutation's name."""

    def __init__(self, login: str) -> None:
        super().__init__("Must have admin rights to Repository.")
        self.login = login


class NotFound(Refusal):
    """There is no such thing, or it must not be known."""

    status = 404
    kind = "NOT_FOUND"

    def __init__(self, message: str = "Not Found") -> None:
        super().__init__(message)


class Conflict(Refusal):
    """It cannot be done as things are now."""

    status = 409
    kind = "UNPROCESSABLE"


class Gone(Refusal):
    """There was such a thing."""

    status = 410
    kind = "NOT_FOUND"


class Invalid(Refusal):
    """The request is understood and its values will not do."""

    status = 422
    kind = "UNPROCESSABLE"


def unfit(resource: str, field: str, value: Any) -> Invalid:
    """A 422 about a value that names nothing; it is told which."""
    return Invalid("Validation Failed", ({"value": value, "resource": resource, "field": field, "code": "invalid"},))


def invalid(resource: str, field: str, code: str, message: str | None = None) -> Invalid:
    """A 422 about one field of one resource."""
    error = {"resource": resource, "code": code, "field": field}
    return Invalid("Validation Failed", ({**error, "message": message} if message else error,))
