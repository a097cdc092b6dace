"""Share files: writing one, looking at one before anything is stored, taking one in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from luthier_desktop.domain.errors import InputRefused, StorageFailed
from luthier_desktop.domain.share import Clash, SharePreview
from luthier_desktop.exports.share_file import SUFFIX
from luthier_desktop.services.feasibility import Feasibility
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.services.share_carriers import carries
from luthier_desktop.services.share_export import ShareExport, ShareExported
from luthier_desktop.services.share_import import ShareImport, ShareImported, Shown, required
from luthier_desktop.services.share_inspection import Inspection, Looked
from luthier_desktop.services.snapshot_lookup import SnapshotLookup
from luthier_desktop.services.trust import Trust
from luthier_desktop.storage.import_turn import import_turn
from luthier_desktop.storage.incoming import named
from luthier_desktop.storage.parsing import SHARE_LIMITS, parse_strict
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.witness import Witness

__all__ = ["SUFFIX", "Access", "Looked", "ShareExported", "ShareImported", "Sharing"]


class Access(NamedTuple):
    """Two ways to the log: *store* makes it where there is none, *records* returns None then."""

    store: Callable[[], Store]
    records: Callable[[], Store | None]


class Sharing:
    """Gives snapshots away and takes them in; looking at a file makes no store."""

    def __init__(
        self,
        access: Access,
        recorder: Recorder,
        feasibility: Feasibility,
        shown: Shown,
        trust: Trust,
    ) -> None:
        lookup, self._trust = SnapshotLookup(access.store), trust
        self._recorder, self._store = recorder, access.store
        self._export = ShareExport(access.store, recorder, lookup, self._trust)
        self._inspection = Inspection(access.records, lookup, self._trust)
        self._import = ShareImport(recorder, feasibility, shown)

    def document(
        self, snapshot_id: str, *, with_witness: bool = True, signed: bool = False
    ) -> bytes:
        """Return the bytes of the share file of a snapshot, as `ShareExport.document`."""
        return self._export.document(snapshot_id, with_witness=with_witness, signed=signed)

    def export(self, snapshot_id: str, target: Path, *, signed: bool = False) -> ShareExported:
        """Write the share file of a snapshot and record that, as `ShareExport.export`.

        Raises:
            NotAllowed: A viewer may not.
        """
        self._recorder.require("share")
        return self._export.export(snapshot_id, target, signed=signed)

    def inspect(self, source: bytes | Path, what: str = "The file") -> SharePreview:
        """Say what a file is and what it shows, as `Inspection.inspect`; nothing is stored."""
        return self._inspection.inspect(source, what)

    def carries(self, path: Path) -> bool:
        """Tell whether a picture carries a document, as `share_carriers.carries`."""
        return carries(path)

    def look(self, source: bytes | Path, what: str = "The file") -> Looked:
        """Do as `inspect`, and keep the document: what is imported is what was shown."""
        return self._inspection.look(source, what)

    def import_file(
        self,
        source: bytes | Path,
        on_clash: Clash = "keep-both",
        *,
        despite_changes: bool = False,
        what: str = "The file",
    ) -> ShareImported:
        """Store the snapshot in a file under a new id, judged anew by the rules here.

        The same snapshot again adds nothing. Where its id with other bytes, or its design, is
        here already, *on_clash* decides: "keep-both", "replace" (it becomes the next version of
        the one here, which stays), or "cancel". The sender's checkpoint is kept as a witness.

        Raises:
            NotAllowed: A viewer may not.
            NotFound: There is no such file.
            InputRefused: It cannot be read, holds no snapshot, or was changed.
            Conflict: The choice is to cancel, or another program imports for long.
            StorageFailed: It could not be saved.
        """
        self._recorder.require("import")
        if isinstance(source, Path):
            what = named(what, source)
        data = self._inspection.document_of(source, what)
        preview = self.inspect(data, what)
        required(preview, despite_changes=despite_changes)  # before a log is made for it
        if preview.relation.kind == "same":
            done = self._import.take_in(preview, on_clash, despite_changes=despite_changes)
        else:
            with import_turn(self._store()):
                preview = self.inspect(data, what)  # another program may have brought it in
                done = self._import.take_in(preview, on_clash, despite_changes=despite_changes)
        return done._replace(warnings=self._keep_witness(preview, data))

    def _keep_witness(self, preview: SharePreview, data: bytes) -> tuple[str, ...]:
        """Keep the sender's checkpoint; say what it contradicts, or why it was not kept."""
        if not preview.origin:
            return ()
        member = parse_strict(data, "The share file", SHARE_LIMITS)["witness"]
        if self._trust.prove(member).verdict != "verified":
            return ()
        try:
            found = self._trust.keep(Witness.read(member, "The witness"))
        except (InputRefused, StorageFailed) as error:
            return (f"The sender's checkpoint was not kept: {error.sentence}",)
        return tuple(finding.message for finding in found)
