"""Brackets of a JSON document that is read piece by piece, those inside texts left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

PIECE_BYTES = 2**16
OPENING = (b"{", b"[")

_QUOTE = b'"'
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(")?|[{}\[\]]', re.DOTALL)


class Bracket(NamedTuple):
    """One bracket and its place in the document."""

    at: int
    mark: bytes


def pieces(file: BinaryIO, size_bytes: int) -> Iterator[bytes]:
    """Read the first *size_bytes* of a file."""
    file.seek(0)
    left = size_bytes
    while left and (piece := file.read(min(left, PIECE_BYTES))):
        left -= len(piece)
        yield piece


def line_pieces(file: BinaryIO) -> Iterator[bytes]:
    """Read on to the end of the line."""
    while piece := file.readline(PIECE_BYTES):
        yield piece
        if piece.endswith(b"\n"):
            return


def brackets(parts: Iterable[bytes]) -> Iterator[Bracket]:
    """Find the brackets outside texts, whatever the parts are that the document comes in."""
    before, kept = 0, b""
    for part in parts:
        data, kept = kept + part, b""
        for token in _TOKEN.finditer(data):
            mark = token.group()
            if not mark.startswith(_QUOTE):
                yield Bracket(before + token.start(), mark)
            elif token[1] is None:
                # The text goes on in the next part; a quote stands for what was read of it.
                kept = _QUOTE + data[token.end() :]
        before += len(data) - len(kept)
