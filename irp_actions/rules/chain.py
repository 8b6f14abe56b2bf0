"""The chain: every entry's hash covers the entry before it, so that nothing can be slipped in or taken out.

Without a key the word for an unbroken chain is *consistent*. With one (`IRP_RECORD_KEY`) each hash is an
HMAC, which only the workflow can make, and the word is *tamper-evident*.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from irp_actions.values.record import Entry, Record, Text
from irp_actions.values.shape import plain

MARK = 16
"""Hexadecimal digits of a hash that a mark has."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What hashes the chain: a key, or none. `nonce` is fresh randomness of this run, for salts."""

    key: bytes = b""
    nonce: bytes = b""

    def hash(self, prev: str, entry: Entry) -> str:
        """The hash of an entry that follows the one whose hash is `prev`."""
        data = plain(replace(entry, hash=""))
        message = (prev + "\n" + json.dumps(data, sort_keys=True, separators=(",", ":"))).encode()
        if self.key:
            return hmac.new(self.key, message, hashlib.sha256).hexdigest()
        return hashlib.sha256(message).hexdigest()

    def salt(self, source: str) -> str:
        """A salt that nobody can guess, so that a dropped text cannot be found by trying."""
        return hmac.new(self.nonce, source.encode(), hashlib.sha256).hexdigest()[:32]


def commitment(text: Text) -> str:
    """What stands in the chain for a text beside it."""
    return hashlib.sha256(f"{text.salt}\n{text.text}".encode()).hexdigest()


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def appended(record: Record, entry: Entry, seal: Seal, text: str | None = None, *, keep: bool = True) -> Record:
    """The record with one more entry.

    Args:
        record: what was decided so far.
        entry: the next one; its number, commitment and hash are set here, whatever it came with.
        seal: hashes it.
        text: the call's free text.
        keep: whether the text may stand beside the chain, or only its commitment (IN-11).
    """
    entry = replace(entry, n=record.next_n, text=None)  # words stand beside the chain, and in it only as a commitment
    texts = dict(record.texts)
    if text:
        held = Text(seal.salt(f"{entry.source}#{entry.n}"), text)
        entry = replace(entry, text=commitment(held))
        if keep:  # else nothing stays but the commitment, which cannot be guessed without the salt
            texts[str(entry.n)] = held
    entry = replace(entry, hash=seal.hash(record.last_hash, entry))
    return replace(record, entries=(*record.entries, entry), texts=texts)


def mark(record: Record) -> str:
    """Where the chain stands, short enough for every sitrep that goes outside (CL-7): issue, entry, begin of its hash.

    Whoever kept it can later have it checked (`irp verify 12 --mark 12.31.abd0b9b3bb5ba4fc`): what was recorded by then
    has not been changed since. It is the mark of the last entry that is not the program's own, so that a text which
    carries it stays the same until somebody does something.
    """
    newest = next((entry for entry in reversed(record.entries) if entry.by.standing != "program"), None)
    n, hashed = (newest.n, newest.hash) if newest else (record.next_n - 1, record.last_hash)
    return f"{record.number}.{n}.{hashed[:MARK]}"


def bears(entries: tuple[Entry, ...], number: int, kept: str) -> bool:
    """Whether a mark that somebody kept is one of this record.

    Args:
        entries: all of them.
        number: the issue's number.
        kept: such as `mark` gives.
    """
    issue, _, rest = kept.strip().partition(".")
    n, _, begins = rest.partition(".")
    found = next((entry for entry in entries if str(entry.n) == n), None)
    return issue == str(number) and found is not None and len(begins) == MARK and found.hash.startswith(begins)


def faults(entries: tuple[Entry, ...], texts: Mapping[str, Text], prev: str, seal: Seal) -> list[str]:
    """What is wrong with a run of entries that should follow the hash `prev`; empty when it is whole."""
    found = []
    for entry in entries:
        if not hmac.compare_digest(entry.hash, seal.hash(prev, entry)):
            found.append(f"entry {entry.n}: its hash does not fit it and the entry before")
        held = texts.get(str(entry.n))
        if held is not None and held.text is not None and commitment(held) != entry.text:
            found.append(f"entry {entry.n}: the text beside it is not the one it was decided by")
        prev = entry.hash
    for before, after in pairwise(entries):
        if after.n != before.n + 1:
            found.append(f"entry {after.n}: follows entry {before.n}")
    return found
