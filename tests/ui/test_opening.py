"""Opening what carries a design, by every way in, and what was opened last again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QWidget

from luthier_desktop import paths
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.application import application
from tests.ui.desk import (
    Desk,
    OpenDesk,
    close_dialog,
    dialog,
    is_as_opened,
    open_alone,
    wait_until,
)

KINDS = ("rosette", "pdf")
STARTER = "minimal_ring.json"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot as share file and as PDF, written by another workshop; and a bare design."""
    place = tmp_path_factory.mktemp("carriers")
    (place / STARTER).write_bytes(paths.resource(f"presets/{STARTER}").read_bytes())
    with open_studio(place / "data") as studio:
        saved = studio.snapshots.save(studio.presets.first(), SnapshotDetails(name="Sent"))
        studio.sharing.export(saved.snapshot_id, place / "sent.rosette")
        studio.exporting.write("pdf", saved.snapshot_id, place / "sent.pdf")
    return place


@pytest.fixture(scope="module")
def config(qapp: QApplication) -> Path:
    """Where the window of this file keeps its settings."""
    return paths.config_dir()


@pytest.fixture(scope="module")
def window(config: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("window"))
    desk.program.background.run_long(
        int, _nothing, _nothing
    )  # this lane lives as long as the window
    yield desk
    desk.close()


@pytest.fixture
def desk(window: Desk) -> Iterator[Desk]:
    window.settle()
    window.workbench.studio.recent_files.clear()
    yield window
    for name in ("recentDialog", "importDialog", "newDesignDialog"):
        if any(w.objectName() == name and w.isVisible() for w in QApplication.topLevelWidgets()):
            close_dialog(name)
    if not is_as_opened(window):
        open_alone(window)
    window.settle()


def _nothing(_: object) -> None:
    pass


def ask_to_open(path: Path) -> None:
    """Say as the system does on macOS which file is to be opened."""
    ours = application()
    assert ours is not None
    QApplication.sendEvent(ours, QFileOpenEvent(str(path)))


def rows() -> list[str]:
    found = part("recentList")
    assert isinstance(found, QListWidget)
    return [found.item(row).text() for row in range(found.count())]


def part(name: str) -> QWidget:
    found = dialog("recentDialog").findChild(QWidget, name)
    assert found is not None, name
    return found


def told() -> str:
    found = part("recentTold")
    assert isinstance(found, QLabel)
    return found.text()


def click(name: str, desk: Desk) -> None:
    button = part(name)
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_carries_a_snapshot_is_shown_as_what_it_is(
    desk: Desk, folder: Path, kind: str
) -> None:
    path = folder / f"sent.{kind}"
    desk.workbench.files.open_file(str(path))
    desk.settle()
    state = dialog("importDialog").findChild(QLabel, "importState")
    assert state is not None
    assert state.text().startswith("✓")
    assert [file.path for file in desk.workbench.studio.recent_files.listed().files] == [path]


def test_a_file_that_the_system_asks_for_is_opened(desk: Desk, folder: Path) -> None:
    ask_to_open(folder / STARTER)
    desk.settle()
    assert desk.workbench.designs.current.origin == str(folder / STARTER)


def test_a_file_asked_for_under_a_dialog_is_opened_after_it(desk: Desk, folder: Path) -> None:
    desk.press("open_recent")
    ask_to_open(folder / STARTER)
    desk.settle()
    assert desk.workbench.designs.current.origin != str(folder / STARTER)
    close_dialog("recentDialog")
    wait_until(lambda: desk.workbench.designs.current.origin == str(folder / STARTER))
    desk.settle()


def test_what_was_opened_last_is_listed_with_its_picture_and_opened_again(
    desk: Desk, folder: Path
) -> None:
    for name in (STARTER, "gone.json", "sent.pdf"):
        (folder / "gone.json").write_bytes((folder / STARTER).read_bytes())
        desk.workbench.studio.recent_files.note(folder / name)
    (folder / "gone.json").unlink()
    desk.press("open_recent")
    assert ["sent.pdf" in rows()[0], "gone.json" in rows()[1], STARTER in rows()[2]] == [True] * 3
    assert "not there any more" in rows()[1]
    listed = part("recentList")
    assert isinstance(listed, QListWidget)
    middle = [listed.item(row).icon().pixmap(40).toImage().pixelColor(20, 3) for row in (0, 1, 2)]
    assert middle[0] != middle[1] != middle[2]
    listed.setCurrentRow(1)
    assert told().startswith("It is not there any more")
    assert not part("openRecent").isEnabled()
    QTest.keyClick(listed, Qt.Key.Key_Delete)
    desk.settle()
    assert len(rows()) == 2
    listed.setCurrentRow(1)
    QTest.keyClick(listed, Qt.Key.Key_Return)
    desk.settle()
    assert desk.workbench.designs.current.origin == str(folder / STARTER)


def test_an_empty_list_says_what_to_do_and_a_broken_one_what_is_wrong(
    desk: Desk, config: Path
) -> None:
    desk.press("open_recent")
    assert told().startswith("Nothing was opened yet. Ctrl+O")
    close_dialog("recentDialog")
    (config / "recent.json").write_text(
        json.dumps({"schema": "luthier.recent/9"}), encoding="utf-8"
    )
    desk.press("open_recent")
    assert "recent.json" in told()
    click("clearRecent", desk)
    assert told().startswith("Nothing was opened yet.")


def test_the_dialog_of_new_designs_leads_to_what_was_opened_last(desk: Desk) -> None:
    desk.press("new_design")
    button = dialog("newDesignDialog").findChild(QPushButton, "showRecent")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert dialog("recentDialog").isVisible()


def test_a_start_by_a_file_that_the_system_asks_for_shows_it_first(
    open_desk: OpenDesk, folder: Path
) -> None:
    ours = application()
    assert ours is not None
    ours.listen(None)
    ask_to_open(folder / STARTER)
    started = open_desk("")
    assert started.workbench.designs.current.origin == str(folder / STARTER)
    assert not any(w.objectName() == "newDesignDialog" for w in QApplication.topLevelWidgets())
