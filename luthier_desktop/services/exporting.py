"""Pictures that carry their design: drawn as SVG or PNG, written whole, recorded afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from luthier_desktop import paths
from luthier_desktop.domain.errors import (
    Conflict,
    InputRefused,
    LuthierError,
    StorageFailed,
)
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.outgoing_text import suggested_file_name
from luthier_desktop.domain.picture import PLAIN_PICTURE, PictureKind, PictureOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports import qr
from luthier_desktop.exports.payload import payload_text
from luthier_desktop.exports.png import png_bytes, width_px
from luthier_desktop.exports.svg import Scene, page_size, svg_bytes
from luthier_desktop.services.changes import NOTHING, Changes
from luthier_desktop.services.designs import design_sha256
from luthier_desktop.services.picture_source import Source, Sources, Subject, around
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.services.recording import Deed, tool_of, without_report
from luthier_desktop.services.requests import Request, reduced_sha256
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.export_file import write_new_file
from luthier_desktop.storage.store import Store

_FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf")


class PictureWritten(NamedTuple):
    """A picture that stands in a file; ``run_id`` is None where the store cannot be written."""

    path: Path
    size_bytes: int
    sha256: str
    run_id: str | None
    changes: Changes = NOTHING


class Exporting:
    """Draws designs and snapshots, and writes what is drawn; each file is a recorded run."""

    def __init__(
        self,
        store: Callable[[], Store],
        recorder: Recorder,
        sources: Sources,
        materials: Callable[[], MaterialCatalogue],
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._sources = sources
        self._materials = materials

    def for_setup(self, setup: Setup) -> Exporting:
        """Return the same service for another setup than the one in use."""
        sources = self._sources.for_setup(setup)
        return Exporting(self._store, self._recorder, sources, self._materials)

    def svg(self, source: Source, options: PictureOptions = PLAIN_PICTURE) -> bytes:
        """Draw a design or a snapshot true to scale, one unit a millimetre.

        Raises:
            NotFound: There is no such snapshot.
            RecordDamaged: The snapshot is damaged.
        """
        return self._drawn("svg", self._sources.subject(source), options)

    def png(self, source: Source, options: PictureOptions = PLAIN_PICTURE) -> bytes:
        """Draw a design or a snapshot in pixels, with its true size.

        Raises:
            NotFound: There is no such snapshot.
            RecordDamaged: The snapshot is damaged.
            InputRefused: It would have too many pixels.
        """
        return self._drawn("png", self._sources.subject(source), options)

    def preview(self, source: Source, options: PictureOptions, wide_px: int) -> bytes:
        """Draw a PNG that carries nothing, for the eye alone; a design needs no store.

        Raises:
            NotFound: There is no such snapshot.
            RecordDamaged: The snapshot is damaged.
        """
        shown = options.model_copy(update={"width_px": wide_px})
        subject = self._sources.subject(source, carries=False)
        return self._drawn("png", subject, shown, carries=False)

    def write(
        self,
        kind: PictureKind,
        source: Source,
        target: Path,
        options: PictureOptions = PLAIN_PICTURE,
        *,
        replace: bool = False,
    ) -> PictureWritten:
        """Draw and write a file, and record that; *replace* a file that stands there.

        Raises:
            NotAllowed: A viewer may not.
            Conflict: Something stands at *target*; that is recorded as refused.
            NotFound: There is no such snapshot.
            RecordDamaged: The snapshot is damaged.
            InputRefused: It would have too many pixels, or *target* lies where no picture can.
            StorageFailed: The disk refused; that is recorded as failed.
        """
        self._recorder.require("export")
        target = target.expanduser().absolute()
        store = self._store()
        if target.is_relative_to(store.layout.data):
            raise InputRefused(f"{target} lies in the log itself; choose a folder outside of it.")
        subject = self._sources.subject(source)
        data = self._drawn(kind, subject, options)
        asked = _Asked(kind, subject, options)
        try:
            write_new_file(target, data, store.calls, replace=replace)
        except Conflict as error:
            self._record_refusal("BLOCKED", asked, error.sentence)
            raise
        except StorageFailed as error:
            self._record_refusal("ERROR", asked, error.sentence)
            raise
        written = PictureWritten(target, len(data), sha256_hex(data), None)
        return self._recorded(asked, written) if store.state.writable else written

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

    def _drawn(
        self, kind: PictureKind, subject: Subject, options: PictureOptions, *, carries: bool = True
    ) -> bytes:
        place = around(subject.design, subject.setup)
        notes = subject.notes
        if options.caption:
            notes = notes._replace(qr=qr.modules(subject.code))
        scene = Scene(subject.design, self._materials(), place, notes, options)
        payload = payload_text(subject.document) if carries else ""
        if kind == "svg":
            return svg_bytes(scene, payload)
        size = page_size(scene)
        width_px(size, options)  # refuses what is too large before anything is drawn
        fonts = [paths.resource("fonts") / name for name in _FONTS]
        return png_bytes(svg_bytes(scene), size, options, fonts, payload)

    def _recorded(self, asked: _Asked, written: PictureWritten) -> PictureWritten:
        output = {
            "kind": asked.kind,
            "name": written.path.name,
            "sha256": written.sha256,
            "bytes": written.size_bytes,
        }
        try:
            run_id = self._record("OK", asked, {"picture": output}, None)
        except LuthierError as error:
            raise StorageFailed(
                f"The picture stands in {written.path}, but this is not in the log: "
                f"{error.sentence}"
            ) from error
        return written._replace(run_id=run_id, changes=Changes(runs=True))

    def _record_refusal(
        self, status: Literal["BLOCKED", "ERROR"], asked: _Asked, reason: str
    ) -> None:
        """Record that nothing was written; where that fails too, the first reason is told."""
        try:
            self._record(status, asked, {}, reason)
        except LuthierError:
            return

    def _record(
        self,
        status: Literal["OK", "BLOCKED", "ERROR"],
        asked: _Asked,
        outputs: Mapping[str, Any],
        reason: str | None,
    ) -> str:
        subject = asked.subject
        judged = Request(subject.design, subject.setup, self._materials())
        told = asked.plain()
        request = {**judged.plain(), **told}
        reduced = {**request, "design": subject.design.hashed_form()}
        deed = Deed(
            event_type="export.written",
            status=status,
            decision=without_report({"verdict": subject.notes.risk}).model_copy(
                update={"block_reason": reason}
            ),
            request=request,
            request_sha256=reduced_sha256(reduced),
            summary={**judged.summary(), **told, **outputs},
            design_sha256=design_sha256(subject.design),
            tool_id=tool_of(subject.setup),
            outputs=outputs,
            parent_run_ids=() if subject.run_id is None else (subject.run_id,),
        )
        return self._recorder.record(deed)


class _Asked(NamedTuple):
    """What was to be exported."""

    kind: PictureKind
    subject: Subject
    options: PictureOptions

    def plain(self) -> dict[str, Any]:
        """Return the members of the request besides those that are judged."""
        return {
            "export": self.kind,
            "options": self.options.stored(),
            "snapshot_id": self.subject.snapshot_id,
        }
