"""Text as it leaves the program: in machine files, CSV, XML and file names.

What a stranger wrote stays text there: it ends no comment, adds no line, starts no formula.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST_MACHINE_NAME = 40
LONGEST_SLUG = 40
CSV_MARK = "\ufeff"
"""Begins a CSV file, so that Excel reads it as UTF-8."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NO_MACHINE_CHARACTER = re.compile(r"[^A-Za-z0-9 _.-]")
_NO_XML_CHARACTER = re.compile(
    "[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
)
_XML_SIGNS = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": "&#13;",
     "\n": "&#10;", "\t": "&#9;"}
)
_NO_SLUG_CHARACTER = re.compile(r"[^a-z0-9]+")
_EXTENSION = re.compile(r"\.[a-z0-9]{1,12}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)

Cell = str | int | float | bool | None


def machine_name(text: str) -> str:
    """Return *text* for a comment of a machine file: plain letters, at most 40 characters.

    A bracket, a line end, ``;`` or ``%`` would end the comment, and what follows it would move
    the machine.
    """
    name = _NO_MACHINE_CHARACTER.sub("_", text[:LONGEST_MACHINE_NAME])
    return name.strip() or "_"


def csv_line(cells: Iterable[Cell]) -> str:
    """Return one line of a CSV file (RFC 4180), its end included; every cell is quoted."""
    return ",".join(map(csv_cell, cells)) + "\r\n"


def csv_cell(value: Cell) -> str:
    """Return one quoted cell; a text that a spreadsheet would take for a formula gets a ``'``.

    Numbers are written from numbers, so that -1.5 stays one.
    """
    if isinstance(value, str):
        text = value.replace("\0", "").encode("utf-8", "ignore").decode()
        text = f"'{text}" if text.startswith(_FORMULA) else text
    elif isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"'


def xml_text(text: str) -> str:
    """Return *text* for an element or an attribute: escaped, without what XML 1.0 forbids."""
    return xml_legal(text).translate(_XML_SIGNS)


def xml_legal(text: str) -> str:
    """Return *text* without what XML 1.0 forbids, for a writer that escapes by itself."""
    return _NO_XML_CHARACTER.sub("", text)


def suggested_file_name(name: str, id_: str, extension: str) -> str:
    """Suggest a file name: what is left of a name, and the id; legal on every system.

    Raises:
        ValueError: The id or the extension, which are ours, are not such.
    """
    if not _ID.fullmatch(id_) or not _EXTENSION.fullmatch(extension):
        raise ValueError(f"{id_!r} and {extension!r} make no file name")
    words = slug(name)
    return f"{words}-{id_}{extension}" if words else f"{id_}{extension}"


def slug(text: str) -> str:
    """Return the plain letters and digits of *text*, joined by hyphens; "" when none is left."""
    letters = unicodedata.normalize("NFKD", text[: 4 * LONGEST_SLUG]).encode("ascii", "ignore")
    words = _NO_SLUG_CHARACTER.sub("-", letters.decode().lower()).strip("-")
    return words[:LONGEST_SLUG].rstrip("-")


def is_reserved(file_name: str) -> bool:
    """Whether Windows takes this name for a device, or drops its end."""
    stem = file_name.split(".")[0].rstrip(" ").casefold()
    return stem in _RESERVED or file_name.endswith((".", " "))
