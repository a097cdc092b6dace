"""Share files in the window: shown first, kept when the reader says so, and exported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotDetails, SnapshotQuery
from luthier_desktop.exports.payload import payload_text
from luthier_desktop.services.studio import open_studio
from tests.services.builders import design
from tests.services.share_forgery import forged, shared, unsigned, within
from tests.ui.desk import Desk, OpenDesk, dialog, wait_until
from tests.ui.exporting.export_steps import export_dialog, place
from tests.ui.hostile_texts import BIDI, IMAGE, TABLES, faults


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files from another installation: one in each state, and one with hostile names."""
    place = tmp_path_factory.mktemp("shared")
    with open_studio(place / "there") as there:
        data = shared(there, place).read_bytes()
        bad = design(name=IMAGE)
        details = SnapshotDetails(name=(BIDI + TABLES)[:200], notes=TABLES)
        saved = there.snapshots.save(bad, details)
        there.sharing.export(saved.snapshot_id, place / "hostile.rosette")
    (place / "verified.rosette").write_bytes(data)
    (place / "unsigned.rosette").write_bytes(forged(data, unsigned))
    changed = forged(data, within("run", lambda run: run["decision"].update(score=1)))
    (place / "changed.rosette").write_bytes(changed)
    (place / "damaged.rosette").write_bytes(data[:-9])
    framed = b"\x89PNG\r\n\x1a\n" + payload_text(data).encode()
    (place / "picture.png").write_bytes(framed)
    return place


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("window"))
    desk.program.background.run_long(int, bool, bool)  # this lane lives as long as the window
    yield desk
    desk.close()


def ask(desk: Desk, path: Path) -> QWidget:
    desk.workbench.files.open_file(str(path))
    desk.settle()
    return dialog("importDialog")


def text(asked: QWidget, name: str) -> str:
    found = asked.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def button(asked: QWidget, name: str) -> QPushButton | None:
    return asked.findChild(QPushButton, name)


def click(desk: Desk, asked: QWidget, name: str) -> None:
    found = button(asked, name)
    assert found is not None, name
    found.click()
    desk.settle()
    wait_until(lambda: not any_dialog())


def any_dialog() -> bool:
    return any(
        widget.objectName() == "importDialog" and widget.isVisible()
        for widget in QApplication.topLevelWidgets()
    )


@pytest.mark.parametrize(
    ("name", "word", "buttons"),
    [
        ("verified", "✓  Verified.", {"importOpen", "importKeep", "importCancel"}),
        ("unsigned", "?  Unsigned.", {"importOpen", "importKeep", "importCancel"}),
        ("changed", "✗  Changed.", {"importOpen", "importKeep", "importCancel"}),
        ("damaged", "✗  Damaged.", {"importCancel"}),
    ],
)
def test_a_share_file_is_shown_with_its_state_before_anything_is_stored(
    window: Desk, folder: Path, name: str, word: str, buttons: set[str]
) -> None:
    asked = ask(window, folder / f"{name}.rosette")
    assert text(asked, "importState").startswith(word)
    assert {each.objectName() for each in asked.findChildren(QPushButton)} == buttons
    assert text(asked, "importFinding")
    if name != "damaged":
        picture = asked.findChild(QLabel, "importPicture")
        assert picture is not None
        assert not picture.pixmap().isNull()
        assert "You do not have" in text(asked, "importRelation")
    keep = button(asked, "importKeep")
    if keep is not None:
        assert keep.isDefault() == (name != "changed")
        assert ("despite changes" in keep.text()) == (name == "changed")
    click(window, asked, "importCancel")
    assert window.workbench.studio.runs.count(RunQuery()) == 0


def test_nothing_of_a_strangers_name_is_obeyed(window: Desk, folder: Path) -> None:
    asked = ask(window, folder / "hostile.rosette")
    assert "⟨U+202E⟩" in text(asked, "importName")
    assert faults() == []
    click(window, asked, "importCancel")


