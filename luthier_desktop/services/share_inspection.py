"""Looking at a file from outside: what it is and what it shows; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused, LuthierError
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.share import (
    NEW,
    SHARE_SCHEMA,
    Relation,
    SharedSnapshot,
    ShareFinding,
    ShareKind,
    SharePreview,
    Verdict,
)
from luthier_desktop.domain.snapshot import SNAPSHOT_SCHEMA, Snapshot, SnapshotState
from luthier_desktop.services.share_carriers import Named, document_of
from luthier_desktop.services.share_reading import (
    ReadShare,
    fault,
    note,
    read_share,
    read_snapshot,
    recompute,
    share_findings,
    signature_finding,
    snapshot_findings,
)
from luthier_desktop.services.share_relation import relation_of
from luthier_desktop.services.snapshot_lookup import SnapshotLookup
from luthier_desktop.services.trust import Trust
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.incoming import named
from luthier_desktop.storage.parsing import SHARE_LIMITS, parse_strict
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.witness import Proven, Witness

_BEGINS_A_SHARE = b'{"rules":'
_SHARE_SUFFIX = ".rosette"
_DESIGNS = "luthier.rosette/"


class Looked(NamedTuple):
    """A document as it was looked at, and what it shows."""

    document: bytes
    preview: SharePreview


class Inspection:
    """Says of a file what it is; *records* returns None while nothing was ever recorded."""

    def __init__(
        self, records: Callable[[], Store | None], lookup: SnapshotLookup, trust: Trust
    ) -> None:
        self._records = records
        self._lookup = lookup
        self._trust = trust

    def inspect(self, source: bytes | Path, what: str = "The file") -> SharePreview:
        """Return what is told of *source* before anything of it is stored.

        It may be a share file, a snapshot, a design, a picture or PDF that carries one of them,
        or the text of a QR code. What cannot be read comes back as damaged, with the reason.

        Raises:
            NotFound: There is no such file.
        """
        return self.look(source, what).preview

    def look(self, source: bytes | Path, what: str = "The file") -> Looked:
        """Do as `inspect`, and return the very document that was looked at as well."""
        if isinstance(source, Path):
            what = named(what, source)
        data = b""
        try:
            data = self.document_of(source, what)
            plain = parse_strict(data, what, SHARE_LIMITS)
            schema = plain.get("schema") if isinstance(plain, dict) else None
            if schema == SHARE_SCHEMA:
                return Looked(data, self._of_share(read_share(data, plain, what), data))
            if schema == SNAPSHOT_SCHEMA:
                return Looked(data, self._of_snapshot(*read_snapshot(data, what), data))
            _refuse_unknown(schema, what)
            return Looked(data, _of_design(data, what))
        except InputRefused as error:
            found = (fault("not_readable", error.sentence),)
            return Looked(data, SharePreview(_kind(source, data), "damaged", found))

    def document_of(self, source: bytes | Path, what: str) -> bytes:
        """Return the document that *source* is, carries, or names as one that is here.

        Raises:
            NotFound: There is no such file.
            InputRefused: There is no document in it, or it names none that is here.
        """
        found = document_of(source, what)
        return self._snapshot_here(found, what) if isinstance(found, Named) else found

    def _snapshot_here(self, named_one: Named, what: str) -> bytes:
        store = self._records()
        try:
            if store is not None:
                entry = self._lookup.listed(named_one.id)
                if entry.design_sha256 == named_one.design_sha256:
                    return store.snapshots.get(named_one.id)
        except LuthierError:
            pass
        raise InputRefused(
            f"{what} names a design that was too large for its code and is not here "
            f"({named_one.id or 'without an id'}, {named_one.design_sha256[:16]}…); ask for the "
            "share file."
        )

    def _of_share(self, share: ReadShare, data: bytes) -> SharePreview:
        proven = self._trust.prove(share.document.witness, (share.parts.snapshot, share.parts.run))
        signature, judged = signature_finding(share), recompute(share)
        found = [
            *share_findings(share),
            *judged.findings,
            *self._witness_findings(share, proven),
            *([signature] if signature is not None else []),
        ]
        is_signed = proven.verdict == "verified" or signature is not None
        origin = _origin(proven, share)
        return SharePreview(
            kind="share",
            state=_state(found, is_signed),
            findings=tuple(found),
            relation=self._relation(share.snapshot, share.parts.snapshot),
            design=share.design,
            shared=SharedSnapshot(
                share.snapshot.stored(),
                sha256_hex(share.parts.snapshot),
                share.snapshot.run_id,
                origin.split("/")[1] if origin else "",
            ),
            name=share.snapshot.name,
            operator=share.snapshot.operator.name,
            created_at_utc=share.snapshot.created_at_utc,
            stated=_stated(share),
            recomputed=judged.verdict,
            origin=origin,
            sha256=sha256_hex(data),
        )

    def _of_snapshot(
        self, snapshot: Snapshot, design: RosetteParamSpec, data: bytes
    ) -> SharePreview:
        said = "It is a snapshot by itself: nothing shows who made it or when it was recorded."
        found = (*snapshot_findings(snapshot, design), note("no_witness", said))
        return SharePreview(
            kind="snapshot",
            state=_state(found, is_signed=False),
            findings=found,
            relation=self._relation(snapshot, data),
            design=design,
            shared=SharedSnapshot(snapshot.stored(), sha256_hex(data), snapshot.run_id, ""),
            name=snapshot.name,
            operator=snapshot.operator.name,
            created_at_utc=snapshot.created_at_utc,
            sha256=sha256_hex(data),
        )

    def _relation(self, snapshot: Snapshot, data: bytes) -> Relation:
        store = self._records()
        if store is None:
            return NEW
        return relation_of(store, self._lookup, snapshot, sha256_hex(data))

    def _witness_findings(self, share: ReadShare, proven: Proven) -> Iterator[ShareFinding]:
        if proven.verdict == "unsigned":
            yield note("no_witness", proven.sentence)
        elif proven.verdict == "does_not_match":
            yield fault("witness_bad", proven.sentence)
        else:
            yield note("witnessed", proven.sentence)
            yield from self._standing(Witness.read(share.document.witness, "The witness"))

    def _standing(self, witness: Witness) -> Iterator[ShareFinding]:
        """Say what is known here of the log that a witness is of."""
        store = self._records()
        origin = witness.checkpoint.origin
        if store is not None and origin.store_id == store.store_id:
            yield _of_own_log(store, witness)
            return
        known, found = self._trust.look(witness) if store is not None else (False, ())
        for finding in found:
            is_key = finding.code == "witness_key_changed"
            weight = "fault" if is_key else "warning"
            yield ShareFinding.model_validate(
                {"code": finding.code, "sentence": finding.message, "weight": weight}
            )
        if not known:
            yield note("first_seen", "Nothing came from that log before; its key is new here.")
        elif not found:
            yield note("known_log", "It agrees with what came from that log before.")


def _of_own_log(store: Store, witness: Witness) -> ShareFinding:
    """Compare an event that comes back with the one that stands in its place."""
    here = store.ledger.read(witness.index + 1)
    if here is not None and here.sha256 == sha256_hex(witness.event):
        return note("own_log", "It was recorded in this very log, where its event still stands.")
    said = (
        f"It was recorded in this very log as event {witness.index + 1:,}, and that event is not "
        "here any more. Verify the log with this file as a witness."
    )
    return ShareFinding(code="own_log_differs", sentence=said, weight="warning")


def _refuse_unknown(schema: object, what: str) -> None:
    """Refuse a document of ours that is neither a design nor anything else that can be opened."""
    if not isinstance(schema, str) or not schema.startswith("luthier."):
        return
    if not schema.startswith(_DESIGNS):
        raise InputRefused(
            f"{what} has the schema {shown(schema)}, but {SHARE_SCHEMA}, {SNAPSHOT_SCHEMA} or a "
            "design is expected; a newer version of the program may have written it."
        )


def _of_design(data: bytes, what: str) -> SharePreview:
    plain: Any = parse_strict(data, what)
    design = RosetteParamSpec.read(plain, what)
    said = "It is a design by itself: nothing shows who made it or when."
    return SharePreview(
        kind="design",
        state="unsigned",
        findings=(note("design_only", said),),
        design=design,
        name=design.name or "",
        sha256=sha256_hex(data),
    )


def _state(found: list[ShareFinding] | tuple[ShareFinding, ...], is_signed: bool) -> SnapshotState:
    if any(finding.weight == "fault" for finding in found):
        return "changed"
    return "verified" if is_signed else "unsigned"


def _stated(share: ReadShare) -> Verdict | None:
    if share.run is None or share.run.feasibility is None:
        return None
    decision = share.run.decision
    return Verdict(risk_level=decision.risk_level.value, score=decision.score)


def _origin(proven: Proven, share: ReadShare) -> str:
    """Return the log that is proven to have it; a bad witness or signature tells of none."""
    signature = share.document.signature
    if proven.origin or signature is None:
        return proven.origin
    finding = signature_finding(share)
    return str(signature["origin"]) if finding is not None and finding.weight == "note" else ""


def _kind(source: bytes | Path, data: bytes) -> ShareKind:
    """Say what an unreadable file was meant to be."""
    named_so = isinstance(source, Path) and source.suffix.lower() == _SHARE_SUFFIX
    return "share" if named_so or data.startswith(_BEGINS_A_SHARE) else "unknown"
