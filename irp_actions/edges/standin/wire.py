"""JSON as it comes off the wire: what can be kept and sent again, and nothing else."""

import json
from typing import Any

from irp_actions.edges.standin.world.refusals import Malformed


def read_json(raw: bytes) -> Any:
    """The value of a request's body.

    Raises:
        Malformed: It is no JSON, or holds what JSON cannot: half of a surrogate pair, `NaN`, too many brackets.
    """
    try:
        value = json.loads(raw, parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Malformed("Problems parsing JSON") from error
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
