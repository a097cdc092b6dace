"""The files of a data directory that the web ToolBox wrote; nothing in it is changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused, NotFound
from luthier_desktop.domain.legacy.found import Kind
from luthier_desktop.storage.incoming import Incoming, take_in
from luthier_desktop.storage.layout import BACKUPS, RUNS, SNAPSHOTS, STORE_FILE
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.parsing import MIB, Limits

MOST_FILES = 100_000
LEGACY_LIMITS = Limits(size_bytes=2 * MIB, nodes=200_000, text_characters=2 * MIB)
"""So large a record can be kept as one text in a record of ours."""

_KINDS: tuple[tuple[str, Kind], ...] = (
    (RUNS, "run"),
    (SNAPSHOTS, "snapshot"),
    (BACKUPS, "backup"),
)
_LISTS = frozenset({"_index.json", "_attachment_recent.json"})
_LIST = "a list that was made from the records; they are read themselves"


@dataclass(frozen=True)
class LegacyFile:
    """One file that should be a record: its path inside the data directory."""

    path: str
    kind: Kind
    real: Path

    @property
    def folder(self) -> str:
        """The name of the folder that it lies in."""
        return self.path.split("/")[-2]

    @property
    def stem(self) -> str:
        """The name of the file without its ending."""
        return self.real.stem

    def read(self) -> Incoming:
        """Return the document in the file.

        Raises:
            InputRefused: It is no strict JSON within its size, or cannot be read.
            NotFound: It is gone.
        """
        return take_in(self.real, "The record", LEGACY_LIMITS)


class Skipped(NamedTuple):
    """What was not imported, and why; a fault is something that looks like a record."""

    path: str
    reason: str
    is_fault: bool = False


class LegacyFolder(NamedTuple):
    """What a data directory holds, in the order of its paths."""

    files: tuple[LegacyFile, ...]
    skipped: tuple[Skipped, ...]


def look_through(folder: Path, calls: OsCalls = OS) -> LegacyFolder:
    """List the records in *folder* without reading them.

    Raises:
        NotFound: There is no such folder.
        InputRefused: It is no data directory of the web ToolBox, or holds too many files.
    """
    name = shown(str(folder), 300)
    entries = _entries(folder, name, calls)
    if any(entry.name == STORE_FILE for entry in entries):
        raise InputRefused(
            f"{name} is a log of this program, not the data directory of the web ToolBox."
        )
    walk = _Walk(calls)
    for at, kind in _KINDS:
        walk.look_into(folder, at, kind)
    if not walk.is_known:
        places = ", ".join(at for at, _ in _KINDS)
        raise InputRefused(
            f"{name} is no data directory of the web ToolBox: it has none of the folders "
            f"{places}. Give the folder that holds them."
        )
    walk.name_others(folder)
    return LegacyFolder(tuple(walk.files), tuple(walk.skipped))


class _Walk:
    """Collects files and what is left out."""

    def __init__(self, calls: OsCalls) -> None:
        self._calls = calls
        self._seen = 0
        self.files: list[LegacyFile] = []
        self.skipped: list[Skipped] = []
        self.is_known = False

    def look_into(self, folder: Path, at: str, kind: Kind) -> None:
        """List one kind; the runs lie one folder deeper than the others."""
        real = folder / at
        if any(each.is_symlink() for each in (real, real.parent)):
            self._skip(at, "a link, which is not followed", is_fault=True)
            self.is_known = True
            return
        if not real.is_dir():
            return
        self.is_known = True
        for entry in self._sorted(real, at):
            path = f"{at}/{entry.name}"
            if kind == "run" and entry.is_dir(follow_symlinks=False):
                for inner in self._sorted(Path(entry.path), path):
                    self._take(f"{path}/{inner.name}", inner, kind)
            else:
                self._take(path, entry, kind)

    def name_others(self, folder: Path) -> None:
        """Name what else lies in the folders above the records."""
        looked_at = {at for at, _ in _KINDS}
        above = {at.partition("/")[0] for at in looked_at}
        for prefix, place in (("", folder), *((f"{at}/", folder / at) for at in sorted(above))):
            if not place.is_dir() or place.is_symlink():
                continue
            for entry in self._sorted(place, prefix):
                path = f"{prefix}{entry.name}"
                if path not in looked_at | above:
                    self._skip(path, "not one of the places where runs, snapshots or backups lie")

    def _take(self, path: str, entry: os.DirEntry[str], kind: Kind) -> None:
        if entry.is_symlink():
            self._skip(path, "a link, which is not followed", is_fault=True)
        elif entry.is_dir(follow_symlinks=False):
            self._skip(path, "a folder where only files are expected", is_fault=True)
        elif entry.name in _LISTS:
            self._skip(path, _LIST)
        elif not entry.name.endswith(".json"):
            self._skip(path, "no JSON file, so no record")
        else:
            self.files.append(LegacyFile(path, kind, Path(entry.path)))

    def _skip(self, path: str, reason: str, *, is_fault: bool = False) -> None:
        self.skipped.append(Skipped(shown(path, 300), reason, is_fault))

    def _sorted(self, place: Path, path: str) -> Iterator[os.DirEntry[str]]:
        try:
            entries = self._calls.scandir(place)
        except OSError as error:
            self._skip(path, f"it cannot be read ({error.strerror or error})", is_fault=True)
            return
        self._seen += len(entries)
        if self._seen > MOST_FILES:
            raise InputRefused(
                f"This data directory has more than {MOST_FILES:,} files; import it in parts, "
                "each with the same folders."
            )
        yield from sorted(entries, key=_name)


def _entries(folder: Path, name: str, calls: OsCalls) -> list[os.DirEntry[str]]:
    try:
        return calls.scandir(folder)
    except FileNotFoundError:
        raise NotFound(f"There is no folder {name}; check its name.") from None
    except OSError as error:
        raise InputRefused(
            f"{name} cannot be read as a folder ({error.strerror or error})."
        ) from None


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name
