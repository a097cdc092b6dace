"""STORE.json as an event recorded it: where it stands, or as a migration has kept it."""

from __future__ import annotations

from luthier_desktop.storage.atomic import read_file
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.layout import MIGRATED, STORE_FILE, StoreLayout
from luthier_desktop.storage.ledger import StoredFile
from luthier_desktop.storage.os_calls import OsCalls


def own_file(layout: StoreLayout, calls: OsCalls) -> StoredFile:
    """Return what an event vouches for.

    Raises:
        OSError: It cannot be read.
    """
    return StoredFile.of(STORE_FILE, read_file(layout.data / STORE_FILE, calls))


def was_migrated_from(layout: StoreLayout, path: str, sha256: str, calls: OsCalls) -> bool:
    """Tell whether *path* is STORE.json, and a migration has kept the one with this hash."""
    if path != STORE_FILE:
        return False
    try:
        kept = [layout.data / MIGRATED / one.name for one in calls.scandir(layout.data / MIGRATED)]
        return any(sha256_hex(read_file(one / STORE_FILE, calls)) == sha256 for one in kept)
    except OSError:
        return False
