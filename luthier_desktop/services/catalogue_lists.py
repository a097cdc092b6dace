"""Lists of catalogue entries as files: JSON of every kind, CSV of tools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from luthier_desktop.domain.base import Value
from luthier_desktop.domain.entries import read_each
from luthier_desktop.domain.errors import Conflict, InputRefused
from luthier_desktop.services.catalogue import MOST_OWN_ENTRIES, Shelf
from luthier_desktop.services.catalogue_book import Draft, kind_of
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.incoming import named, read_regular_file
from luthier_desktop.storage.parsing import MIB, Limits, parse_strict
from luthier_desktop.storage.workshop_rows import ShelfName

ListForm = Literal["json", "csv"]
_LIMITS = Limits(size_bytes=8 * MIB, nodes=400_000)


def read_list(
    shelf: Shelf[Any], kind: ShelfName, source: bytes | Path, form: ListForm | None
) -> tuple[Sequence[Value], str]:
    """Read the entries of a list, and the hash of its bytes.

    Raises:
        NotFound: There is no such file.
        InputRefused: It is no such list; the sentence says where.
    """
    what = f"The list of {kind}"
    if isinstance(source, Path):
        form = form or ("csv" if source.suffix.casefold() == ".csv" else "json")
        what = named(what, source)
        source = read_regular_file(source, what, _LIMITS)
    if len(source) > _LIMITS.size_bytes:
        raise InputRefused(f"{what}: it is larger than 8 MiB; split it into several.")
    entries = (
        _read_csv(shelf, kind, source, what)
        if form == "csv"
        else _read_json(shelf, kind, source, what)
    )
    if len(entries) > MOST_OWN_ENTRIES:
        raise InputRefused(
            f"{what}: it has {len(entries):,} entries; at most {MOST_OWN_ENTRIES:,} are brought "
            "in at once. Split it into several."
        )
    return entries, sha256_hex(source)


def require_importable(
    shelf: Shelf[Any], entries: Iterable[Value]
) -> tuple[list[Draft], tuple[str, ...]]:
    """Return what of *entries* is new or other than here, and the ids of what is the same.

    Raises:
        Conflict: An entry ships with other content, is locked, or differs in its letter case.
    """
    here = {shelf.kind.id_of(one.entry).casefold(): one for one in shelf.entries}
    drafts, same = [], []
    for entry in entries:
        entry_id = shelf.kind.id_of(entry)
        listed = here.get(entry_id.casefold())
        if listed is None:
            drafts.append(Draft(entry, None, brought_in=True))
            here[entry_id.casefold()] = shelf.entries[0]._replace(entry=entry, origin="own")
        elif listed.entry == entry:
            same.append(entry_id)
        elif listed.origin == "shipped" or shelf.kind.id_of(listed.entry) != entry_id:
            raise Conflict(
                f"The list was not brought in: there is another {shelf.kind.word} "
                f"{shelf.kind.id_of(listed.entry)} already; give this one another id."
            )
        elif listed.locked:
            raise Conflict(
                f"The list was not brought in: the {shelf.kind.word} {entry_id} is locked; "
                "unlock it first."
            )
        else:
            drafts.append(Draft(entry, listed.entry, brought_in=True))
    return drafts, tuple(same)


def list_bytes(kind: ShelfName, entries: Sequence[Any], form: ListForm) -> bytes:
    """Return the file of a list.

    Raises:
        InputRefused: CSV is asked of materials or machines.
    """
    if form == "csv":
        _require_tools(kind)
        from luthier_desktop.domain.tool_table import written

        return written(entries)
    return canonical_bytes(
        {"schema": f"luthier.{kind}/1", kind: [entry.plain() for entry in entries]}
    )


def _read_json(shelf: Shelf[Any], kind: ShelfName, data: bytes, what: str) -> Sequence[Value]:
    plain, of = parse_strict(data, what, _LIMITS), kind_of(kind)
    if not isinstance(plain, dict):
        raise InputRefused(f"{what}: must be an object with named members.")
    schema = plain.get("schema")
    if schema == of.schema:
        return read_each(of, [{name: plain[name] for name in plain if name != "schema"}], what)
    if schema != f"luthier.{kind}/1" or not isinstance(plain.get(kind), list):
        raise InputRefused(
            f'{what}: schema must be "luthier.{kind}/1" with a list "{kind}", or "{of.schema}".',
            "schema",
        )
    for name in plain:
        if name not in ("schema", "remark", kind):
            raise InputRefused(f"{what}: {name[:64]!r} is not a known member; remove it.", name)
    return read_each(of, plain[kind], what)


def _read_csv(shelf: Shelf[Any], kind: ShelfName, data: bytes, what: str) -> Sequence[Value]:
    _require_tools(kind)
    from luthier_desktop.domain.tool_table import read_table

    known = {listed.entry.tool_id: listed.entry for listed in shelf.entries}
    return read_table(data, what, known, "brought in with a list")


def _require_tools(kind: ShelfName) -> None:
    if kind != "tools":
        raise InputRefused(f"Only tools stand in a CSV list; {kind} are written as JSON.")
