from __future__ import annotations

import re

from luthier_desktop.domain.pdf_options import PdfOptions
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.picture_source import Source
from luthier_desktop.services.studio import Studio
from tests.exports.printed_words import printed, solid, text_of
from tests.services.builders import WHY, accepted, cut

SHEET = PdfOptions(document="shop_sheet")
LETTERS = re.compile(r"\d+(?: [A-Z2-7]{4}){4}")


def written(studio: Studio, source: Source) -> str:
    return text_of(studio.exporting.sheets(source, SHEET))


def lines(studio: Studio, source: Source) -> list[str]:
    sheets = studio.exporting.sheets(source, SHEET)
    return [line.text for sheet in sheets for line in printed(sheet.marks)]


def test_the_letters_on_a_sheet_are_those_that_verify_accepts(studio: Studio) -> None:
    saved = studio.snapshots.save(cut(), SnapshotDetails(name="For Ida"))
    studio.feasibility.check(cut())
    told = lines(studio, saved.snapshot_id)
    (letters,) = [text for text in told if LETTERS.fullmatch(text)]
    assert letters.startswith(f"{saved.seq} ")
    assert {saved.run_id, saved.snapshot_id, f"{saved.seq:,}"} <= set(told)
    assert studio.trust.verify(witnesses=[letters]).ok


def test_a_decision_on_this_design_and_setup_is_printed_until_either_changes(
    studio: Studio,
) -> None:
    run_id = accepted(studio).ruling.run_id
    told = written(studio, cut())
    assert solid(f"run {run_id}") in told
    assert solid(f"“{WHY}”") in told
    changed = written(studio, cut(1.71))
    assert run_id not in changed
    assert solid("Decisions in force None.") in changed


def test_an_unsaved_design_has_neither_run_nor_ledger_number(studio: Studio) -> None:
    told = written(studio, cut())
    assert solid("there is no snapshot, no run and no ledger number") in told
    assert "run_" not in told


def test_a_snapshot_is_the_same_sheet_whatever_is_recorded_later(studio: Studio) -> None:
    saved = studio.snapshots.save(cut(), SnapshotDetails(name="For Ida"))
    first = studio.exporting.sheets(saved.snapshot_id, SHEET)
    studio.feasibility.check(cut())
    assert studio.exporting.sheets(saved.snapshot_id, SHEET) == first
