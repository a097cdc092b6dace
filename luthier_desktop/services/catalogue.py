"""The catalogue: what ships with the program, and the user's own entries beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, TypeVar

from luthier_desktop import paths
from luthier_desktop.domain.base import Value
from luthier_desktop.domain.entries import EntryKind, read_alone
from luthier_desktop.domain.errors import InputRefused, LuthierError
from luthier_desktop.domain.materials import (
    MATERIAL,
    Material,
    MaterialCatalogue,
    read_materials,
)
from luthier_desktop.storage.incoming import named, take_in

if TYPE_CHECKING:
    from luthier_desktop.domain.catalogue import MachineEntry, ToolEntry
    from luthier_desktop.services.workshop_state import WorkshopState
    from luthier_desktop.storage.ledger import StoredFile
    from luthier_desktop.storage.workshop_rows import EntryRow, ShelfName

Entry = TypeVar("Entry", bound=Value)
Origin = Literal["shipped", "own"]
FOLDER = "workshop/catalogue"
"""Where a data directory keeps own entries."""

MOST_OWN_ENTRIES = 1000
_KINDS = ("materials", "tools", "machines")
_OWN_FILE = re.compile(r"([A-Za-z0-9_-]{1,64})\.json")
_VERSION = re.compile(r"[A-Za-z0-9_-]{1,64}\.[0-9]{1,6}\.json")
"""A later version of an entry; without an event a change left it that was cut off."""


class Listed(NamedTuple, Generic[Entry]):
    """An entry and where it comes from."""

    entry: Entry
    origin: Origin
    locked: bool = False


class Shelf(NamedTuple, Generic[Entry]):
    """The entries of one kind, and a sentence for each own file that was left out.

    *folder* is where own entries of this kind lie, each in a file ``{id}.json``.
    """

    kind: EntryKind[Entry]
    folder: Path
    entries: tuple[Listed[Entry], ...]
    problems: tuple[str, ...]

    def plain(self) -> list[dict[str, Any]]:
        """Return the entries as plain data, each with its ``origin``; ``locked`` where one is."""
        return [
            {**listed.entry.plain(), "origin": listed.origin, **_lock(listed)}
            for listed in self.entries
        ]

    def get(self, entry_id: str) -> Listed[Entry] | None:
        """Return the entry with this id, or None."""
        of_id = (each for each in self.entries if self.kind.id_of(each.entry) == entry_id)
        return next(of_id, None)


class Catalogue:
    """Materials, tools and machines: what ships, and one's own in *folder*.

    An own file that cannot be read is told among the problems, and no other entry suffers. Bits
    and machines are imported when first asked for: the first look shows none. What was read stays
    until `look` finds a change; that needs the store, all else may be asked on any thread.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told: Callable[[], WorkshopState] | None = None
        self._entries: Mapping[tuple[ShelfName, str], EntryRow] = {}
        self._files: Mapping[str, StoredFile] = {}
        self._times: tuple[int, ...] = ()
        self._shelves: dict[ShelfName, Shelf[Any]] = {}
        self._woods: MaterialCatalogue | None = None
        self._read: dict[tuple[str, str], Any] = {}

    @property
    def folder(self) -> Path:
        """Where own entries lie, in a folder for each kind."""
        return self._folder

    def kind(self, name: ShelfName) -> EntryKind[Any]:
        """Return what an entry of a shelf is made of."""
        shelf: Shelf[Any] = getattr(self, name)
        return shelf.kind

    def follow(self, told: Callable[[], WorkshopState]) -> None:
        """Let `look` ask *told* what the ledger tells of own entries."""
        self._told = told

    def look(self) -> bool:
        """Find out what was changed since the last look; tell whether anything was."""
        times = tuple(_changed_ns(self._folder / name) for name in _KINDS)
        entries, files = self._entries, self._files
        if self._told is not None:
            state = self._told()
            entries, files = state.entries, state.files
        if entries == self._entries and times == self._times:
            return False
        self._entries, self._files, self._times = entries, files, times
        self._shelves, self._woods = {}, None
        return True

    @property
    def materials(self) -> Shelf[Material]:
        """Woods and inlay materials."""
        return self._shelf(MATERIAL, "materials", _read_materials)

    @property
    def tools(self) -> Shelf[ToolEntry]:
        """Bits."""
        from luthier_desktop.domain.catalogue import TOOL, read_tools

        return self._shelf(TOOL, "tools", read_tools)

    @property
    def machines(self) -> Shelf[MachineEntry]:
        """Machines, a router on a jig, and hands."""
        from luthier_desktop.domain.catalogue import MACHINE, read_machines

        return self._shelf(MACHINE, "machines", read_machines)

    def known_materials(self) -> MaterialCatalogue:
        """Return the materials as checks and drawings look them up."""
        woods = self._woods
        if woods is None:
            woods = MaterialCatalogue(listed.entry for listed in self.materials.entries)
            self._woods = woods
        return woods

    def woods_now(self) -> MaterialCatalogue:
        """Return the materials after a look for changes."""
        self.look()
        return self.known_materials()

    def problems(self) -> list[str]:
        """Say of each own file of any kind that was left out why it was."""
        shelves = (self.materials.problems, self.tools.problems, self.machines.problems)
        return [problem for shelf in shelves for problem in shelf]

    def _shelf(
        self,
        kind: EntryKind[Entry],
        name: ShelfName,
        read: Callable[[Any, str], Sequence[Entry]],
    ) -> Shelf[Entry]:
        found: Shelf[Entry] | None = self._shelves.get(name)
        if found is None:
            shelves = self._shelves
            shipped = _shipped(paths.resource(f"catalogue/{name}.json"), read)
            found = self._with_own(kind, name, shipped)
            shelves[name] = found
        return found

    def _with_own(
        self, kind: EntryKind[Entry], name: ShelfName, shipped: Sequence[Entry]
    ) -> Shelf[Entry]:
        taken = {kind.id_of(entry).casefold() for entry in shipped}
        own, problems = self._held(kind, name)
        folder = self._folder / name
        files, fault = _files(folder, self._files)
        for file in files:
            try:
                if not _is_taken_over(file, self._entries.get((name, file.stem)), kind):
                    own.append(Listed(_own(kind, file, taken), "own"))
            except LuthierError as error:
                problems.append(f"{error.sentence} It was left out.")
        own.sort(key=lambda listed: kind.id_of(listed.entry))
        entries = [Listed[Entry](entry, "shipped") for entry in shipped]
        return Shelf(kind, folder, (*entries, *own), tuple(fault + problems))

    def _held(
        self, kind: EntryKind[Entry], name: ShelfName
    ) -> tuple[list[Listed[Entry]], list[str]]:
        """Read the entries whose documents the ledger tells of."""
        found, problems = [], []
        for (of, entry_id), row in self._entries.items():
            if of != name or row.path is None:
                continue
            try:
                entry = self.document(kind, entry_id, row.path)
                found.append(Listed(entry, "own", row.locked))
            except LuthierError as error:
                problems.append(f"{error.sentence} It was left out.")
        return found, problems

    def document(self, kind: EntryKind[Entry], entry_id: str, path: str) -> Entry:
        """Return what the document of an own entry says, as of the last look.

        Raises:
            InputRefused: It is missing, damaged, or no event tells of it.
        """
        what, file = f"Your own {kind.word} {entry_id}", self._files.get(path)
        if file is None:
            raise InputRefused(f"{what}: no event tells of its file; restore a backup.")
        known: Entry | None = self._read.get((file.path, file.sha256))
        if known is None:
            data = _proven(self._folder.parent.parent / file.path, file, what)
            known = _entry(kind, data, entry_id, what)
            self._read[file.path, file.sha256] = known
        return known


