"""A store of many runs: a real ledger and its index, and the files of the newest runs alone."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from luthier_desktop.storage.canonical import sha256_hex, storable_bytes
from luthier_desktop.storage.index_schema import connect
from luthier_desktop.storage.index_writer import IndexWriter
from luthier_desktop.storage.layout import run_path
from luthier_desktop.storage.ledger import NewEvent, ReadEvent, Stamp, StoredFile
from tests.storage.make import artifact, open_store
from tests.storage.volume import mixed_rows

NEWEST = 200


def fill_store(folder: Path, runs: int) -> None:
    """Record *runs* in a new store in *folder*, without waiting for the disk."""
    with open_store(folder) as store:
        layout, index = store.layout, store.index.path
        store.record_event("x", None)
        store.index.catch_up()
        first, prev = store.ledger.last_seq() + 1, store.ledger.last_sha256()
    connection = connect(index)
    connection.execute("BEGIN IMMEDIATE")
    writer = IndexWriter(connection)
    for seq, row in enumerate(islice(mixed_rows(runs), runs), start=first):
        data = storable_bytes(artifact(row.run_id).stored())
        file = StoredFile.of(run_path(row.run_id), data)
        if seq >= first + runs - NEWEST:
            _write(layout.real(file.path), data)
        new = NewEvent(row.event_type, row.run_id, (file,), row.plain())
        members = new.numbered(Stamp(row.created_at_utc, "owner", "none", "s" * 16), seq, prev)
        event = storable_bytes(members)
        _write(layout.event_path(seq), event)
        prev = sha256_hex(event)
        writer.apply(ReadEvent(seq, prev, members))
    writer.finish()
    place = [(seq, "last_seq"), (prev, "last_sha256")]
    connection.executemany("UPDATE meta SET value = ? WHERE key = ?", place)
    connection.execute("COMMIT")
    connection.close()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
