"""A picture out of the window: asked for, previewed, written, recorded; and pasted text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QSpinBox,
    QWidget,
)

from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.exports.payload import find_payload
from luthier_desktop.exports.qr import qr_text
from luthier_desktop.storage.canonical import canonical_bytes
from tests.ui.desk import Desk, dialog, label, type_width, wait_until


def test_a_picture_is_previewed_written_recorded_and_its_choices_kept(
    desk: Desk, tmp_path: Path
) -> None:
    asked = open_dialog(desk)
    preview = asked.findChild(QLabel, "picturePreview")
    kind, style = (
        asked.findChild(QComboBox, "pictureKind"),
        asked.findChild(QComboBox, "pictureStyle"),
    )
    dpi, caption = (
        asked.findChild(QSpinBox, "pictureDpi"),
        asked.findChild(QCheckBox, "pictureCaption"),
    )
    assert preview is not None
    assert kind is not None
    assert style is not None
    assert dpi is not None
    assert caption is not None
    assert not dpi.isEnabled()
    kind.setCurrentIndex(1)
    style.setCurrentIndex(1)
    dpi.setValue(72)
    caption.setChecked(False)
    assert dpi.isEnabled()
    wait_until(lambda: not preview.pixmap().isNull())
    asked.accept()
    chosen = dialog("pictureFileDialog")
    assert isinstance(chosen, QFileDialog)
    assert chosen.selectedFiles()[0].endswith(".png")
    path = tmp_path / "out.png"
    chosen.fileSelected.emit(str(path))
    chosen.close()
    desk.settle()
    design = desk.workbench.editor.design()
    found = find_payload(path.read_bytes())
    assert desk.workbench.studio.designs.read(found or b"") == design
    desk.log.filter.show_only(event=("export.written",))
    desk.settle()
    assert desk.log.table.model().rowCount() == 1
    again = open_dialog(desk)
    field = again.findChild(QComboBox, "pictureKind")
    assert field is not None
    assert field.currentIndex() == 1
    again.reject()
    desk.settle()


def test_a_saved_design_is_drawn_as_its_snapshot_until_it_changes(
    desk: Desk, tmp_path: Path
) -> None:
    studio, editor = desk.workbench.studio, desk.workbench.editor
    saved = studio.snapshots.save(editor.design(), SnapshotDetails(name="Rose"))
    desk.workbench.library.open(saved.snapshot_id)
    desk.settle()
    asked = open_dialog(desk)
    assert "the snapshot “\u2068Rose\u2069”, version 1" in carried(asked)
    path = written(asked, desk, tmp_path / "saved.svg")
    preview = studio.sharing.inspect(path).plain()
    assert (preview["snapshot_id"], preview["state"]) == (saved.snapshot_id, "verified")
    desk.focus("ringTable")
    type_width(desk, 1, "3.75")
    asked = open_dialog(desk)
    assert "the design as it stands now" in carried(asked)
    path = written(asked, desk, tmp_path / "changed.svg")
    assert studio.sharing.inspect(path).kind == "design"


def test_the_library_offers_the_picture_of_any_snapshot(desk: Desk, tmp_path: Path) -> None:
    studio = desk.workbench.studio
    starter = studio.presets.starters()[3].design
    saved = studio.snapshots.save(starter, SnapshotDetails(name="Other"))
    desk.workbench.library.pictureWanted.emit(saved.snapshot_id)
    desk.settle()
    path = written(dialog("pictureDialog"), desk, tmp_path / "other.svg")
    assert studio.sharing.inspect(path).plain()["snapshot_id"] == saved.snapshot_id
    desk.workbench.library.pictureWanted.emit("snap_0000000000000000")
    desk.settle()
    assert "snap_0000000000000000" in label(desk, "toast")


def carried(asked: QWidget) -> str:
    found = asked.findChild(QLabel, "pictureCarries")
    assert found is not None
    return found.text()


def written(asked: QWidget, desk: Desk, path: Path) -> Path:
    assert isinstance(asked, QDialog)
    asked.accept()
    chosen = dialog("pictureFileDialog")
    assert isinstance(chosen, QFileDialog)
    assert chosen.selectedFiles()[0].endswith(".svg")
    chosen.fileSelected.emit(str(path))
    chosen.close()
    desk.settle()
    return path


def test_the_text_of_a_qr_code_is_opened_by_pasting_it(desk: Desk) -> None:
    studio = desk.workbench.studio
    known = studio.presets.starters()[3].design
    document = canonical_bytes(known.normalised())
    QGuiApplication.clipboard().setText(qr_text(document, studio.hash_of(known)))
    desk.press("paste_rings")
    assert studio.hash_of(desk.workbench.editor.design()) == studio.hash_of(known)


def open_dialog(desk: Desk) -> QDialog:
    desk.window.commands["export_picture"].trigger()
    asked = dialog("pictureDialog")
    assert isinstance(asked, QDialog)
    return asked
