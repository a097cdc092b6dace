"""How far this OS user has read a log for its first checkpoint, kept from one session to the next.

A log of many events that this user never signed is read a bounded piece a session, so that no
command waits for all of it. What is kept is the tree over the events read from the disk so far;
each event holds the hash of the one before, so the last of them still standing there shows that
it is the same log. The file lies outside the data directory, beside the high-water mark.
"""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.atomic import read_file
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.ledger import Ledger
from luthier_desktop.storage.ledger_walk import LedgerWalk
from luthier_desktop.storage.merkle import HASH_BYTES, Frontier
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.storage.parsing import parse_strict
from luthier_desktop.storage.private_file import replace_private

WALK_SCHEMA = "luthier.walk/1"


class UnfinishedWalk:
    """Reads and writes the file of one store."""

    def __init__(self, path: Path, calls: OsCalls) -> None:
        self._path = path
        self._calls = calls

    def read(self, ledger: Ledger, sizes: Iterable[int]) -> LedgerWalk | None:
        """Take the walk up where it was left; None when it is no walk along this log.

        Raises:
            StorageFailed: The ledger cannot be read.
        """
        try:
            data = read_file(self._path, self._calls)
            members = parse_strict(data, self._path.name)
            return _walk(members, ledger, sizes)
        except (OSError, InputRefused, ValueError, KeyError, TypeError):
            return None

    def keep(self, walk: LedgerWalk) -> None:
        """Remember how far *walk* came.

        Raises:
            OSError: It could not be written.
        """
        members = {
            "schema": WALK_SCHEMA,
            "size": walk.size,
            "leaf": _text(walk.leaf),
            "frontier": [_text(node) for node in walk.frontier.nodes],
            "told": walk.told,
        }
        replace_private(self._path, canonical_bytes(members), self._calls)

    def forget(self) -> None:
        """Remove the file: a checkpoint was made."""
        with contextlib.suppress(OSError):
            self._calls.unlink(self._path)


def _walk(members: Any, ledger: Ledger, sizes: Iterable[int]) -> LedgerWalk | None:
    size, leaf = members["size"], _hash(members["leaf"])
    if members["schema"] != WALK_SCHEMA or type(size) is not int or size <= 0:
        return None
    last = ledger.read(size)
    if last is None or last.leaf != leaf:
        return None
    frontier = Frontier(size, [_hash(node) for node in members["frontier"]])
    walk = LedgerWalk(sizes, frontier, last.sha256, leaf)
    for seq in members["told"]:
        event = ledger.read(seq)
        if event is None or seq > size:
            return None
        walk.tell(event)
    return walk


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _hash(text: str) -> bytes:
    data = base64.b64decode(text, validate=True)
    if len(data) != HASH_BYTES:
        raise ValueError("no hash")
    return data
