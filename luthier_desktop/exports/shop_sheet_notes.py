"""What a shop sheet says in words, section by section, before it is laid out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Note(NamedTuple):
    """One item of a section: a number, sign or bold word before it, and what it says."""

    text: str
    mark: str = ""
    colour: str = ""


class Section(NamedTuple):
    """A heading and what stands below it."""

    title: str
    notes: tuple[Note, ...]


def numbered(texts: Iterable[str]) -> tuple[Note, ...]:
    """Return steps in order."""
    return tuple([Note(text, f"{number}.") for number, text in enumerate(texts, start=1)])


def bulleted(texts: Iterable[str]) -> tuple[Note, ...]:
    """Return points without an order."""
    return tuple([Note(text, "•") for text in texts])


def sections(found: Iterable[Section]) -> tuple[Section, ...]:
    """Return the sections that say something."""
    return tuple([section for section in found if section.notes])