def test_a_kept_file_is_opened_and_listed_and_can_be_sent_on(
    open_desk: OpenDesk, folder: Path, tmp_path: Path
) -> None:
    desk = open_desk()
    click(desk, ask(desk, folder / "verified.rosette"), "importKeep")
    (entry,) = desk.workbench.studio.snapshots.find(SnapshotQuery()).items
    sent = json.loads(json.loads((folder / "verified.rosette").read_bytes())["snapshot"])
    assert entry.name == "Parlor"
    assert desk.workbench.editor.design().normalised() == sent["design"]
    next_save = desk.workbench.designs.current.saved_as
    assert next_save is not None
    assert (next_save.snapshot_id, next_save.name) == (entry.snapshot_id, "Parlor")
    asked = export_dialog(desk, "export_share_file")
    assert place(asked, desk, tmp_path / "on.rosette") == f"parlor-{entry.snapshot_id}.rosette"
    assert desk.workbench.studio.sharing.inspect(tmp_path / "on.rosette").state == "verified"
    again = ask(desk, folder / "verified.rosette")
    assert "already" in text(again, "importRelation")
    assert button(again, "importKeep") is None
    click(desk, again, "importOpen")


def test_a_clash_offers_both_and_the_next_version(open_desk: OpenDesk, folder: Path) -> None:
    desk = open_desk()
    click(desk, ask(desk, folder / "verified.rosette"), "importKeep")
    (first,) = desk.workbench.studio.snapshots.find(SnapshotQuery()).items
    other = desk.data_dir.parent / "other.rosette"
    data = forged((folder / "unsigned.rosette").read_bytes(), _renamed)
    other.write_bytes(data)
    asked = ask(desk, other)
    assert "differs" in text(asked, "importRelation")
    assert button(asked, "importKeep") is not None
    click(desk, asked, "importReplace")
    second = desk.workbench.studio.snapshots.find(SnapshotQuery()).items[0]
    assert (second.parent_snapshot_id, second.name) == (first.snapshot_id, "Terz")


def _renamed(document: dict[str, str]) -> None:
    document["snapshot"] = document["snapshot"].replace("Parlor", "Terz")


def test_only_the_design_can_be_opened_and_nothing_is_stored(window: Desk, folder: Path) -> None:
    click(window, ask(window, folder / "changed.rosette"), "importOpen")
    assert window.workbench.editor.design().name == "Three rings"
    assert window.workbench.studio.runs.count(RunQuery()) == 0


def test_a_file_dropped_on_the_window_or_the_drawing_is_opened(window: Desk, folder: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder / "picture.png"))])
    for target in (window.window, window.workbench.editor.canvas):
        plain = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        copy = Qt.DropAction.CopyAction
        QApplication.sendEvent(target, QDragEnterEvent(QPoint(9, 9), copy, data, *plain))
        drop = QDropEvent(QPointF(9, 9), copy, data, *plain)
        QApplication.sendEvent(target, drop)
        wait_until(any_dialog)
        window.settle()
        click(window, dialog("importDialog"), "importCancel")


def test_a_share_file_that_was_copied_is_opened_from_the_clipboard(
    window: Desk, folder: Path
) -> None:
    QGuiApplication.clipboard().setText((folder / "verified.rosette").read_text("utf-8"))
    window.press("open_pasted")
    asked = dialog("importDialog")
    assert text(asked, "importState").startswith("✓")
    click(window, asked, "importCancel")
    QGuiApplication.clipboard().setText("nothing of ours")
    window.press("open_pasted")
    assert not any_dialog()
    QGuiApplication.clipboard().clear()


def test_the_window_can_be_started_with_a_share_file(open_desk: OpenDesk, folder: Path) -> None:
    desk = open_desk(str(folder / "verified.rosette"))
    wait_until(any_dialog)
    click(desk, dialog("importDialog"), "importOpen")
    assert desk.workbench.editor.design().name == "Three rings"
