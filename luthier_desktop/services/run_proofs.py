"""Verifying one run: its file, what it says of itself, its event, the chain, the checkpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from luthier_desktop.domain.run import RUN_ID_PATTERN
from luthier_desktop.domain.run_proof import ProofLine, RunProof
from luthier_desktop.services.ids import require_id
from luthier_desktop.services.own_hashes import own_hash_lines
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.document_store import read_proven
from luthier_desktop.storage.findings import finding
from luthier_desktop.storage.layout import run_path
from luthier_desktop.storage.ledger import FIRST_PREV, Ledger, ReadEvent, StoredFile
from luthier_desktop.storage.ledger_walk import LedgerWalk
from luthier_desktop.storage.run_store import read_run
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.withdrawal import PURGED
from luthier_desktop.storage.witness_maker import event_number

NEAR_EVENTS = 2000
"""A checkpoint of more events takes longer to read than a window can wait for."""


class RunProofs:
    """Verifies single runs; nothing here writes."""

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store

    def of(self, run_id: str, *, is_patient: bool = True) -> RunProof:
        """Verify one run; unless *is_patient*, a checkpoint of a long log is left unread.

        Raises:
            InputRefused: This is no id.
            NotFound: There is no such run.
        """
        store = self._store()
        store.catch_up()
        seq = event_number(store, require_id(run_id, RUN_ID_PATTERN, "run"))
        event = store.ledger.read(seq)
        lines = (
            *_file_lines(store, run_id, event),
            *_event_lines(store.ledger, run_id, seq, event),
            _checkpoint_line(store, seq, is_patient=is_patient),
        )
        return RunProof(run_id, seq, lines)


def _file_lines(store: Store, run_id: str, event: ReadEvent | None) -> Iterator[ProofLine]:
    file = _named(event, run_path(run_id))
    if file is None:
        yield _differs("Run file", "", "", "No event tells which bytes the run has.", "event")
        return
    purged = store.withdrawal_of(run_id)
    if purged is not None and purged.event == PURGED:
        yield ProofLine("Run file", "absent", file.sha256, "", f"{purged.sentence()}.")
        return
    data, reason = read_proven(store.layout, file, store.calls)
    found = sha256_hex(data) if data else ""
    if reason:
        what = f"{_capital(reason)} ({file.path})."
        yield _differs("Run file", file.sha256, found, what, "run_damaged")
    else:
        said = f"All {len(data):,} bytes of {file.path} are those that its event names."
        yield ProofLine("Run file", "same", file.sha256, found, said)
    yield from _inside(store, run_id, data)
    yield from _attached(store, run_id, event)


def _inside(store: Store, run_id: str, data: bytes) -> Iterator[ProofLine]:
    run, fault = read_run(data, run_id) if data else (None, "there is nothing to read")
    if run is None:
        yield _differs("Record", "", "", f"{_capital(fault)}.", "run_damaged")
    else:
        yield from own_hash_lines(run, store.documents)


def _attached(store: Store, run_id: str, event: ReadEvent | None) -> Iterator[ProofLine]:
    """Compare the other files that were saved with the run: a snapshot, a setup."""
    for member in _members(event).get("files", ()):
        if member["path"] == run_path(run_id) or member["path"].startswith("rules/"):
            continue
        file = StoredFile(member["path"], member["sha256"], member["bytes"])
        data, reason = read_proven(store.layout, file, store.calls)
        found = sha256_hex(data) if data else ""
        if reason:
            what = f"{_capital(reason)} ({file.path})."
            yield _differs("Saved file", file.sha256, found, what, "document_damaged")
        else:
            said = f"{file.path} is as its event names it."
            yield ProofLine("Saved file", "same", file.sha256, found, said)


def _event_lines(
    ledger: Ledger, run_id: str, seq: int, event: ReadEvent | None
) -> Iterator[ProofLine]:
    if event is None or event.members is None:
        fault = event.fault if event else "it is missing"
        found = event.sha256 if event else ""
        yield _differs("Event", "", found, f"Event {seq} is damaged: {fault}.", "event_damaged")
        return
    if event.members["run_id"] != run_id:
        what = f"Event {seq} tells of another run."
        yield _differs("Event", run_id, str(event.members["run_id"]), what, "event_damaged")
    else:
        yield _followed(ledger, event)
    yield _chained(ledger, event)


def _followed(ledger: Ledger, event: ReadEvent) -> ProofLine:
    """Compare the event's bytes with what the one behind it says of them."""
    after = ledger.read(event.seq + 1)
    if after is None and event.seq >= ledger.last_seq():
        said = f"Event {event.seq} is the last one: none behind it names its bytes yet."
        return ProofLine("Event", "same", "", event.sha256, said)
    told = str(_members(after).get("prev", ""))
    if told != event.sha256:
        said = f"Event {event.seq + 1} names other bytes for event {event.seq}, or is damaged."
        return _differs("Event", told, event.sha256, said, "chain_broken")
    said = f"Event {event.seq} has the bytes that event {event.seq + 1} names."
    return ProofLine("Event", "same", told, event.sha256, said)


