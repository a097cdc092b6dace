"""Brackets of a JSON document that is read piece by piece, those inside texts left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from luthier_desktop.storage.json_quotes import without_escapes

PIECE_BYTES = 2**16
OPENING = (b"{", b"[")

_QUOTE = b'"'
_LONE_BACKSLASH = b"\\"
_BEGUN = rb'"[^"]*+'
_BETWEEN = rb'[^"{}\[\]]*+'
_TOKEN = re.compile(rb"%b(?:%b\"%b)*([{}\[\]]|%b)?" % (_BETWEEN, _BEGUN, _BETWEEN, _BEGUN))
"""What stands before a bracket, whole texts among it, in one go; then the bracket."""


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


def brackets(parts: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Find the brackets outside texts, and the place of each; the parts may end anywhere."""
    before, kept = 0, b""
    for part in parts:
        data, kept = without_escapes(kept + part), b""
        # An escape that the part cuts in two is read with the next part.
        end = len(data) - data.endswith(_LONE_BACKSLASH)
        for token in _TOKEN.finditer(data, 0, end):
            mark = token[1]
            if mark is None:
                continue
            if not mark.startswith(_QUOTE):
                yield before + token.start(1), mark
            else:
                # The text goes on in the next part; a quote stands for what was read of it.
                kept = _QUOTE
        kept += data[end:]
        before += len(data) - len(kept)
