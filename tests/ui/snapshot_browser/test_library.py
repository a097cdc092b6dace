"""The library in a real window: opened, searched, marked, deleted, brought back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListWidget, QPlainTextEdit

from luthier_desktop.domain.snapshot import SnapshotDetails, SnapshotQuery
from luthier_desktop.domain.workshop import Channel
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.snapshot_browser.browser import SnapshotBrowser
from tests.ui.desk import Desk, OpenDesk, dialog, label, make_active, press, type_width, wait_until
from tests.ui.hostile_texts import BIDI, IMAGE, MARKED, TABLES, faults

SHELF = "snapshotList"
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def library(tmp_path: Path, open_desk: OpenDesk) -> Desk:
    """A window over three snapshots; from the newest: Concert (red), Parlor v2, Parlor v1."""
    with open_studio(tmp_path / "data") as studio:
        design = studio.presets.first()
        first = studio.snapshots.save(
            design, SnapshotDetails(name="Parlor", tags=("steel",), description="For Ana")
        )
        details = SnapshotDetails(
            name="Parlor", tags=("sold",), parent_snapshot_id=first.snapshot_id
        )
        studio.snapshots.save(first.design, details)
        red = design.model_copy(update={"channel": Channel(depth_mm=9.0), "design_id": None})
        studio.snapshots.save(red, SnapshotDetails(name="Concert", tags=("steel",)))
    desk = open_desk()
    desk.press("focus_snapshots")
    return desk


def browser(desk: Desk) -> SnapshotBrowser:
    return desk.workbench.library.browser


def names(desk: Desk) -> list[str]:
    model = browser(desk).list.model()
    told = [str(model.index(row, 0).data(SPOKEN)) for row in range(model.rowCount())]
    return [
        " ".join(text.split(", ")[:2]).replace("\u2068", "").replace("\u2069", "") for text in told
    ]


def at(desk: Desk, row: int) -> str:
    browser(desk).list.go_to(row)
    desk.settle()
    desk.focus(SHELF)
    return str(browser(desk).list.current_id())


def test_every_row_is_told_in_words_and_has_its_picture(library: Desk) -> None:
    model = browser(library).list.model()
    tester = QAbstractItemModelTester(model)
    assert names(library) == ["Concert version 1", "Parlor version 2", "Parlor version 1"]
    assert "Red" in str(model.index(0, 0).data(SPOKEN))
    assert "tags" in str(model.index(1, 0).data(SPOKEN))
    wait_until(lambda: len(browser(library).thumbnails) == 2)  # the two versions look alike
    assert library.window.grab().toImage().isNull() is False
    tester.deleteLater()


def test_words_tags_and_order_choose_what_is_listed(library: Desk) -> None:
    library.focus(SHELF)
    press("/")
    field = library.find("snapshotFilterText")
    QTest.keyClicks(field, "ana")
    press("Return")
    library.settle()
    assert names(library) == ["Parlor version 1"]
    assert library.find(SHELF).hasFocus()
    press("Esc")
    library.settle()
    assert len(names(library)) == 3
    steel = next(a for a in browser(library).bar._tag_menu.actions() if a.data() == "steel")
    steel.trigger()
    library.settle()
    assert names(library) == ["Concert version 1", "Parlor version 1"]
    assert label(library, "snapshotCount") == "2 snapshots"


def test_letters_are_typed_in_the_field_and_do_nothing_else(library: Desk) -> None:
    before = at(library, 1)
    field = library.focus("snapshotFilterText")
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "ldbtrceh/")
    assert field.text() == "ldbtrceh/"
    assert browser(library).list.is_large
    tag = library.focus("snapshotNewTag")
    QTest.keyClicks(tag, "ldb")
    assert browser(library).list.is_large
    assert library.workbench.studio.snapshots.baseline() is None
    assert before


def test_a_snapshot_that_is_opened_and_saved_is_the_next_version(library: Desk) -> None:
    parent = at(library, 0)
    press("Return")
    library.settle()
    assert library.workbench.designs.current.saved_as is not None
    type_width(library, 1, "4.4")
    library.press("save_snapshot")
    asked = dialog("saveSnapshotDialog")
    name = asked.findChild(QLineEdit, "snapshotName")
    assert name is not None
    assert name.text() == "Concert"
    QTest.keyClick(name, Qt.Key.Key_Return)
    library.settle()
    assert names(library)[:2] == ["Concert version 2", "Concert version 1"]
    newest = browser(library)._model.id_at(0)
    document = library.workbench.studio.snapshots.get(str(newest)).document
    assert (document["parent_snapshot_id"], document["tags"]) == (parent, ["steel"])
    library.press("save_snapshot_as")
    asked = dialog("saveSnapshotDialog")
    name = asked.findChild(QLineEdit, "snapshotName")
    assert name is not None
    name.setText("Concert, wide")
    QTest.keyClick(name, Qt.Key.Key_Return)
    library.settle()
    assert names(library)[0] == "Concert, wide version 1".replace(", ", " ").replace(
        " version 1", ""
    )


def test_a_deleted_snapshot_comes_back_with_the_key_of_undo(library: Desk) -> None:
    gone = at(library, 1)
    undone = library.workbench.editor.undo_stack.count()
    press("Del")
    asked = dialog("deleteSnapshotDialog")
    reason = asked.findChild(QPlainTextEdit, "reasonText")
    assert reason is not None
    QTest.keyClicks(reason, "replaced")
    make_active(asked)
    QTest.keyClick(reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    library.settle()
    assert names(library) == ["Concert version 1", "Parlor version 1"]
    assert library.find("undoToast").isVisible()
    library.focus(SHELF)
    press("Ctrl+Z")
    library.settle()
    assert len(names(library)) == 3
    assert browser(library).list.current_id() == gone
    assert library.find("undoToast").isHidden()
    assert library.workbench.editor.undo_stack.count() == undone
    assert library.log.table.model().rowCount() == 5


def test_the_toast_brings_it_back_and_deleted_ones_are_listed_apart(library: Desk) -> None:
    gone = at(library, 0)
    studio = library.workbench.studio
    for _ in range(2):
        library.workbench.library._delete(browser(library).current(), "replaced")  # type: ignore[arg-type]
        library.settle()
        press("H")
        library.settle()
        assert names(library) == ["Concert version 1"]
        assert "deleted" in label(library, "snapshotFault")
        button = library.find("undoToastButton")
        assert isinstance(button, QAbstractButton)
        button.click()
        library.settle()
        browser(library).bar.clear()
        library.settle()
        assert studio.snapshots.ids(SnapshotQuery())[0] == gone
        at(library, 0)


def test_there_is_one_baseline_and_it_is_marked(library: Desk) -> None:
    for row in (0, 2):
        at(library, row)
        press("B")
        library.settle()
    model = browser(library).list.model()
    told = [str(model.index(row, 0).data(SPOKEN)) for row in range(3)]
    assert ["baseline" in text for text in told] == [False, False, True]
    assert "★" in label(library, "snapshotHead")
    press("Shift+F4")
    library.settle()
    assert library.workbench.studio.snapshots.baseline() is None


def test_tags_are_added_and_removed_by_keys(library: Desk) -> None:
    snapshot_id = at(library, 0)
    press("T")
    QTest.keyClicks(library.find("snapshotNewTag"), "gift")
    press("Return")
    library.settle()
    tags = library.find("snapshotTags")
    assert isinstance(tags, QListWidget)
    assert tags.count() == 2
    library.focus("snapshotTags")
    tags.setCurrentRow(0)
    press("Del")
    library.settle()
    assert library.workbench.studio.snapshots.get(snapshot_id).document["tags"] == ["gift"]
    assert tags.count() == 1


def test_the_versions_are_listed_and_lead_to_each_other(library: Desk) -> None:
    at(library, 1)
    versions = library.find("snapshotVersions")
    assert isinstance(versions, QListWidget)
    assert [versions.item(row).text()[:2] for row in range(versions.count())] == ["v2", "v1"]
    library.focus("snapshotVersions")
    versions.setCurrentRow(1)
    versions.itemActivated.emit(versions.item(1))
    library.settle()
    assert browser(library).list.currentIndex().row() == 2
    at(library, 1)
    parent = library.find("snapshotParent")
    assert isinstance(parent, QAbstractButton)
    parent.click()
    assert browser(library).list.currentIndex().row() == 2


def test_what_another_program_does_to_snapshots_shows_while_they_are_seen(library: Desk) -> None:
    chosen, shelf = at(library, 1), browser(library)
    with open_studio(library.data_dir) as other:
        saved = other.snapshots.save(other.presets.first(), SnapshotDetails(name="Tenor"))
        wait_until(lambda: len(names(library)) == 4)
        library.settle()
        assert shelf.list.current_id() == chosen
        other.snapshot_marks.tag(saved.snapshot_id, ["loud"], [])
        other.snapshot_marks.set_baseline(saved.snapshot_id)
        wait_until(lambda: _is_marked(library, saved.snapshot_id))
        other.snapshots.delete(saved.snapshot_id, "only a trial")
        wait_until(lambda: len(names(library)) == 3)
    library.settle()
    assert shelf.list.current_id() == chosen


def _is_marked(desk: Desk, snapshot_id: str) -> bool:
    entry = browser(desk).entry_of(snapshot_id)
    return entry is not None and entry.baseline and entry.tags == ("loud",)


def test_the_library_alone_in_sight_is_enough_to_follow_the_log(library: Desk) -> None:
    library.window.dock("log").hide()
    with open_studio(library.data_dir) as other:
        other.snapshots.save(other.presets.first(), SnapshotDetails(name="Tenor"))
    wait_until(lambda: len(names(library)) == 4)
    library.settle()


def test_a_damaged_snapshot_is_shown_as_damaged_and_not_opened(library: Desk) -> None:
    snapshot_id = at(library, 0)
    path = library.data_dir / "art_studio" / "snapshots" / f"{snapshot_id}.json"
    path.chmod(0o644)
    path.write_bytes(b"torn")
    at(library, 1)
    at(library, 0)
    assert "This snapshot is damaged" in label(library, "snapshotFault")
    model = browser(library).list.model()
    assert "Damaged" in str(model.index(0, 0).data(SPOKEN))
    before = library.workbench.designs.current
    press("Return")
    library.settle()
    assert library.workbench.designs.current is before
    assert "damaged" in label(library, "toast")


def test_a_snapshot_of_a_hidden_run_says_so(library: Desk) -> None:
    snapshot_id = at(library, 0)
    studio = library.workbench.studio
    run_id = studio.snapshots.get(snapshot_id).document["run_id"]
    studio.hiding.hide(run_id, "only a trial")
    at(library, 1)
    at(library, 0)
    assert "only a trial" in label(library, "snapshotFault")


def test_hostile_names_are_shown_as_they_are(tmp_path: Path, open_desk: OpenDesk) -> None:
    with open_studio(tmp_path / "data") as studio:
        for name in (TABLES[:200], IMAGE, BIDI, MARKED):
            details = SnapshotDetails(
                name=name, description=TABLES[:10_000], notes=BIDI, tags=(IMAGE[:64], MARKED[:64])
            )
            studio.snapshots.save(studio.presets.first(), details)
    desk = open_desk()
    desk.press("focus_snapshots")
    for row in range(4):
        at(desk, row)
        assert faults() == [], row
        press("L")
    model: Any = browser(desk).list.model()
    spoken = "".join(str(model.index(row, 0).data(SPOKEN)) for row in range(4))
    assert "\u202e" not in spoken.replace("\u2068", "")
    desk.press("delete_snapshot")
    assert faults() == []
    dialog("deleteSnapshotDialog").close()


def test_the_size_of_pictures_is_remembered(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.press("focus_snapshots")
    press("L")
    assert not browser(desk).list.is_large
    desk = open_desk()
    desk.press("focus_snapshots")
    assert not browser(desk).list.is_large
