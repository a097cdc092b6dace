"""The two forms of a batch, each cut into single designs without holding all of them.

A first reading says what the file is and where its designs stand; a second one hands them out.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, BinaryIO, Protocol

from pydantic import Field

from luthier_desktop.domain.base import ExternalId, Value
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.services.batch_brackets import (
    OPENING,
    PIECE_BYTES,
    brackets,
    line_pieces,
    pieces,
)
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.parsing import DESIGN_LIMITS, parse_strict, require_size

MOST_DESIGNS = 10_000
MOST_LINES = 10 * MOST_DESIGNS
MOST_BRACKETS = 2_000_000
_BATCH_KEY = re.compile(rb'"(specs|suggestion_ids)"\s*:')
_DESIGN_DEPTH = 2  # inside the document's object and its list
_DEEPEST = _DESIGN_DEPTH + DESIGN_LIMITS.depth


@dataclass(frozen=True)
class BatchItem:
    """One design of a batch, not read yet."""

    index: int
    suggestion_id: str | None
    data: bytes
    what: str
    path: str


class BatchForm(Protocol):
    """A batch that is known as a whole; its designs are read one by one."""

    def __len__(self) -> int:
        """Return how many designs it holds."""

    def items(self, file: BinaryIO) -> Iterator[BatchItem]:
        """Read the designs out of the file that the form was made of."""


class _Outline(Value):
    """The batch document with every design emptied."""

    specs: tuple[Any, ...]
    suggestion_ids: Annotated[tuple[ExternalId, ...], Field(fail_fast=True)] | None = None


def form_of(file: BinaryIO, what: str) -> BatchForm:
    """Look through a batch once.

    Raises:
        InputRefused: The file as a whole is no batch.
    """
    return Lines(file, what) if _is_lines(file) else Document(file, what)


def _is_lines(file: BinaryIO) -> bool:
    """Whether the first line is an object by itself that is not a batch document."""
    file.seek(0)
    start, first = 0, b""
    for _ in range(MOST_LINES):
        found = file.readline(PIECE_BYTES)
        first = found.lstrip()
        start = file.tell() - len(found)
        if first or not found:
            break
    if not first.startswith(b"{") or _BATCH_KEY.search(first):
        return False
    file.seek(start)
    depth = 0
    for _, mark in islice(brackets(line_pieces(file)), MOST_BRACKETS):
        depth += 1 if mark in OPENING else -1
        if depth > _DEEPEST:
            return False
    return depth == 0


class Lines:
    """JSON Lines: one design a line; blank lines between them are left out."""

    def __init__(self, file: BinaryIO, what: str) -> None:
        self._count = 0
        for number, line in enumerate(_lines(file), 1):
            self._count += bool(line.strip())
            _require_few(self._count, what)
            if number > MOST_LINES:
                raise InputRefused(f"{what}: more than {MOST_LINES:,} lines; drop blanks.")

    def __len__(self) -> int:
        """Return how many designs there are."""
        return self._count

    def items(self, file: BinaryIO) -> Iterator[BatchItem]:
        """Read one line after another."""
        lines = (line for line in enumerate(_lines(file), 1) if line[1].strip())
        for index, (number, line) in enumerate(lines):
            yield BatchItem(index, None, line, f"Line {number}", f"line {number}")


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Read line by line; of one that is too long for a design only as much as tells so."""
    file.seek(0)
    longest = DESIGN_LIMITS.size_bytes + 1
    while line := file.readline(longest):
        yield line
        while len(line) == longest and not line.endswith(b"\n"):
            line = file.readline(longest)


class Document:
    """One JSON document with the designs in its list ``specs``."""

    def __init__(self, file: BinaryIO, what: str) -> None:
        places = _Places(file, what)
        plain = parse_strict(places.emptied(file, what), what, DESIGN_LIMITS)
        outline = _Outline.read(plain, what)
        self._names = outline.suggestion_ids
        self._count = len(outline.specs)
        _require_few(self._count, what)
        if self._names is not None and len(self._names) != self._count:
            raise InputRefused(
                f"{what}: suggestion_ids has {len(self._names)} entries, but specs has "
                f"{self._count}; give one id for each design or leave them out.",
                "suggestion_ids",
            )
        self._places = places
        self._no_objects = {
            index: canonical_bytes(spec) for index, spec in enumerate(outline.specs) if spec != {}
        }

    def __len__(self) -> int:
        """Return how many designs there are."""
        return self._count

    def items(self, file: BinaryIO) -> Iterator[BatchItem]:
        """Read one design after another from its place."""
        objects = self._places.read(file)
        for index in range(self._count):
            text = self._no_objects.get(index)
            path = f"specs[{index}]"
            name = None if self._names is None else self._names[index]
            yield BatchItem(index, name, next(objects) if text is None else text, path, path)


class _Places:
    """Where the objects inside the document's lists begin and end."""

    def __init__(self, file: BinaryIO, what: str) -> None:
        self._size_bytes = file.seek(0, 2)
        self._starts, self._ends = array("Q"), array("Q")
        depth = start = 0
        for number, (at, mark) in enumerate(brackets(pieces(file, self._size_bytes))):
            if number >= MOST_BRACKETS or depth > _DEEPEST:
                raise _too_much(what, at, depth)
            if mark in OPENING:
                if depth == _DESIGN_DEPTH and mark == b"{":
                    start = at
                depth += 1
                continue
            depth -= 1
            if depth == _DESIGN_DEPTH and mark == b"}":
                self._starts.append(start)
                self._ends.append(at + 1)
                _require_few(len(self._ends), what)

    def read(self, file: BinaryIO) -> Iterator[bytes]:
        """Read one object after another."""
        for start, end in zip(self._starts, self._ends, strict=True):
            file.seek(start)
            yield file.read(end - start)

    def emptied(self, file: BinaryIO, what: str) -> bytes:
        """Return the document with an empty object in each of those places: it is small."""
        gaps = zip((0, *self._ends), (*self._starts, self._size_bytes), strict=True)
        left_bytes = self._size_bytes + 2 * len(self._ends) + sum(self._starts) - sum(self._ends)
        require_size(left_bytes, what, DESIGN_LIMITS)
        parts = []
        for start, end in gaps:
            file.seek(start)
            parts.append(file.read(end - start))
        return b"{}".join(parts)


def _too_much(what: str, at: int, depth: int) -> InputRefused:
    if depth > _DEEPEST:
        rule = f"lists and objects are nested deeper than {_DEEPEST} levels"
    else:
        rule = f"more than {MOST_BRACKETS // 2:,} lists and objects; split the batch"
    return InputRefused(f"{what}: byte {at}: {rule}.")


def _require_few(count: int, what: str) -> None:
    if count > MOST_DESIGNS:
        raise InputRefused(
            f"{what}: holds more than {MOST_DESIGNS} designs, the most that one batch may hold; "
            "split it.",
            "specs",
        )
