"""The `sleep` of steps on a simulated clock: it says for how long, and waits until the clock was moved so far.

It is run by path and alone, not imported: `python -I -S sleep.py SOCKET JOB DURATION...`, durations as GNU `sleep` has
them. Whoever kills it hangs up its connection, and thereby tells that it sleeps no more.
"""

import re
import socket
import sys

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION = re.compile(r"(\d+\.?\d*|\.\d+|inf(?:inity)?)([smhd]?)")


def seconds_of(texts: list[str]) -> float:
    """The sum of some durations, such as `1.5` or `2h`, in seconds.

    Raises:
        ValueError: One of them is none.
    """
    found = [_DURATION.fullmatch(text) for text in texts]
    wrong = [text for text, match in zip(texts, found, strict=True) if match is None]
    if wrong or not texts:
        raise ValueError(f"invalid time interval '{wrong[0]}'" if wrong else "missing operand")
    return sum(float(match[1]) * _UNITS[match[2]] for match in found if match)


def main(place: str, job: str, *durations: str) -> None:
    """Wait; a stand-in that is gone ends the waiting with an error."""
    try:
        seconds = seconds_of(list(durations))
    except ValueError as wrong:
        sys.exit(f"sleep: {wrong}")
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(place)
        connection.sendall(f"{job} {seconds}\n".encode())
        if not connection.recv(1):
            sys.exit("sleep: the stand-in has gone")


if __name__ == "__main__":
    main(*sys.argv[1:])
