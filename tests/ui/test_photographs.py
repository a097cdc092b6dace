"""Photos in the whole window: chosen, read by the worker, refused with a sentence."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.ui.desk import Desk


def test_a_photo_is_read_by_the_worker_and_laid_under_its_design(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "rosette.jpg"
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkYellow)
    image.save(str(path))
    canvas = desk.workbench.editor.canvas
    canvas.photoDropped.emit(str(path))
    assert "Reading the photo" in desk.window.statusBar().currentMessage()
    desk.settle()
    photo = canvas.photos.photo
    assert photo is not None
    assert (photo.image.name, photo.image.width_px) == ("rosette.jpg", 640)
    assert desk.find("photoBar").isVisible()
    desk.window.commands["remove_photo"].trigger()
    assert canvas.photos.photo is None


def test_what_is_no_photo_is_told_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no picture")
    told: list[str] = []
    desk.window.messages.failed.connect(told.append)
    desk.workbench.photographs.read(str(path))
    desk.settle()
    assert "is no photo that can be read" in told[0]
    assert desk.workbench.editor.canvas.photos.photo is None
    assert "Reading" not in desk.window.statusBar().currentMessage()


def test_the_window_asks_the_studio_what_lies_ahead_of_a_drag(desk: Desk) -> None:
    canvas = desk.workbench.editor.canvas
    judge = canvas.edges.judge
    assert judge is not None
    assert judge(desk.workbench.editor.design()).risk_bucket
