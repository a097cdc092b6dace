"""How a shop sheet says which design it shows, and how to prove that its record is the same."""

from __future__ import annotations

from collections.abc import Iterator

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.feasibility.rules import RULES_VERSION
from luthier_desktop.exports.shop_sheet_notes import Note, Section
from luthier_desktop.exports.shop_sheet_verdict import verdict_words
from luthier_desktop.exports.shop_sheet_view import PrintedRecord, ShopView

UNSAVED = (
    "Not saved when this was printed: there is no snapshot, no run and no ledger number, and "
    "no letters witness it."
)


def short_hash(view: ShopView) -> str:
    """Return the first twelve letters of the design's hash, in groups of four."""
    return " ".join([view.design_sha256[at : at + 4] for at in (0, 4, 8)])


def record_section(view: ShopView) -> Section:
    """Return where the design is kept, under which number, and the witness of the log."""
    return Section("Record", tuple(_told(view)))


def _told(view: ShopView) -> Iterator[Note]:
    setup = view.setup.name or view.setup.setup_id or "without a name"
    yield Note(short_hash(view), "Design")
    yield Note(shown(setup), "Setup")
    yield Note(RULES_VERSION, "Judged by")
    if view.record is None:
        yield Note(UNSAVED)
        return
    yield from _kept(view.record, verdict_words(view))


def _kept(record: PrintedRecord, verdict: str) -> Iterator[Note]:
    yield Note(record.snapshot_id, "Snapshot")
    yield Note(record.run_id, "Run")
    yield Note(f"{record.ledger_number:,}", "Ledger number")
    if record.saved_verdict not in ("", verdict):
        said = f"{record.saved_verdict}; the verdict above is that of this setup"
        yield Note(said, "When saved")
    if not record.letters:
        yield Note(record.no_letters, "No witness")
        return
    yield Note(record.letters, "Witness")
    yield Note(
        "Typed behind “luthier logs verify --witness” these letters show later whether the log "
        "is still the one up to this run."
    )