def _lock(listed: Listed[Any]) -> dict[str, bool]:
    return {"locked": True} if listed.locked else {}


@lru_cache(maxsize=8)
def _shipped(path: Path, read: Callable[[Any, str], Sequence[Entry]]) -> tuple[Entry, ...]:
    """Read what ships with the program once a process: it does not change while that runs."""
    found = take_in(path, "The catalogue")
    return tuple(read(found.plain, found.what))


def _read_materials(plain: Any, what: str) -> tuple[Material, ...]:
    return tuple(read_materials(plain, what))


def _files(folder: Path, known: Container[str]) -> tuple[list[Path], list[str]]:
    """List what was put into *folder* by hand; a sentence says what cannot be listed."""
    logical = f"{FOLDER}/{folder.name}"
    try:
        found = sorted(
            path
            for path in folder.iterdir()
            if not path.name.startswith(".")
            and not _VERSION.fullmatch(path.name)
            and f"{logical}/{path.name}" not in known
        )
    except FileNotFoundError:
        return [], []
    except OSError as error:
        reason = error.strerror or error
        return [], [f"The own entries in {folder} cannot be listed ({reason}); none is used."]
    if len(found) <= MOST_OWN_ENTRIES:
        return found, []
    told = f"{folder} holds {len(found):,} files; only the first {MOST_OWN_ENTRIES:,} are read."
    return found[:MOST_OWN_ENTRIES], [told]


