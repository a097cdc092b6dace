"""Files that events vouch for: written once before their event, read back against its hash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from luthier_desktop.domain.errors import NotFound, RecordDamaged
from luthier_desktop.storage.atomic import put_once, read_file
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.layout import StoreLayout, snapshot_path
from luthier_desktop.storage.ledger import CONTRADICTED, StoredFile
from luthier_desktop.storage.os_calls import OS, OsCalls

Lookup = Callable[[str], StoredFile | None]
"""What the ledger says of the file with a logical path; None when no event names it."""


@dataclass(frozen=True)
class Document:
    """Bytes to be stored under a logical path, such as a snapshot or a rules file."""

    logical_path: str
    data: bytes


class DocumentStore:
    """Writes documents once and reads them with proof that they are what was written."""

    def __init__(self, layout: StoreLayout, lookup: Lookup, calls: OsCalls = OS) -> None:
        self._layout = layout
        self._lookup = lookup
        self._calls = calls
        self._written: dict[str, StoredFile] = {}

    def add(self, document: Document) -> StoredFile:
        """Write *document*, unless this program has written the same bytes before.

        Raises:
            Conflict: Another document stands under its path.
            StorageFailed: It is not known to be saved.
        """
        file = StoredFile.of(document.logical_path, document.data)
        if self._written.get(file.path) != file:
            put_once(self._layout.real(file.path), document.data, self._calls)
            self._written[file.path] = file
        return file

    def get(self, logical_path: str, what: str) -> bytes:
        """Return the bytes of a document, proven against the ledger.

        Raises:
            NotFound: No event names it.
            RecordDamaged: It is missing or not what the ledger says.
        """
        file = self._lookup(logical_path)
        if file is None:
            raise NotFound(f"{what} does not exist; check the id.")
        data, reason = read_proven(self._layout, file, self._calls)
        if reason:
            raise RecordDamaged(
                f"{what} is damaged: {reason} ({logical_path}). It was left in place; "
                "restore its file from a backup.",
                reason,
                readable(data),
            )
        return data


class SnapshotStore:
    """Snapshots by their id."""

    def __init__(self, documents: DocumentStore) -> None:
        self._documents = documents

    def get(self, snapshot_id: str) -> bytes:
        """Return the bytes of a snapshot.

        Raises:
            InputRefused: The id is not one of a snapshot.
            NotFound: There is no such snapshot.
            RecordDamaged: Its file is missing or not what the ledger says.
        """
        return self._documents.get(snapshot_path(snapshot_id), f"Snapshot {snapshot_id}")


def read_proven(layout: StoreLayout, file: StoredFile, calls: OsCalls = OS) -> tuple[bytes, str]:
    """Read a file and compare it with the ledger; a reason says what is wrong with it."""
    try:
        data = read_file(layout.real(file.path), calls, file.size_bytes)
    except FileNotFoundError:
        return b"", "its file is missing"
    except OSError as error:
        return b"", f"its file cannot be read ({error.strerror or error})"
    if file.sha256 == CONTRADICTED:
        return data, "two events of the ledger tell different bytes for it"
    if sha256_hex(data) != file.sha256:
        return data, "its bytes are not those that the ledger recorded"
    return data, ""


def readable(data: bytes) -> str:
    """Return *data* as text for the eye; what is no UTF-8 is replaced."""
    return data.decode("utf-8", "replace")
