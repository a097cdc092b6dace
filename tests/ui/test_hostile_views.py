"""Every view of the log and of the library shows a stranger's names, and obeys none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QMenu

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.run_query_text import WrittenQuery
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.filters import SavedFilter
from luthier_desktop.services.studio import open_studio
from tests import legacy_files
from tests.ui.desk import Desk, close_dialog, dialog, wait_until
from tests.ui.hostile_texts import BIDI, IMAGE, MARKED, OURS, TABLES, faults, hostile_design

ARABIC, EMOJI = "\u0648\u0631\u062f\u0629 rose \u05d5\u05e8\u05d3", "\U0001f339\u200d\U0001f525"
MILLION = "rose " * 200_000
NAMES = (*OURS, ARABIC, EMOJI)
TAGS = (MARKED, BIDI, EMOJI, IMAGE)
MOST_SHOWN = 20_000
"""No text of the window is longer, however long the name is that it shows."""

Shown = Iterator[None]


def read(name: str, **members: Any) -> RosetteParamSpec:
    return RosetteParamSpec.read(hostile_design(name, **members), "The design")


@pytest.fixture(scope="module")
def hostile(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("hostile_views")
    with open_studio(folder / "data") as studio:
        for at, name in enumerate(NAMES):
            studio.feasibility.check(read(name, design_id=f"dsg_{at}"))
            details = SnapshotDetails(name=name[:200], notes=TABLES, description=BIDI, tags=TAGS)
            studio.snapshots.save(read(name), details)
        studio.feasibility.check(read(BIDI + IMAGE, design_id="dsg_0", outer_diameter_mm=119.0))
        kept = studio.snapshots.save(read(IMAGE), SnapshotDetails(name=BIDI + IMAGE))
        studio.snapshot_marks.set_baseline(kept.snapshot_id)
        studio.sharing.export(kept.snapshot_id, folder / "hostile.rosette")
        for name in (BIDI, IMAGE, "&File [*]"):
            studio.filters.save(SavedFilter(name, 'verdict:red "<b>x</b>"'))
    web = folder / "web"
    legacy_files.write_run(
        web,
        "run_2",
        tool_id=IMAGE,
        notes=MILLION,
        decision={"risk_level": BIDI + TABLES, "warnings": [TABLES]},
    )
    legacy_files.write_snapshot(
        web, metadata={"name": BIDI, "description": TABLES, "notes": MILLION, "tags": [MARKED]}
    )
    desk = Desk(folder)
    desk.program.background.run_long(int, bool, bool)  # this lane lives as long as the window
    try:
        yield desk
    finally:
        desk.close()


def details(desk: Desk) -> Shown:
    desk.log.table.go_last()
    desk.press("show_details")
    for _ in range(desk.log.details.tabs.count()):
        desk.press("next_details_page")
        yield
    for command in ("verify_run", "reproduce_run"):
        desk.press(command)
        yield
    desk.log.details.hide()


def chips(desk: Desk) -> Shown:
    asked = RunQuery(tag=(BIDI, MARKED), tool=(IMAGE,), material=(TABLES[:60],), text=BIDI)
    desk.log.filter.apply(WrittenQuery(asked))
    desk.settle()
    yield
    for name in ("Tag", "Tool", "Material", "Operator", "Design"):
        button = desk.find(f"filter{name}Button")
        if button.isVisible():
            button.click()  # type: ignore[attr-defined]
            desk.settle()
            yield
            close_menus()
    desk.log.filter.clear()
    desk.settle()


def saved_filters(desk: Desk) -> Shown:
    for command in ("saved_filters", "rename_filter", "delete_filter"):
        desk.press(command)
        yield
        close_menus()


def copies_and_toasts(desk: Desk) -> Shown:
    desk.log.table.go_to(0)
    for command in ("copy_json", "copy_markdown", "copy_csv", "copy_as", "hide_run"):
        desk.press(command)
        yield
        close_menus()
    close_dialog("hideDialog")


def compare(desk: Desk) -> Shown:
    with_names = [
        str(entry.run_id)
        for entry in desk.workbench.studio.runs.entries_at(range(1, 30))
        if entry.design_name
    ]
    for a, b in pairwise(with_names[:3]):
        desk.workbench.comparing.open_runs(a, b)
        desk.settle()
        yield
        close_dialog("compareWindow")
    desk.workbench.comparing.open_table(with_names[:6])
    desk.settle()
    yield
    close_dialog("compareTableWindow")


def palette_and_keys(desk: Desk) -> Shown:
    desk.workbench.editor.set_design(read(BIDI + IMAGE), f"to {IMAGE}{BIDI}")
    desk.settle()
    yield
    for command, name in (("command_palette", "commandPalette"), ("key_sheet", "keySheet")):
        desk.press(command)
        yield
        close_dialog(name)


def library(desk: Desk) -> Shown:
    desk.press("focus_snapshots")
    browser = desk.workbench.library.browser
    for row in (0, browser.list.model().rowCount() - 1):
        browser.list.go_to(row)
        desk.settle()
        yield
    for command in ("switch_snapshot_size", "switch_snapshot_size", "compare_baseline"):
        desk.press(command)
        yield
    close_dialog("compareWindow")


def tag_editor(desk: Desk) -> Shown:
    desk.press("tag_snapshot")
    field = desk.find("snapshotNewTag")
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "r")
    completer = field.completer()
    assert completer is not None
    popup = completer.popup()
    wait_until(popup.isVisible)
    yield
    popup.hide()
    field.clear()


def search(desk: Desk) -> Shown:
    desk.press("focus_snapshots")
    desk.press("find_snapshots")
    field = desk.find("snapshotFilterText")
    QTest.keyClicks(field, "<img")
    desk.settle()
    yield
    desk.workbench.library.browser.bar.clear()
    desk.settle()


def deleting(desk: Desk) -> Shown:
    desk.press("delete_snapshot")
    yield
    close_dialog("deleteSnapshotDialog")


def saving(desk: Desk) -> Shown:
    desk.press("save_snapshot")
    yield
    close_dialog("saveSnapshotDialog")


def importing(desk: Desk) -> Shown:
    desk.workbench.files.open_file(str(desk.data_dir.parent / "hostile.rosette"))
    desk.settle()
    yield
    close_dialog("importDialog")


def legacy(desk: Desk) -> Shown:
    desk.workbench.legacy.bring_in(str(desk.data_dir.parent / "web"))
    desk.settle()
    report = dialog("legacyReport")
    rows = report.findChild(QAbstractItemView, "legacyTable")
    assert rows is not None
    for row in range(rows.model().rowCount()):
        rows.setCurrentIndex(rows.model().index(row, 0))
        yield
    close_dialog("legacyReport")
    desk.window.dock("log").raise_()
    desk.log.table.go_to(1)
    desk.press("show_details")
    for _ in range(desk.log.details.tabs.count()):
        desk.press("next_details_page")
        yield
    desk.log.details.hide()


def windows_titles(desk: Desk) -> Shown:
    for window in QApplication.topLevelWidgets():
        assert len(window.windowTitle()) < 300
    yield


VIEWS: dict[str, Callable[[Desk], Shown]] = {
    view.__name__: view
    for view in (
        details,
        chips,
        saved_filters,
        copies_and_toasts,
        compare,
        palette_and_keys,
        library,
        tag_editor,
        search,
        deleting,
        saving,
        importing,
        legacy,
        windows_titles,
    )
}


def close_menus() -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMenu) and widget.isVisible():
            widget.close()


def longest_shown() -> int:
    """Return the length of the longest text on any widget."""
    texts = [widget.property("text") for widget in QApplication.allWidgets()]
    texts += [widget.toolTip() for widget in QApplication.allWidgets()]
    return max(len(text) for text in texts if isinstance(text, str))


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_shows_a_strangers_names_and_obeys_none(hostile: Desk, view: str) -> None:
    shown = 0
    for _ in VIEWS[view](hostile):
        assert faults() == []
        assert longest_shown() < MOST_SHOWN
        shown += 1
    assert shown
