"""The list in a full backup: each file with its size and hash, and what it is a backup of.

The list holds a hash of itself, so that no bit of it can change unseen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused, NotFound
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.incoming import read_regular_file
from luthier_desktop.storage.parsing import MIB, Limits, parse_strict

MANIFEST = "MANIFEST.json"
DATA = "data"
FULL_SCHEMA = "luthier.fullbackup/1"
LIMITS = Limits(size_bytes=256 * MIB, nodes=8_000_000, key_characters=1000, members=2_000_000)
"""A million files and their places."""
_SCHEMA = re.compile(r"luthier\.fullbackup/([1-9][0-9]{0,5})")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEMBERS = frozenset(
    {
        *("schema", "store_id", "created_at_utc", "app_version", "events", "checkpoint"),
        *("moved", "faults", "left_out", "files", "sha256"),
    }
)


class Fault(NamedTuple):
    """What is wrong with one file; the empty path stands for the whole."""

    path: str
    message: str

    def plain(self) -> dict[str, str]:
        """Return it as it is told."""
        return {"path": self.path, "message": self.message}


class Kept(NamedTuple):
    """One file of a backup: its size and hash."""

    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a full backup holds; *files* by their path inside the data directory.

    *faults* were in the log itself when the backup was made, and *left_out* lay in it although no
    event told of it. *moved* are the folders that lay elsewhere.
    """

    store_id: str
    created_at_utc: str
    app_version: str
    events: int
    checkpoint: dict[str, Any] | None = None
    moved: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    left_out: tuple[str, ...] = ()
    files: dict[str, Kept] = field(default_factory=dict)

    @property
    def size_bytes(self) -> int:
        """How large its files are together."""
        return sum(kept.size_bytes for kept in self.files.values())

    def data(self) -> bytes:
        """Return the bytes of the list."""
        document = self._plain()
        return canonical_bytes({**document, "sha256": sha256_hex(canonical_bytes(document))})

    def _plain(self) -> dict[str, Any]:
        return {
            "schema": FULL_SCHEMA,
            "store_id": self.store_id,
            "created_at_utc": self.created_at_utc,
            "app_version": self.app_version,
            "events": self.events,
            "checkpoint": self.checkpoint,
            "moved": list(self.moved),
            "faults": [fault.plain() for fault in self.faults],
            "left_out": list(self.left_out),
            "files": {path: list(kept) for path, kept in self.files.items()},
        }


def read_manifest(folder: Path) -> Manifest:
    """Read the list of the full backup in *folder*.

    Raises:
        NotFound: There is no such folder.
        InputRefused: It holds no full backup, one of a newer version, or a damaged list.
    """
    if not folder.is_dir():
        raise NotFound(f"There is no folder {shown(str(folder), 300)}; check the name.")
    what = f"The list of the backup, {shown(str(folder / MANIFEST), 300)}"
    try:
        data = read_regular_file(folder / MANIFEST, what, LIMITS)
    except NotFound:
        raise InputRefused(
            f"{shown(str(folder), 300)} holds no {MANIFEST}, so it is no full backup; give the "
            "folder luthier_backup_... itself."
        ) from None
    return _manifest(_sealed(data, what), what)


def _sealed(data: bytes, what: str) -> dict[str, Any]:
    """Return the members of a list whose own hash is right."""
    members: dict[str, Any] = parse_strict(data, what, LIMITS)
    schema = _SCHEMA.fullmatch(str(members.get("schema")) if isinstance(members, dict) else "")
    if schema is None:
        raise InputRefused(f"{what}, is no list of a full backup, or is damaged.")
    if schema.group() != FULL_SCHEMA:
        raise InputRefused(
            f"{what}, was made by a newer version of the program ({schema.group()}); update it."
        )
    rest = {name: members[name] for name in members if name != "sha256"}
    told = members.get("sha256")
    if told != sha256_hex(canonical_bytes(rest)) or canonical_bytes(members) != data:
        raise InputRefused(f"{what}, is damaged: its bytes are not those that were written.")
    return members


def _manifest(members: dict[str, Any], what: str) -> Manifest:
    try:
        if set(members) != _MEMBERS:
            raise ValueError("other members than the format has")
        return Manifest(
            store_id=_text(members["store_id"]),
            created_at_utc=_text(members["created_at_utc"]),
            app_version=_text(members["app_version"]),
            events=int(members["events"]),
            checkpoint=members["checkpoint"],
            moved=tuple(_text(each) for each in members["moved"]),
            faults=tuple(Fault(**each) for each in members["faults"]),
            left_out=tuple(_text(each) for each in members["left_out"]),
            files={_inside(path): _kept(kept) for path, kept in members["files"].items()},
        )
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise InputRefused(f"{what}, cannot be used: {error}.") from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{shown(str(value))} where text must stand")
    return value


def _kept(value: Any) -> Kept:
    size_bytes, sha256 = value
    if type(size_bytes) is not int or size_bytes < 0 or not _SHA256.fullmatch(_text(sha256)):
        raise ValueError("a file without size and hash")
    return Kept(size_bytes, sha256)


def _inside(path: str) -> str:
    """Refuse a path that could lead out of the folder, on any system."""
    parts = PurePosixPath(path).parts
    is_plain = bool(parts) and "/".join(parts) == path and "." not in parts
    if not is_plain or ".." in parts or path.startswith("/") or any(c in path for c in "\\:\0"):
        raise ValueError(f"the path {shown(path)} leads out of the folder")
    return path
