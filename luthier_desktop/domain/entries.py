"""Reading lists of catalogue entries one by one, so that a refusal names the faulty one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from luthier_desktop.domain.base import Value, shown
from luthier_desktop.domain.errors import InputRefused

Entry = TypeVar("Entry", bound=Value)
ShelfName = Literal["materials", "tools", "machines"]
"""A kind of catalogue entry, as its folder is named."""


@dataclass(frozen=True)
class EntryKind(Generic[Entry]):
    """A kind of entry: its model, its ``..._id``, and the schema of a file that holds one."""

    model: type[Entry]
    id_member: str
    schema: str

    @property
    def word(self) -> str:
        """The kind in one word, such as ``tool``."""
        return self.id_member.removesuffix("_id")

    def id_of(self, entry: Entry) -> str:
        """Return the id of *entry*."""
        return str(getattr(entry, self.id_member))


def read_each(kind: EntryKind[Entry], entries: Sequence[Any], what: str) -> tuple[Entry, ...]:
    """Read the *entries* of one file.

    Raises:
        InputRefused: A member is missing, unknown or out of range, or an id stands twice; the
            sentence names the file, the entry and the field.
    """
    found: dict[str, Entry] = {}
    for position, plain in enumerate(entries):
        entry = kind.model.read(plain, f"{what}, {kind.word} {_named(kind, plain, position)}")
        entry_id = kind.id_of(entry)
        if entry_id in found:
            raise InputRefused(
                f"{what}, {kind.word} {entry_id}: {kind.id_member} stands twice; "
                "remove one of the two.",
                kind.id_member,
            )
        found[entry_id] = entry
    return tuple(found.values())


def read_alone(kind: EntryKind[Entry], plain: Any, file_stem: str, what: str) -> Entry:
    """Read an entry that has a file of its own, named like its id.

    Raises:
        InputRefused: The schema is not that of the kind, the id is not *file_stem*, or a member is
            missing, unknown or out of range; the sentence names the field.
    """
    if not isinstance(plain, dict):
        raise InputRefused(f"{what}: must be an object with named members.")
    if plain.get("schema") != kind.schema:
        given = shown(plain["schema"]) if "schema" in plain else "missing"
        raise InputRefused(f'{what}: schema must be "{kind.schema}", but is {given}.', "schema")
    entry = kind.model.read({name: plain[name] for name in plain if name != "schema"}, what)
    entry_id = kind.id_of(entry)
    if entry_id != file_stem:
        raise InputRefused(
            f"{what}: {kind.id_member} is {entry_id!r}, so the file must be named "
            f"{entry_id}.json.",
            kind.id_member,
        )
    return entry


def _named(kind: EntryKind[Entry], plain: Any, position: int) -> str:
    named = plain.get(kind.id_member) if isinstance(plain, dict) else None
    if isinstance(named, str):
        return named[:64]
    return f"{kind.word}s[{position}]"