def _chained(ledger: Ledger, event: ReadEvent) -> ProofLine:
    told = str(_members(event)["prev"])
    before = ledger.read(event.seq - 1) if event.seq > 1 else None
    found = FIRST_PREV if event.seq == 1 else before.sha256 if before else ""
    if told != found:
        said = f"Event {event.seq - 1} is not the one that event {event.seq} was chained to."
        return _differs("Event before", told, found, said, "chain_broken")
    said = f"Event {event.seq} is chained to event {event.seq - 1}."
    first = "It is the first event of the log."
    return ProofLine("Event before", "same", told, found, first if event.seq == 1 else said)


def _checkpoint_line(store: Store, seq: int, *, is_patient: bool) -> ProofLine:
    name, files = "Checkpoint", store.checkpoints.files
    size = next((size for size in files.sizes() if size >= seq), 0)
    if not size:
        said = (
            "No checkpoint covers it yet: one is signed every 64 events, and when the window is "
            "closed."
        )
        return ProofLine(name, "absent", "", "", said)
    note, fault = files.read(size)
    if note is None:
        said = f"The checkpoint of {size:,} events is no good: {fault}."
        return _differs(name, "", "", said, "checkpoint_bad")
    root = note.checkpoint.root.hex()
    if size > NEAR_EVENTS and not is_patient:
        said = f"The checkpoint of {size:,} events covers it; they are still to be read."
        return ProofLine(name, "unread", root, "", said)
    walk = LedgerWalk([size])
    for event in store.ledger.events(1, size):
        if event is None:
            said = f"Event {walk.size + 1} is missing, which the checkpoint covers."
            return _differs(name, root, "", said, "event_missing")
        walk.step(event)
    found = walk.roots[size].hex()
    epoch = walk.keys.at(note.checkpoint.origin, size)
    if root != found or epoch is None or not note.is_signed_by(epoch.public_key):
        said = (
            f"The first {size:,} events are not those that were signed."
            if root != found
            else f"The checkpoint of {size:,} events is not signed by the key of this log."
        )
        return _differs(name, root, found, said, "checkpoint_bad")
    said = f"The first {size:,} events are those that were signed, and it is number {seq:,}."
    return ProofLine(name, "same", root, found, said)


def _named(event: ReadEvent | None, path: str) -> StoredFile | None:
    for member in _members(event).get("files", ()):
        if member["path"] == path:
            return StoredFile(path, member["sha256"], member["bytes"])
    return None


def _members(event: ReadEvent | None) -> dict[str, Any]:
    return {} if event is None or event.members is None else event.members


def _differs(name: str, told: str, found: str, sentence: str, code: str) -> ProofLine:
    advice = finding("event_damaged" if code == "event" else code, sentence).advice
    return ProofLine(name, "differs", told, found, sentence, advice)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")
