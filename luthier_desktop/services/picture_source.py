"""What an export is made of: a design and its verdict, or a snapshot with its run."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from luthier_desktop.domain.errors import NotFound, RecordDamaged
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports import qr
from luthier_desktop.exports.shop_sheet_view import PrintedRecord
from luthier_desktop.exports.svg_around import USUAL_TOP, Around
from luthier_desktop.exports.svg_notes import Notes
from luthier_desktop.services.designs import Designs, design_sha256
from luthier_desktop.services.feasibility import Feasibility
from luthier_desktop.services.sharing import Sharing
from luthier_desktop.services.snapshots import Snapshots
from luthier_desktop.services.trust import RunLetters
from luthier_desktop.storage.canonical import canonical_bytes

Source = RosetteParamSpec | str
"""A design that is not saved, or the id of a snapshot."""


class Subject(NamedTuple):
    """What is drawn, for which shop, what is told of it, and the document that it carries.

    ``code`` is the text of its QR code; ``record`` says where a snapshot stands in the log.
    """

    design: RosetteParamSpec
    setup: Setup
    notes: Notes
    document: bytes
    code: str
    snapshot_id: str | None = None
    run_id: str | None = None
    record: PrintedRecord | None = None


class Library(NamedTuple):
    """Where snapshots are found, with what is told and proven of them."""

    snapshots: Callable[[], Snapshots]
    sharing: Callable[[], Sharing]
    letters_of: Callable[[str], RunLetters]


class Sources:
    """Finds what a picture of a design, or of a snapshot, is made of."""

    def __init__(
        self,
        feasibility: Feasibility,
        designs: Designs,
        setup: Callable[[], Setup],
        library: Library,
    ) -> None:
        self._feasibility = feasibility
        self._designs = designs
        self._setup = setup
        self._library = library

    def for_setup(self, setup: Setup) -> Sources:
        """Return the same for another setup than the one in use."""
        return Sources(self._feasibility, self._designs, lambda: setup, self._library)

    def subject(self, source: Source, *, carries: bool = True) -> Subject:
        """Return what *source* is drawn from; of a snapshot the verdict is that of its run.

        Its document is left empty unless it *carries* one: for the eye alone nothing is proved.

        Raises:
            NotFound: There is no such snapshot.
            RecordDamaged: The snapshot or its run is damaged.
            InputRefused: The snapshot is too large to be carried.
        """
        setup = self._setup()
        if isinstance(source, str):
            return self._snapshot(source, setup, carries)
        return self._unsaved(source, setup)

    def from_text(self, text: str, what: str) -> RosetteParamSpec:
        """Return the design of a QR code's text; one that it only names is looked up here.

        Raises:
            InputRefused: It is no such text, is damaged, or holds no design.
            NotFound: It names a design that is not in this store.
        """
        found = qr.read_qr_text(text, what)
        if isinstance(found, bytes):
            return self._designs.read(found, what)
        return self._named(found)

    def _named(self, named: qr.NamedDesign) -> RosetteParamSpec:
        """Return the snapshot that a code names, if it has the design that it tells."""
        if named.id.startswith("snap_"):
            kept = self._library.snapshots().get(named.id)
            if kept.design is not None and design_sha256(kept.design) == named.design_sha256:
                return kept.design
        raise NotFound(
            f"This code names a design too large for it, {named.design_sha256[:12]}, which is "
            "not in this store; ask for the share file or the picture."
        )

    def _unsaved(self, design: RosetteParamSpec, setup: Setup) -> Subject:
        scored = self._feasibility.preview(design, setup)
        document = canonical_bytes(design.normalised())
        sha256 = design_sha256(design)
        notes = Notes(
            name=design.name or "Rosette",
            risk=scored.risk_bucket.value,
            score=scored.score,
            design_sha256=sha256,
        )
        return Subject(design, setup, notes, document, _code(design, sha256, design.design_id))

    def _snapshot(self, snapshot_id: str, setup: Setup, carries: bool) -> Subject:
        kept = self._library.snapshots().get(snapshot_id)
        told = kept.document
        if kept.design is None:
            raise RecordDamaged(
                f"Snapshot {snapshot_id} is damaged: {told['reason']}. It cannot be drawn; "
                "restore its file from a backup.",
                str(told["reason"]),
                str(told["text"]),
            )
        sha256 = str(told["design_sha256"])
        notes = Notes(
            name=str(told["name"]),
            risk=str(told["verdict"]),
            score=told["score"],
            design_sha256=sha256,
            record=f"{snapshot_id}  {told['run_id']}",
        )
        code = _code(kept.design, sha256, snapshot_id)
        document = self._library.sharing().document(snapshot_id) if carries else b""
        run_id = str(told["run_id"])
        record = self._record(snapshot_id, run_id, notes.verdict)
        return Subject(kept.design, setup, notes, document, code, snapshot_id, run_id, record)

    def _record(self, snapshot_id: str, run_id: str, verdict: str) -> PrintedRecord:
        found = self._library.letters_of(run_id)
        return PrintedRecord(
            snapshot_id=snapshot_id,
            run_id=run_id,
            ledger_number=found.ledger_number,
            letters=found.letters,
            no_letters=found.fault,
            saved_verdict=verdict,
        )


def around(design: RosetteParamSpec, setup: Setup) -> Around:
    """Read what lies round the rings: the design's value, else the shop's."""
    tops = (design.top, setup.top)
    woods = [top.material_id for top in tops if top is not None and top.material_id]
    boards = [board for board in (design.fingerboard, setup.fingerboard) if board is not None]
    widths = [board.width_mm for board in boards if board.width_mm is not None]
    ends = [board.end_distance_mm for board in boards if board.end_distance_mm is not None]
    hole_mm = design.soundhole_diameter_mm
    return Around(
        top_material_id=woods[0] if woods else USUAL_TOP,
        soundhole_radius_mm=None if hole_mm is None else hole_mm / 2,
        board_width_mm=widths[0] if widths else None,
        board_end_mm=ends[0] if ends else None,
    )


def _code(design: RosetteParamSpec, sha256: str, id_: str | None) -> str:
    return qr.qr_text(canonical_bytes(design.normalised()), sha256, id_ or "")
