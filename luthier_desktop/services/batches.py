"""Batches of designs: cut into single documents first, so that each is read by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from luthier_desktop.domain.base import ExternalId, Value
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.parsing import (
    BATCH_LIMITS,
    DESIGN_LIMITS,
    parse_strict,
    read_regular_file,
)

MOST_DESIGNS = 10_000
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)
_BATCH_KEY = re.compile(rb'"(specs|suggestion_ids)"\s*:')
_OPENING = (b"{", b"[")
_DESIGN_DEPTH = 2  # inside the document's object and its list


@dataclass(frozen=True)
class BatchItem:
    """One design of a batch, not read yet."""

    index: int
    suggestion_id: str | None
    data: bytes
    what: str
    path: str


@dataclass(frozen=True)
class BatchAnswer:
    """The answer to one design: a summary, or an error when it was refused."""

    index: int
    design_name: str | None
    summary: dict[str, Any] | None
    error: dict[str, Any] | None


class _Outline(Value):
    """The batch document with every design emptied."""

    specs: tuple[Any, ...]
    suggestion_ids: tuple[ExternalId, ...] | None = None


class Batches:
    """Reads batch files: one JSON document, or JSON Lines with one design a line."""

    most_bytes = BATCH_LIMITS.size_bytes

    def read(self, source: bytes | Path, what: str = "The batch") -> list[BatchItem]:
        """Cut a batch into its designs; they are not read yet.

        Raises:
            NotFound: There is no such file.
            InputRefused: The file as a whole is no batch; nothing of it is judged.
        """
        if isinstance(source, Path):
            what = f"The batch {shown(source.name)}"
            source = read_regular_file(source, what, BATCH_LIMITS)
        if len(source) > self.most_bytes:
            raise InputRefused(
                f"{what}: the document has more than {self.most_bytes:,} bytes; split it."
            )
        return list(_lines(source, what) if _is_lines(source) else _document(source, what))


def _is_lines(data: bytes) -> bool:
    """Whether the first line is an object by itself that is not a batch document."""
    first, _, _ = data.lstrip().partition(b"\n")
    return first.startswith(b"{") and _depth(first) == 0 and not _BATCH_KEY.search(first)


def _depth(data: bytes) -> int:
    tokens = _TOKEN.findall(data)
    return sum(token in _OPENING for token in tokens) - sum(t in (b"}", b"]") for t in tokens)


def _lines(data: bytes, what: str) -> Iterator[BatchItem]:
    lines = (line for line in enumerate(BytesIO(data), 1) if line[1].strip())
    for index, (number, line) in enumerate(lines):
        _require_few(index + 1, what)
        yield BatchItem(index, None, line, f"Line {number}", f"line {number}")


def _document(data: bytes, what: str) -> Iterator[BatchItem]:
    spans = _spans(data, what)
    outline = _Outline.read(parse_strict(_emptied(data, spans), what, DESIGN_LIMITS), what)
    names = outline.suggestion_ids
    if names is not None and len(names) != len(outline.specs):
        raise InputRefused(
            f"{what}: suggestion_ids has {len(names)} entries, but specs has "
            f"{len(outline.specs)}; give one id for each design or leave them out.",
            "suggestion_ids",
        )
    objects = iter(spans)
    for index, spec in enumerate(outline.specs):
        start, end = next(objects) if spec == {} else (0, 0)
        text = data[start:end] if end else canonical_bytes(spec)
        name = None if names is None else names[index]
        yield BatchItem(index, name, text, f"specs[{index}]", f"specs[{index}]")


def _spans(data: bytes, what: str) -> list[tuple[int, int]]:
    """Find where the objects inside the document's lists begin and end."""
    spans = []
    depth = start = 0
    for token in _TOKEN.finditer(data):
        mark = token.group()
        if mark in _OPENING:
            if depth == _DESIGN_DEPTH and mark == b"{":
                start = token.start()
            depth += 1
        elif mark in (b"}", b"]"):
            depth -= 1
            if depth == _DESIGN_DEPTH and mark == b"}":
                spans.append((start, token.end()))
                _require_few(len(spans), what)
    return spans


def _require_few(count: int, what: str) -> None:
    if count > MOST_DESIGNS:
        raise InputRefused(
            f"{what}: holds more than {MOST_DESIGNS} designs, the most that one batch may hold; "
            "split it.",
            "specs",
        )


def _emptied(data: bytes, spans: list[tuple[int, int]]) -> bytes:
    """Replace each of those objects by an empty one, so that the outline is small."""
    parts = []
    position = 0
    for start, end in spans:
        parts += [data[position:start], b"{}"]
        position = end
    return b"".join([*parts, data[position:]])
