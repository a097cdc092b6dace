"""The catalogue: what ships with the program, and the user's own entries beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
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

Entry = TypeVar("Entry", bound=Value)
Origin = Literal["shipped", "own"]
FOLDER = "workshop/catalogue"
"""Where a data directory keeps own entries."""

MOST_OWN_ENTRIES = 1000
_OWN_FILE = re.compile(r"([A-Za-z0-9_-]{1,64})\.json")


class Listed(NamedTuple, Generic[Entry]):
    """An entry and where it comes from."""

    entry: Entry
    origin: Origin


class Shelf(NamedTuple, Generic[Entry]):
    """The entries of one kind, and a sentence for each own file that was left out.

    *folder* is where own entries of this kind lie, each in a file ``{id}.json``.
    """

    kind: EntryKind[Entry]
    folder: Path
    entries: tuple[Listed[Entry], ...]
    problems: tuple[str, ...]

    def plain(self) -> list[dict[str, Any]]:
        """Return the entries as plain data, each with its ``origin``."""
        return [{**listed.entry.plain(), "origin": listed.origin} for listed in self.entries]


class Catalogue:
    """Reads materials, tools and machines; own entries lie in *folder* and are read once.

    An own file that cannot be read is told among the problems, and no other entry suffers. Bits
    and machines are imported when first asked for: the first look shows none.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def materials(self) -> Shelf[Material]:
        """Woods and inlay materials."""
        return self._shelf(MATERIAL, "materials", _read_materials)

    @cached_property
    def tools(self) -> Shelf[ToolEntry]:
        """Bits."""
        from luthier_desktop.domain.catalogue import TOOL, read_tools

        return self._shelf(TOOL, "tools", read_tools)

    @cached_property
    def machines(self) -> Shelf[MachineEntry]:
        """Machines, a router on a jig, and hands."""
        from luthier_desktop.domain.catalogue import MACHINE, read_machines

        return self._shelf(MACHINE, "machines", read_machines)

    def known_materials(self) -> MaterialCatalogue:
        """Return the materials as checks and drawings look them up."""
        return MaterialCatalogue(listed.entry for listed in self.materials.entries)

    def problems(self) -> list[str]:
        """Say of each own file of any kind that was left out why it was."""
        shelves = (self.materials.problems, self.tools.problems, self.machines.problems)
        return [problem for shelf in shelves for problem in shelf]

    def _shelf(
        self,
        kind: EntryKind[Entry],
        name: str,
        read: Callable[[Any, str], Sequence[Entry]],
    ) -> Shelf[Entry]:
        shipped = _shipped(paths.resource(f"catalogue/{name}.json"), read)
        taken = {kind.id_of(entry).casefold() for entry in shipped}
        entries = [Listed[Entry](entry, "shipped") for entry in shipped]
        problems = []
        folder = self._folder / name
        files, fault = _files(folder)
        for file in files:
            try:
                entries.append(Listed(_own(kind, file, taken), "own"))
            except LuthierError as error:
                problems.append(f"{error.sentence} It was left out.")
        return Shelf(kind, folder, tuple(entries), tuple(fault + problems))


@lru_cache(maxsize=8)
def _shipped(path: Path, read: Callable[[Any, str], Sequence[Entry]]) -> tuple[Entry, ...]:
    """Read what ships with the program once a process: it does not change while that runs."""
    found = take_in(path, "The catalogue")
    return tuple(read(found.plain, found.what))


def _read_materials(plain: Any, what: str) -> tuple[Material, ...]:
    return tuple(read_materials(plain, what))


def _files(folder: Path) -> tuple[list[Path], list[str]]:
    """List what lies in *folder* but hidden files; a sentence says what cannot be listed."""
    try:
        found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        return [], []
    except OSError as error:
        reason = error.strerror or error
        return [], [f"The own entries in {folder} cannot be listed ({reason}); none is used."]
    if len(found) <= MOST_OWN_ENTRIES:
        return found, []
    told = f"{folder} holds {len(found):,} files; only the first {MOST_OWN_ENTRIES:,} are read."
    return found[:MOST_OWN_ENTRIES], [told]


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