def _changed_ns(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _entry(kind: EntryKind[Entry], data: bytes, entry_id: str, what: str) -> Entry:
    """Read a document that the program wrote itself: not as slowly as a stranger's.

    In canonical form the schema stands where no text can hold the same signs.
    """
    schema = f'"schema":"{kind.schema}",'.encode()
    try:
        entry = kind.model.model_validate_json(data.replace(schema, b"", 1))
    except ValueError:
        return read_alone(kind, take_in(data, what).plain, entry_id, what)
    if schema not in data or kind.id_of(entry) != entry_id:
        return read_alone(kind, take_in(data, what).plain, entry_id, what)
    return entry


def _proven(path: Path, file: StoredFile, what: str) -> bytes:
    """Return the bytes of a document when they are those that the ledger recorded."""
    from luthier_desktop.storage.atomic import read_file
    from luthier_desktop.storage.canonical import sha256_hex

    try:
        data = read_file(path, most=file.size_bytes)
    except OSError as error:
        reason = error.strerror or error
        raise InputRefused(
            f"{what} cannot be read ({reason}): {path}. Restore it from a backup."
        ) from None
    if sha256_hex(data) != file.sha256:
        raise InputRefused(
            f"{what}: {path.name} was changed outside of the program. Restore it from a backup, "
            "or bring the change in: luthier catalogue import FILE."
        )
    return data


def _is_taken_over(file: Path, row: EntryRow | None, kind: EntryKind[Any]) -> bool:
    """Tell whether the program knows what the file says, and has something newer.

    Raises:
        InputRefused: The file was changed by hand since.
    """
    if row is None:
        return False
    what = f"Your own {kind.word}"
    if take_in(file, what).sha256 == row.hand_sha256:
        return True
    raise InputRefused(
        f"{named(what, file)} was put there by hand after the program has changed this entry, so "
        "it is not used; bring it in: luthier catalogue import FILE."
    )


def _own(kind: EntryKind[Entry], file: Path, taken: set[str]) -> Entry:
    kind_of_file = f"Your own {kind.word}"
    what = named(kind_of_file, file)
    name = _OWN_FILE.fullmatch(file.name)
    if name is None:
        raise InputRefused(
            f"{what}: its name must be the id of the {kind.word} and .json, such as "
            f"my_{kind.word}.json."
        )
    plain = take_in(file, kind_of_file).plain
    entry = read_alone(kind, plain, name.group(1), what)
    if kind.id_of(entry).casefold() in taken:
        raise InputRefused(
            f"{what}: a {kind.word} of this id ships with the program; choose another id, in "
            "the file and in its name."
        )
    return entry
