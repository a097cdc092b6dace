"""The witnesses' part of a verification: is the log still the one that others saw?

The owner has all events, so a witness needs no proof here: the root at its size is computed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.verification import LogFinding
from luthier_desktop.storage.checkpoint import Note
from luthier_desktop.storage.findings import finding
from luthier_desktop.storage.ledger_walk import LedgerWalk
from luthier_desktop.storage.letters import Letters
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.witness import Witness, prove
from luthier_desktop.storage.witness_store import WitnessStore


class Presented(NamedTuple):
    """A witness, and what the user calls it: a file's name, or the letters."""

    what: str
    evidence: Note | Witness | Letters
    is_kept: bool = False
    """It lies in the store; an older log that was acknowledged explains why it does not fit."""

    @property
    def size(self) -> int:
        """How many events it was made of."""
        evidence = self.evidence
        return evidence.size if isinstance(evidence, Letters) else evidence.checkpoint.size

    @property
    def note(self) -> Note | None:
        """The signed checkpoint in it; letters hold none."""
        evidence = self.evidence
        if isinstance(evidence, Letters):
            return None
        return evidence.note if isinstance(evidence, Witness) else evidence

    def matches(self, root: bytes) -> bool:
        """Tell whether *root* is the one that was witnessed."""
        evidence = self.evidence
        if isinstance(evidence, Letters):
            return evidence.matches(root)
        return evidence.checkpoint.root == root


class WitnessAudit:
    """Compares a log with the witnesses that are kept of it, and with those presented."""

    def __init__(self, store: Store, presented: Sequence[Presented] = ()) -> None:
        self._kept = WitnessStore(store.layout, store.calls)
        own = self._kept.notes_of(store.store_id)
        self._all = [*(Presented(kept.path, kept.note, True) for kept in own), *presented]
        self.last: dict[str, Any] | None = None

    @property
    def sizes(self) -> list[int]:
        """The sizes at which the root of the log is needed."""
        return [witness.size for witness in self._all]

    def findings(self, last: int, walk: LedgerWalk, times: dict[int, str]) -> Iterator[LogFinding]:
        """Say which witnesses the log of *last* events contradicts, and what is kept badly."""
        yield from self._kept.faults()
        for witness in self._all:
            found = list(_findings(witness, last, walk))
            yield from found
            root = walk.roots.get(witness.size)
            if not found and root is not None:
                self._note_seen(witness, root, times.get(witness.size))

    def _note_seen(self, witness: Presented, root: bytes, at_utc: str | None) -> None:
        if self.last is None or self.last["size"] < witness.size:
            self.last = {
                "what": witness.what,
                "origin": str(witness.note.checkpoint.origin) if witness.note else None,
                "size": witness.size,
                "root": base64.b64encode(root).decode("ascii"),
                "at_utc": at_utc,
            }


def _findings(witness: Presented, last: int, walk: LedgerWalk) -> Iterator[LogFinding]:
    path = witness.what if witness.is_kept else None
    fault = _own_fault(witness, walk)
    code, said = _contradiction(witness, last, walk)
    if said and witness.is_kept and _is_closed(witness, walk):
        said = f"{said} Event {walk.acknowledged_seq:,} took the other log for the right one."
        yield finding("witness_closed", said, path=path, seq=witness.size)
    elif said:
        yield finding(code, f"{said}{fault}", path=path, seq=witness.size)
    elif fault:
        message = f"{_name(witness)} proves nothing:{fault}"
        yield finding("witness_bad", message, path=path, seq=witness.size)


def _contradiction(witness: Presented, last: int, walk: LedgerWalk) -> tuple[str, str]:
    size = witness.size
    if size > last:
        return "rollback", (
            f"{_name(witness)} was made of {size:,} events and the log has {last:,}: its end is "
            "missing, or an older copy was put in its place."
        )
    root = walk.roots.get(size)
    if root is not None and not witness.matches(root):
        return "witness_contradicts", (
            f"{_name(witness)} says otherwise: the first {size:,} events are not those that it "
            "was made of."
        )
    return "", ""


def _own_fault(witness: Presented, walk: LedgerWalk) -> str:
    """Say what is wrong with the signature; letters carry none."""
    note = witness.note
    if note is None:
        return ""
    epoch = walk.keys.at(note.checkpoint.origin, note.checkpoint.size)
    if epoch is not None and not note.is_signed_by(epoch.public_key):
        return " It is not signed by the key that the log tells for its epoch."
    if isinstance(witness.evidence, Witness):
        proven = prove(witness.evidence)
        return "" if proven.verdict == "verified" else f" {proven.sentence}"
    return ""


def _is_closed(witness: Presented, walk: LedgerWalk) -> bool:
    note = witness.note
    return note is not None and note.checkpoint.origin.epoch <= walk.closed_epoch


def _name(witness: Presented) -> str:
    return f"The witness {shown(witness.what, 120)}"
