"""The workshop library by keyboard: one window over one store for the whole file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton

from luthier_desktop import paths
from luthier_desktop.domain.lengths import Unit
from luthier_desktop.ui import units
from luthier_desktop.ui.library.entry_model import EntryModel
from luthier_desktop.ui.library.library_window import LibraryWindow
from luthier_desktop.ui.library.pages import PAGES, Page
from tests.ui.desk import Desk, dialog, make_active, wait_until
from tests.ui.hostile_texts import faults
from tests.ui.library.library_steps import (
    STARTER,
    answered,
    chosen,
    field,
    focus,
    keys,
    names,
    own_setup,
    runs,
    said,
    text,
    typed,
)
from tests.ui.screen_faults import laid_out_badly
from tests.ui.screen_tour import on_small_screen

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
HOSTILE = "<b>Shop</b> & [*] \u202egpj.exe"


@pytest.mark.parametrize("page", PAGES, ids=[page.page_id for page in PAGES])
def test_every_page_fits_1366_by_768_at_200_percent(
    shop: Desk, library: LibraryWindow, page: Page
) -> None:
    library.open_page(page.page_id)
    shop.settle()
    assert laid_out_badly(library) == []
    assert on_small_screen(shop, library) == []


def test_every_page_opens_by_keys_and_its_model_keeps_the_rules(
    shop: Desk, library: LibraryWindow
) -> None:
    assert focus() is library.page().table
    for page in PAGES:
        assert library.page().page is page
        model = library.page().model
        assert isinstance(model, EntryModel)
        QAbstractItemModelTester(model, FATAL)
        assert model.rowCount() >= 1
        for column in range(model.columnCount()):
            model.sort(column, Qt.SortOrder.DescendingOrder)
            model.sort(column, Qt.SortOrder.AscendingOrder)
        model.search("no such entry at all")
        assert (model.rowCount(), said(library, "libraryState")) == (0, "Nothing is chosen.")
        model.search("")
        model.sort(0)
        keys(shop, "Ctrl+PgDown")
        library.page().table.setFocus()
    assert library.page().page is PAGES[0]


def test_what_ships_is_read_only_and_says_what_to_do(shop: Desk, library: LibraryWindow) -> None:
    assert said(library, "libraryState") == "Shipped: read-only. Duplicate it to change it."
    before = text(library, "tool.diameter_mm")
    widget = field(library, "tool.diameter_mm")
    widget.setFocus()
    QTest.keyClicks(widget, "9")
    assert text(library, "tool.diameter_mm") == before == "1.5875 mm"
    lock = library.findChild(QPushButton, "lock_entryButton")
    assert lock is not None
    assert (lock.isEnabled(), "duplicate it" in lock.toolTip()) == (False, True)


def test_edits_wait_until_they_are_saved_together_as_one_run(
    shop: Desk, library: LibraryWindow
) -> None:
    own_setup(shop, library)
    count = runs(shop)
    typed(library, "tool.stickout_mm", "18")
    typed(library, "machine.max_feed_mm_min", "3000 mm/min")
    assert "2 changes are not yet saved" in said(library, "libraryState")
    assert names(library)[0].endswith("(2 not saved)")
    assert runs(shop) == count
    keys(shop, "Ctrl+S")
    assert runs(shop) == count + 1
    assert said(library, "libraryState") == ""
    plain = chosen(library).plain
    assert (plain["tool"]["stickout_mm"], plain["machine"]["max_feed_mm_min"]) == (18.0, 3000.0)


def test_undo_and_redo_go_over_edits_also_after_they_were_saved(
    shop: Desk, library: LibraryWindow
) -> None:
    own_setup(shop, library)
    typed(library, "tool.flutes", "3")
    typed(library, "tool.runout_mm", "0.03")
    keys(shop, "Ctrl+Z")
    assert (text(library, "tool.flutes"), text(library, "tool.runout_mm")) == ("3", "0.02 mm")
    keys(shop, "Ctrl+Y")
    assert text(library, "tool.runout_mm") == "0.03 mm"
    keys(shop, "Ctrl+S")
    keys(shop, "Ctrl+Z")
    assert text(library, "tool.runout_mm") == "0.02 mm"
    assert "1 change is not yet saved" in said(library, "libraryState")
    keys(shop, "Ctrl+S")
    assert chosen(library).plain["tool"]["runout_mm"] == 0.02


REFUSED = {
    "tool.diameter_mm": ("90", "Diameter must be from 0.1 to 80 mm"),
    "tool.max_rpm": ("-5", "Fastest speed must be from 100 to 200,000 rpm"),
    "tool.flutes": ("two", "is no number"),
    "tool.stickout_mm": ("1/0", "Stickout"),
    "machine.work_area_mm": ("400 x 400", "is not three lengths"),
    "machine.min_rpm": ("190000", "must be at most"),
}


def test_refused_text_stays_marked_with_the_services_sentence(
    shop: Desk, library: LibraryWindow
) -> None:
    own_id, count = own_setup(shop, library), runs(shop)
    for path, (wrong, _) in REFUSED.items():
        typed(library, path, wrong)
    assert "6 fields are refused and not saved" in said(library, "libraryState")
    library.page().go_to("setup_workshop")
    library.page().go_to(own_id)
    for path, (wrong, reason) in REFUSED.items():
        assert (text(library, path), reason in said(library, f"note.{path}")) == (wrong, True)
    keys(shop, "Ctrl+S")
    assert runs(shop) == count
    keys(shop, "Ctrl+Backspace")
    assert said(library, "libraryState") == ""


@pytest.mark.parametrize("wrong", ["   ", "Old\x07machine"])
def test_a_name_that_cannot_be_read_is_refused(
    shop: Desk, library: LibraryWindow, wrong: str
) -> None:
    own_setup(shop, library)
    widget = field(library, "name")
    assert isinstance(widget, QLineEdit)
    widget.setFocus()
    widget.setText(wrong)
    widget.setModified(True)
    QTest.keyClick(widget, Qt.Key.Key_Return)
    assert "not blank" in said(library, "note.name")
    count = runs(shop)
    keys(shop, "Ctrl+S")
    assert (runs(shop), names(library)[0].startswith("Starter")) == (count, True)


def test_one_field_is_reset_to_what_the_starter_says(shop: Desk, library: LibraryWindow) -> None:
    own_setup(shop, library)
    typed(library, "tool.diameter_mm", '1/8"')
    assert text(library, "tool.diameter_mm") == "3.175 mm"
    assert said(library, "note.tool.diameter_mm") == "this setup's own value"
    field(library, "tool.diameter_mm").setFocus()
    keys(shop, "Ctrl+R")
    assert text(library, "tool.diameter_mm") == "1.5875 mm"
    assert said(library, "libraryState") == ""


def test_a_bit_is_taken_whole_from_the_catalogue(shop: Desk, library: LibraryWindow) -> None:
    own_setup(shop, library)
    library.page().form.taken.emit("tool", "downcut_0_8")
    assert (text(library, "tool.diameter_mm"), text(library, "tool.tool_id")) == (
        "0.80 mm", "downcut_0_8",
    )  # fmt: skip
    assert "high confidence" in said(library, "note.tool.diameter_mm")
    keys(shop, "Ctrl+Z")
    assert text(library, "tool.tool_id") == "downcut_1_16"


def test_sorting_and_searching_keep_the_chosen_entry(shop: Desk, library: LibraryWindow) -> None:
    library.open_page("tools")
    shop.settle()
    library.page().go_to("downcut_2_0")
    for column, order in ((2, Qt.SortOrder.DescendingOrder), (0, Qt.SortOrder.AscendingOrder)):
        library.page().table.sortByColumn(column, order)
        assert chosen(library).entry_id == "downcut_2_0"
    library.page().search.setText("2.0")
    assert (chosen(library).entry_id, len(names(library))) == ("downcut_2_0", 3)
    library.page().search.clear()
    assert chosen(library).entry_id == "downcut_2_0"


def test_a_removed_setup_comes_back_with_undo(shop: Desk, library: LibraryWindow) -> None:
    own_setup(shop, library)
    keys(shop, "Ctrl+Del")
    answered(shop, "removeEntryDialog", "made for a trial")
    assert names(library) == [STARTER]
    make_active(library)
    library.page().table.setFocus()
    keys(shop, "Ctrl+Z")
    assert len(names(library)) == 2


def test_a_locked_setup_is_neither_changed_nor_removed(shop: Desk, library: LibraryWindow) -> None:
    own_setup(shop, library)
    keys(shop, "Ctrl+L")
    assert said(library, "libraryState") == "Locked: unlock it to change it."
    remove = library.findChild(QPushButton, "remove_entryButton")
    assert remove is not None
    assert not remove.isEnabled()
    keys(shop, "Ctrl+Z")
    assert said(library, "libraryState") == ""


def test_renaming_is_typing_into_the_name(shop: Desk, library: LibraryWindow) -> None:
    own_setup(shop, library)
    keys(shop, "F2")
    assert focus() is field(library, "name")
    typed(library, "name", HOSTILE)
    keys(shop, "Ctrl+S")
    assert chosen(library).name == HOSTILE
    shop.press("switch_setup")
    assert [fault for fault in faults() if "Shop" in fault or "gpj" in fault] == []
    shop.find("setupMenu").close()


def test_lengths_and_feeds_are_typed_and_shown_in_inches(
    shop: Desk, library: LibraryWindow
) -> None:
    own_setup(shop, library)
    library.open_page("cuts")
    units.use(Unit.INCH)
    typed(library, "cut.feed_mm_min", "50")
    typed(library, "cut.stepdown_mm", "1/32")
    assert text(library, "cut.feed_mm_min") == "50 in/min"
    keys(shop, "Ctrl+S")
    cut = chosen(library).plain["cut"]
    assert (cut["feed_mm_min"], cut["stepdown_mm"]) == (1270.0, 0.79375)
    units.use(Unit.MM)
    assert text(library, "cut.feed_mm_min") == "1270 mm/min"


def test_an_own_tool_keeps_source_and_confidence_of_each_value(
    shop: Desk, library: LibraryWindow
) -> None:
    library.open_page("tools")
    shop.settle()
    library.page().go_to("downcut_0_8")
    library.page().table.setFocus()
    keys(shop, "Ctrl+D")
    assert chosen(library).entry_id == "downcut_0_8_own"
    assert text(library, "diameter_mm.confidence") == "High"
    typed(library, "diameter_mm", "0.79")
    assert (text(library, "diameter_mm.source"), text(library, "diameter_mm.confidence")) == (
        "set by Owner", "Medium",
    )  # fmt: skip
    typed(library, "diameter_mm.source", "micrometer")
    keys(shop, "Ctrl+S")
    held = chosen(library).plain["diameter_mm"]
    assert (held["value"], held["source"]) == (0.79, "micrometer")
    field(library, "diameter_mm").setFocus()
    keys(shop, "Ctrl+R")
    assert (text(library, "diameter_mm"), text(library, "diameter_mm.confidence")) == (
        "0.80 mm", "High",
    )  # fmt: skip


def test_a_new_tool_begins_blank_and_is_found_by_a_search(
    shop: Desk, library: LibraryWindow
) -> None:
    library.open_page("tools")
    shop.settle()
    library.page().table.setFocus()
    keys(shop, "Ctrl+N")
    assert chosen(library).name == "New tool"
    keys(shop, "Ctrl+F")
    QTest.keyClicks(focus(), "own new")
    assert names(library) == ["New tool"]
    library.page().search.clear()


def test_a_setup_goes_out_as_a_file_and_a_broken_one_is_refused(
    shop: Desk, library: LibraryWindow, tmp_path: Path
) -> None:
    own_setup(shop, library)
    typed(library, "name", "To go")
    keys(shop, "Ctrl+S")
    target = tmp_path / "setup.json"
    workshop = shop.workbench.workshop
    workshop.export_file("setups", chosen(library).entry_id, str(target))
    shop.settle()
    assert json.loads(target.read_bytes())["name"] == "To go"
    workshop.export_file("setups", chosen(library).entry_id, str(target))
    shop.settle()
    assert library.error.isVisible()
    bad = tmp_path / "bad.json"
    bad.write_text('{"tool": {"diameter_mm": -3}}')
    before = names(library)
    workshop.import_file("setups", str(bad))
    shop.settle()
    assert (library.error.isVisible(), names(library)) == (True, before)
    starter = json.loads(paths.resource("presets/setup_workshop.json").read_bytes())
    bad.write_text(json.dumps({**starter, "name": "Brought in"}))
    workshop.import_file("setups", str(bad))
    shop.settle()
    assert "Brought in" in names(library)


def test_leaving_with_changes_asks_and_keeps_them_on_stay(
    shop: Desk, library: LibraryWindow
) -> None:
    own_setup(shop, library)
    typed(library, "tool.flutes", "4")
    keys(shop, "Ctrl+W")
    box = dialog("leaveLibraryDialog")
    assert isinstance(box, QMessageBox)
    assert box.text() == "1 change is not yet saved in the library."
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert (library.isVisible(), library.waiting()) == (True, 1)
    make_active(library)
    library.page().table.setFocus()
    keys(shop, "Ctrl+W")
    box = dialog("leaveLibraryDialog")
    assert isinstance(box, QMessageBox)
    QTest.keyClick(box, Qt.Key.Key_Return)
    shop.settle()
    wait_until(lambda: not library.isVisible())
    assert library.waiting() == 0
