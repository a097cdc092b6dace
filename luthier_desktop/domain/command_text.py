"""Commands of ``luthier`` as text that a shell reads as it is meant, whatever a name holds."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import Literal

from luthier_desktop.domain.display import in_full
from luthier_desktop.domain.run import RunQuery

Shell = Literal["posix", "windows"]
_VALUES = (
    "mode",
    "tool",
    "risk",
    "status",
    "source",
    "event",
    "operator",
    "material",
    "design",
    "tag",
)
_MOST_LISTED = 1000
_ONE_LINE = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SINGLE_QUOTES = re.compile("(['\u2018\u2019\u201a\u201b])")
_SAFE_ON_WINDOWS = re.compile(r"[A-Za-z0-9_.:/\\@+=-]+")


def list_command(query: RunQuery, data_dir: str = "", shell: Shell = "posix") -> str:
    """Return the command that lists what *query* asks for; *data_dir* "" is the usual one."""
    words = ["luthier", "logs", "recent"]
    for name in _VALUES:
        for value in getattr(query, name):
            words += _option(name, value.lower() if name == "risk" else value)
    for name in ("text", "since", "until"):
        value = getattr(query, name)
        words += _option(name, value) if value else []
    words += ["--hidden"] if query.hidden else []
    words += _option("sort", query.sort) if query.sort != "seq" else []
    words += ["--reverse"] if query.reverse else []
    words += _option("limit", str(_MOST_LISTED))
    return command_line([*words, *_place(data_dir)], shell)


def run_command(verb: str, run_id: str, data_dir: str = "", shell: Shell = "posix") -> str:
    """Return the command that does *verb*, such as ``show``, with one run."""
    return command_line(["luthier", "logs", verb, run_id, *_place(data_dir)], shell)


def command_line(words: Sequence[str], shell: Shell = "posix") -> str:
    """Join *words* as a shell takes them apart again; on one line, with nothing hidden."""
    quote = _quoted if shell == "posix" else _quoted_for_windows
    return " ".join(quote(word.replace("\0", " ")) for word in words)


def _option(name: str, value: str) -> list[str]:
    # A value that begins like an option is joined to its own.
    return [f"--{name}={value}"] if value.startswith("-") else [f"--{name}", value]


def _place(data_dir: str) -> list[str]:
    return ["--data-dir", data_dir] if data_dir else []


def _quoted(word: str) -> str:
    if in_full(word) == word:
        return shlex.quote(word)
    return "$'" + "".join(map(_escaped, word)) + "'"


def _escaped(character: str) -> str:
    if character in "\\'":
        return f"\\{character}"
    if in_full(character) == character:
        return character
    return _ONE_LINE.get(character) or f"\\U{ord(character):08x}"


def _quoted_for_windows(word: str) -> str:
    """Quote for PowerShell: nothing is read within single quotes but their doubles.

    It hands a double quote on only behind a backslash.
    """
    if _SAFE_ON_WINDOWS.fullmatch(word):
        return word
    doubled = _SINGLE_QUOTES.sub(r"\1\1", word)
    return "'" + re.sub(r'(\\*)"', r'\1\1\\"', doubled) + "'"
