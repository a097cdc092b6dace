"""What kind of place a store lies in: a network drive, a synchronised folder, a full disk."""

from __future__ import annotations

import re
from pathlib import Path

from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.machine import REMOTE_DRIVE
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.store_state import StoreState, on_network

LEAST_FREE_BYTES = 64 * 2**20
ROOM_FOR_RUNS = 4
OLDEST_SQLITE = (3, 34, 0)
"""The first that knows trigrams, which the search of the log is made of."""
_NETWORK = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "ceph", "lustre", "gpfs"),
        *("gfs2", "glusterfs", "beegfs", "coda", "davfs", "sshfs", "fuse.sshfs", "fuse.davfs"),
        *("fuse.ceph", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.gvfsd-fuse"),
        *("fuse.smbnetfs", "fuse.curlftpfs", "fuse.juicefs", "fuse.seafile", "fuse.onedriver"),
    }
)
_CLOUDS = {
    "OneDrive": re.compile(r"onedrive(?: ?- .+)?"),
    "Dropbox": re.compile(r"dropbox(?: ?\(.+\))?"),
    "Google Drive": re.compile(r"google ?drive(?: ?-.*)?|my drive"),
    "iCloud Drive": re.compile(r"icloud ?drive|mobile documents|com~apple~clouddocs"),
    "Nextcloud": re.compile(r"nextcloud\d*|owncloud"),
    "a cloud service": re.compile(r"cloudstorage"),
}
_SIGNS = {".stfolder": "Syncthing", ".dropbox.cache": "Dropbox"}
_ESCAPED = re.compile(r"\\([0-7]{3})")
_MIB = 2**20


def network_state(layout: StoreLayout, calls: OsCalls = OS) -> StoreState | None:
    """Return the state of a store of which a folder lies on a network drive, else None."""
    for folder in _folders(layout):
        system = network_system(folder, calls)
        if system:
            return on_network(folder, system)
    return None


def warnings(layout: StoreLayout, calls: OsCalls = OS) -> tuple[str, ...]:
    """Say what is amiss with the place, though it can be recorded in."""
    clouds = {cloud_service(folder, calls): folder for folder in reversed(_folders(layout))}
    said = [
        f"{folder} is kept in step with other computers by {service}: when two of them record, "
        "one log is made of two, and Verify calls it damaged. Choose a data directory outside "
        "that folder."
        for service, folder in clouds.items()
        if service
    ]
    version = calls.machine.sqlite_version
    if version < OLDEST_SQLITE:
        found, least = (".".join(map(str, numbers)) for numbers in (version, OLDEST_SQLITE))
        said.append(
            f"The SQLite library of this computer is {found}; the list of the log needs {least} "
            "or newer. Runs are recorded all the same."
        )
    return tuple(said)


def short_of_space(layout: StoreLayout, calls: OsCalls = OS, run_bytes: int = 0) -> str:
    """Say that the disk is nearly full; "" while there is room for what may come."""
    for folder in _folders(layout):
        free = calls.machine.free_bytes(_existing(folder))
        if free is not None and free < max(LEAST_FREE_BYTES, ROOM_FOR_RUNS * run_bytes):
            return (
                f"Only {free // _MIB} MB are free on the disk of {folder}. Free some space soon: "
                "when the disk is full, nothing more can be recorded."
            )
    return ""


def network_system(path: Path, calls: OsCalls = OS) -> str:
    """Return the kind of network drive that *path* lies on; "" for a local disk.

    macOS is not asked: it has no table of mounts that could be read.
    """
    place = _resolved(path)
    if str(place).startswith("\\\\") or calls.machine.drive_kind(place) == REMOTE_DRIVE:
        return "network drive"
    best, found = -1, ""
    for mount_point, system in _mounts(calls.machine.mounts()):
        parts = len(mount_point.parts)
        if parts >= best and place.is_relative_to(mount_point):  # the last one mounted counts
            best, found = parts, system
    return found if found in _NETWORK else ""


def cloud_service(path: Path, calls: OsCalls = OS) -> str:
    """Return which service keeps *path* in step with other computers; "" when none is seen."""
    place = _resolved(path)
    for part in place.parts:
        for service, name in _CLOUDS.items():
            if name.fullmatch(part.casefold()):
                return service
    for folder in (place, *place.parents):
        for sign, service in _SIGNS.items():
            try:
                calls.stat(folder / sign)
            except OSError:
                continue
            return service
    return ""


def _mounts(table: str) -> list[tuple[Path, str]]:
    found = []
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        words, kinds = before.split(" "), after.split(" ")
        if len(words) > 4 and kinds[0]:
            found.append((Path(_ESCAPED.sub(_unescaped, words[4])), kinds[0]))
    return found


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match.group(1), 8))


def _folders(layout: StoreLayout) -> list[Path]:
    """List the data directory and those that were moved out of it."""
    moved = (layout.runs, layout.snapshots, layout.backups)
    return [layout.data, *(place for place in moved if not place.is_relative_to(layout.data))]


def _existing(path: Path) -> Path:
    while not path.exists() and path.parent != path:
        path = path.parent
    return path


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path
