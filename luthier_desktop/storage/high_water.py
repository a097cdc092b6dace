"""The high-water mark: the newest checkpoint that this OS user has seen, beside the store.

It lies outside the data directory, so that an old copy of the store put in the place of the
newer one does not bring its own mark along.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from filelock import FileLock, Timeout

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.atomic import ensure_directory, read_file
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.checkpoint import Origin
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.merkle import HASH_BYTES, Frontier
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.parsing import parse_strict
from luthier_desktop.storage.private_file import replace_private

MARK_SCHEMA = "luthier.highwater/1"
_LOCK_WAIT_S = 2.0


@dataclass(frozen=True)
class Mark:
    """A checkpoint, with what lets the next one be made without reading the log from its start.

    ``opened_seq`` is the event that opened the epoch, ``leaf`` the last event as a leaf, and the
    root of ``frontier`` is the checkpoint's root: it proves itself.
    """

    origin: Origin
    opened_seq: int
    leaf: bytes
    frontier: Frontier

    @property
    def size(self) -> int:
        """How many events the checkpoint covers."""
        return self.frontier.size

    @property
    def root(self) -> bytes:
        """The root of the checkpoint."""
        return self.frontier.root()

    @property
    def rank(self) -> tuple[int, int]:
        """What never falls."""
        return self.origin.epoch, self.size

    def plain(self) -> dict[str, Any]:
        """Return the mark as it is stored."""
        return {
            "schema": MARK_SCHEMA,
            "origin": str(self.origin),
            "size": self.size,
            "root": _text(self.root),
            "opened_seq": self.opened_seq,
            "leaf": _text(self.leaf),
            "frontier": [_text(node) for node in self.frontier.nodes],
        }


class HighWater:
    """Reads the mark of one store and raises it."""

    def __init__(self, layout: StoreLayout, store_id: str, calls: OsCalls = OS) -> None:
        self.path = layout.config / "highwater" / f"{store_id}.json"
        self._calls = calls

    def read(self) -> Mark | None:
        """Return the mark; None when there is none.

        Raises:
            InputRefused: The file is not one that the program wrote.
            OSError: It cannot be read.
        """
        try:
            data = read_file(self.path, self._calls)
        except (FileNotFoundError, NotADirectoryError):
            return None
        mark = _mark(parse_strict(data, self.path.name))
        if mark is None or canonical_bytes(mark.plain()) != data:
            raise InputRefused(
                f"The high-water mark {self.path} was changed and says nothing any more; "
                "the next checkpoint makes it anew."
            )
        return mark

    def raise_to(self, mark: Mark) -> None:
        """Let the mark be *mark*, unless it stands higher already.

        Raises:
            OSError: It could not be written.
        """
        ensure_directory(self.path.parent, self._calls)
        try:
            with FileLock(self.path.with_suffix(".lock"), timeout=_LOCK_WAIT_S):
                if self._rank() < mark.rank:
                    replace_private(self.path, canonical_bytes(mark.plain()), self._calls)
        except Timeout as error:
            raise OSError(f"{self.path} is locked by another program") from error

    def _rank(self) -> tuple[int, int]:
        try:
            mark = self.read()
        except InputRefused:
            mark = None
        return (0, 0) if mark is None else mark.rank


def _mark(document: Any) -> Mark | None:
    members = document if isinstance(document, dict) else {}
    origin, nodes = Origin.read(members.get("origin")), members.get("frontier")
    size, opened = members.get("size"), members.get("opened_seq")
    if origin is None or not isinstance(nodes, list):
        return None
    if not isinstance(size, int) or not isinstance(opened, int):
        return None
    try:
        frontier = Frontier(size, [_hash(node) for node in nodes])
        return Mark(origin, opened, _hash(members.get("leaf")), frontier)
    except ValueError:
        return None


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _hash(text: object) -> bytes:
    try:
        data = base64.b64decode(text if isinstance(text, str) else "", validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
    if len(data) != HASH_BYTES:
        raise ValueError("no hash")
    return data
