"""Exports of designs and snapshots: drawn first, written whole, recorded afterwards."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.domain.base import Value
from luthier_desktop.domain.bom_options import PLAIN_BOM, BomOptions
from luthier_desktop.domain.cut_list.model import CutList
from luthier_desktop.domain.cutting.plan_values import CutPlan
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import GateClosed, InputRefused, LuthierError, StorageFailed
from luthier_desktop.domain.gate import GateVerdict
from luthier_desktop.domain.gcode_options import GcodeOptions
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.outgoing_text import suggested_file_name
from luthier_desktop.domain.paper import Sheet
from luthier_desktop.domain.pdf_options import PdfOptions
from luthier_desktop.domain.picture import PLAIN_PICTURE, PictureOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports import qr
from luthier_desktop.services import export_cutting, export_drawing, export_sheets
from luthier_desktop.services.changes import NOTHING, Changes
from luthier_desktop.services.designs import design_sha256
from luthier_desktop.services.export_drawing import Draft
from luthier_desktop.services.export_kinds import KindRow, kind_named
from luthier_desktop.services.export_log import Asked, Exported, ExportLog, Output
from luthier_desktop.services.picture_source import Source, Sources
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.services.requests import Request
from luthier_desktop.services.snapshots import Saved
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.export_file import require_free, write_new_file
from luthier_desktop.storage.store import Store

PLAIN_CUT, PLAIN_PDF = GcodeOptions(), PdfOptions()


class Written(NamedTuple):
    """An export that stands in a file; ``run_id`` is None where the store cannot be written.

    ``snapshot_id`` is the snapshot that it was made of, None for a design that is not saved.
    """

    path: Path
    size_bytes: int
    sha256: str
    run_id: str | None
    snapshot_id: str | None = None
    changes: Changes = NOTHING

    def plain(self) -> dict[str, Any]:
        """Return what a command answers with."""
        return {
            "path": str(self.path),
            "bytes": self.size_bytes,
            "sha256": self.sha256,
            "run_id": self.run_id,
            "snapshot_id": self.snapshot_id,
        }


class Shop(NamedTuple):
    """What an export is judged with: what is asked of a design, and what the gate says of it.

    ``materials`` are those that are known without looking at the disk. ``save`` keeps a snapshot.
    """

    request: Callable[[RosetteParamSpec, Setup], Request]
    gate: Callable[[Request], GateVerdict]
    materials: Callable[[], MaterialCatalogue]
    save: Callable[[RosetteParamSpec, SnapshotDetails, Setup], Saved]


class Exporting:
    """Draws designs and snapshots, and writes what is drawn; each file is a recorded run."""

    def __init__(
        self, store: Callable[[], Store], recorder: Recorder, sources: Sources, shop: Shop
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._log = ExportLog(store, recorder)
        self._sources = sources
        self._shop = shop
        self._name: str | None = None

    def for_setup(self, setup: Setup) -> Exporting:
        """Return the same service for another setup than the one in use."""
        other = copy(self)
        other._sources = self._sources.for_setup(setup)
        return other

    def keeping(self, name: str) -> Exporting:
        """Return the same service, which saves a design as the snapshot *name* and exports that.

        It does so when nothing stands in the way of the file any more, save what drawing finds.
        """
        other = copy(self)
        other._name = name
        return other

    def svg(self, source: Source, options: PictureOptions = PLAIN_PICTURE) -> bytes:
        """Draw a design or a snapshot true to scale, one unit a millimetre.

        Raises:
            NotFound: There is no such snapshot.
            RecordDamaged: The snapshot is damaged.
        """
        return export_drawing.svg(self._draft(source), options)

    def png(self, source: Source, options: PictureOptions = PLAIN_PICTURE) -> bytes:
        """Draw a design or a snapshot in pixels, with its true size.

        Raises:
            NotFound: There is no such snapshot.
            RecordDamaged: The snapshot is damaged.
            InputRefused: It would have too many pixels.
        """
        return export_drawing.png(self._draft(source), options)

    def preview(self, source: Source, options: PictureOptions, wide_px: int) -> bytes:
        """Draw a PNG that carries nothing, for the eye alone; a design needs no store.

        Raises:
            NotFound: There is no such snapshot.
            RecordDamaged: The snapshot is damaged.
        """
        resized = options.model_copy(update={"width_px": wide_px})
        return export_drawing.png(self._draft(source, carries=False), resized)

    def draft(self, source: Source) -> Draft:
        """Return what a file is made of, for the eye alone: it carries nothing.

        Raises:
            NotFound: There is no such snapshot.
            RecordDamaged: The snapshot is damaged.
        """
        return self._draft(source, carries=False)

    def sheets(self, source: Source, options: PdfOptions = PLAIN_PDF) -> tuple[Sheet, ...]:
        """Lay out the pages that the PDF, the preview and the printer paint.

        Raises:
            NotFound: There is no such snapshot.
            RecordDamaged: The snapshot is damaged.
            InputRefused: The pages are too small for what they are to show together, or too many.
        """
        return export_sheets.sheets(self._draft(source, carries=False), options)

    def cut_plan(self, source: Source, options: GcodeOptions = PLAIN_CUT) -> CutPlan:
        """Plan the cut of a design or a snapshot, to be looked at; the gate does not matter.

        Raises:
            NotFound: There is no such snapshot.
            RecordDamaged: The snapshot is damaged.
            InputRefused: A value is missing, or the cut cannot be made with this bit and machine.
        """
        return export_cutting.cut_plan(self._draft(source, carries=False), options)

    def cut_list(self, source: Source, options: BomOptions = PLAIN_BOM) -> CutList:
        """Return what is made and bought for a design or a snapshot; a design needs no store.

        Raises:
            NotFound: There is no such snapshot.
            RecordDamaged: The snapshot is damaged.
        """
        return export_drawing.bom_list(self._draft(source, carries=False), options)

    def write(
        self,
        kind: str,
        source: Source,
        target: Path,
        options: Value | None = None,
        *,
        replace: bool = False,
    ) -> Written:
        """Draw and write a file, and record that; *replace* a file that stands there.

        *options* are those of the kind, its defaults when none are given. Whatever forbids it
        after the design is known is recorded: refused as BLOCKED, failed as ERROR.

        Raises:
            NotAllowed: A viewer may not.
            GateClosed: It would cut, and the gate before cutting is closed.
            Conflict: Something stands at *target*.
            NotFound: There is no such snapshot.
            RecordDamaged: The snapshot is damaged.
            InputRefused: It cannot be drawn with these options, or *target* cannot be its place.
            StorageFailed: The disk refused.
        """
        row = kind_named(kind)
        self._recorder.require(row.right)
        store = self._store()
        target = target.expanduser().absolute()
        subject = self._sources.subject(source)
        request = self._shop.request(subject.design, subject.setup)
        asked = Asked(row, subject, options or row.options(), request)
        try:
            suffix = self._suffix_of(row, target, replace=replace)
            if row.gated:
                store.state.require_writable()
                asked = asked.at_gate(self._shop.gate(request))
                _require_open(asked)
            if self._name is not None:
                asked = self._keep(asked, self._name)
            data = row.draw(asked.draft(self._shop.gate, suffix), asked.options)
            write_new_file(target, data, store.calls, replace=replace)
        except Exception as error:
            self._log.record_refusal(asked, error)
            raise
        snapshot_id = asked.subject.snapshot_id
        changes = Changes(runs=True, snapshots=self._name is not None)
        written = Written(target, len(data), sha256_hex(data), None, snapshot_id, changes)
        return self._recorded(asked, written) if store.state.writable else written

    def of_snapshot(self, snapshot_id: str) -> tuple[Exported, ...]:
        """Return the files that were made of a snapshot, newest first; share files among them."""
        return self._log.of_snapshot(snapshot_id)

    def suggested_name(self, source: Source, suffix: str) -> str:
        """Suggest a file name: the design's words and the id of what is drawn."""
        if isinstance(source, str):
            return suggested_file_name("", source, suffix)
        id_ = source.design_id or design_sha256(source)[:12]
        return suggested_file_name(source.name or "rosette", id_, suffix)

    def is_design_text(self, text: str) -> bool:
        """Tell whether *text* begins as that of a design's QR code does."""
        return qr.is_qr_text(text)

    def design_from_text(self, text: str, what: str = "The text") -> RosetteParamSpec:
        """Return the design of a QR code's text, as `Sources.from_text`."""
        return self._sources.from_text(text, what)

    def _draft(self, source: Source, *, carries: bool = True) -> Draft:
        subject = self._sources.subject(source, carries=carries)
        request = Request(subject.design, subject.setup, self._shop.materials())
        return Draft(subject, request, self._shop.gate, carries=carries)

    def _keep(self, asked: Asked, name: str) -> Asked:
        """Save a snapshot of what is to be exported, and return the same of the snapshot."""
        if asked.subject.snapshot_id is not None:
            raise InputRefused(
                f"This is the snapshot {asked.subject.snapshot_id} already; export it as it is.",
                "keep",
            )
        details = SnapshotDetails.read({"name": name}, "The snapshot")
        saved = self._shop.save(asked.request.design, details, asked.request.setup)
        subject = self._sources.subject(saved.snapshot_id)
        return asked._replace(subject=subject, request=asked.request._replace(design=saved.design))

    def _suffix_of(self, row: KindRow, target: Path, *, replace: bool) -> str:
        """Return the suffix of a place where the file may stand."""
        if self._store().layout.holds(target):
            raise InputRefused(
                f"{shown(str(target), 300)} lies in the log itself; choose a folder outside of it."
            )
        suffix = row.suffix_of(target)
        require_free(target, replace=replace)
        return suffix

    def _recorded(self, asked: Asked, written: Written) -> Written:
        output = Output(asked.row.kind, written.path.name, written.sha256, written.size_bytes)
        try:
            run_id = self._log.record(asked, output)
        except LuthierError as error:
            raise StorageFailed(
                f"The file stands in {written.path}, but this is not in the log: {error.sentence}"
            ) from error
        return written._replace(run_id=run_id)


def _require_open(asked: Asked) -> None:
    verdict = asked.gate
    if verdict is None or verdict.open:
        return
    first, *others = verdict.in_the_way
    more = f" ({len(others)} more in the way.)" if others else ""
    raise GateClosed(
        f"{asked.row.words} is not written, for the gate before cutting is closed: {first}{more}",
        verdict.in_the_way,
    )
