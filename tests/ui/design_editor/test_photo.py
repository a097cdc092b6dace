"""A photo under the drawing: read within bounds, placed by hand and by keys, of the view alone."""

from __future__ import annotations

import os
import struct
import zlib

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QSlider

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.ui.design_editor import photo_reading
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.design_editor.photo import Photo, PhotoImage
from luthier_desktop.ui.design_editor.photo_bar import PhotoBar
from luthier_desktop.ui.design_editor.photo_reading import read_photo
from luthier_desktop.ui.design_editor.photo_tool import Mode
from luthier_desktop.ui.widgets.fields import LengthField, NumberField
from tests.ui.design_editor.conftest import enter

LEFT = Qt.MouseButton.LeftButton


def picture(width=800, height=600, colour="#3366cc"):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


@pytest.fixture
def file(tmp_path, qapp):
    path = tmp_path / "rosette.png"
    picture().save(str(path))
    return path


@pytest.fixture
def photos(editor, canvas):
    canvas.photos.lay(PhotoImage("rosette.png", (picture(),)), editor.open_design)
    return canvas.photos


@pytest.fixture
def bar(editor, photos):
    return editor.findChild(PhotoBar, "photoBar")


def part(bar, kind, name):
    return bar.findChild(kind, name)


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, rows):
    """Write a PNG of one bit a pixel that is all black, *rows* of it there."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = zlib.compress(bytes(1 + (width + 7) // 8) * rows)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def test_a_photo_is_read_in_sizes_that_halve(file):
    image = read_photo(file)
    assert [(one.width(), one.height()) for one in image.levels] == [(800, 600), (400, 300)]
    assert image.levels[1].pixelColor(200, 150) == QColor("#3366cc")
    assert (image.name, image.told) == ("rosette.png", "")


def test_a_photo_of_more_than_forty_megapixels_is_made_smaller_and_said(file, monkeypatch):
    monkeypatch.setattr(photo_reading, "MOST_PIXELS", 120_000)
    image = read_photo(file)
    assert (image.width_px, image.height_px) == (400, 300)
    assert "it was made smaller while it was read, to 400 x 300 pixels." in image.told


def test_a_photo_of_a_hundred_megapixels_is_made_smaller(tmp_path, qapp):
    path = tmp_path / "huge.png"
    path.write_bytes(png(11_600, 8_700, 8_700))
    image = read_photo(path)
    assert 39e6 < image.width_px * image.height_px <= 40e6
    assert "has 101 megapixels" in image.told


def test_a_photo_that_nobody_could_scale_is_refused_before_it_is_decoded(tmp_path, qapp):
    path = tmp_path / "bomb.png"
    path.write_bytes(png(60_000, 60_000, 1))
    with pytest.raises(InputRefused, match="has 3600 megapixels, but 200 are the most"):
        read_photo(path)


def test_a_file_of_more_than_100_mib_is_refused_unread(tmp_path, qapp):
    path = tmp_path / "large.jpg"
    with path.open("wb") as file:
        file.truncate(100 * 2**20 + 1)
    with pytest.raises(InputRefused, match="100 MiB, but 100 MiB are the most"):
        read_photo(path)


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_what_is_no_photo_is_refused(tmp_path, qapp, content):
    path = tmp_path / "photo.png"
    path.write_bytes(content)
    with pytest.raises(InputRefused, match="is no photo that can be read"):
        read_photo(path)


def test_a_missing_file_and_a_pipe_are_refused(tmp_path, qapp):
    with pytest.raises(InputRefused, match="cannot be read"):
        read_photo(tmp_path / "gone.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(InputRefused, match="is no file"):
        read_photo(tmp_path / "pipe.jpg")


def test_two_points_and_their_distance_bring_a_photo_to_scale():
    # 800 pixels are 100 mm; the points lie 20 mm apart and should lie 30: one and a half.
    photo = Photo(PhotoImage("x", (picture(),)), 100.0, centre_x_mm=10.0)
    scaled = photo.calibrated(QPointF(0, 0), QPointF(0, 20), 30.0)
    assert (scaled.width_mm, scaled.centre_x_mm, scaled.centre_y_mm) == (150.0, 15.0, 0.0)
    assert scaled.mm_per_px == 150.0 / 800


def test_a_turned_photo_keeps_its_middle_and_scale():
    photo = Photo(PhotoImage("x", (picture(),)), 80.0, 5.0, -3.0, turn_deg=90.0)
    middle = photo.transform().map(QPointF(400, 300))
    right = photo.transform().map(QPointF(800, 300))
    assert (round(middle.x(), 6), round(middle.y(), 6)) == (5.0, -3.0)
    assert (round(right.x(), 6), round(right.y(), 6)) == (5.0, 37.0)


def test_two_clicks_and_a_typed_distance_scale_the_photo(qtbot, canvas, photos, bar):
    qtbot.mouseClick(part(bar, QPushButton, "photoScale"), LEFT)
    assert photos.mode is Mode.CALIBRATE
    QApplication.processEvents()
    assert not part(bar, LengthField, "photo_apart").isEnabled()
    ends = [canvas.view.to_px(x_mm, 0.0).toPoint() for x_mm in (-20.0, 20.0)]
    for place in ends:
        qtbot.mouseClick(canvas, LEFT, pos=place)
    apart_mm = (ends[1].x() - ends[0].x()) / canvas.view.px_per_mm
    distance = part(bar, LengthField, "photo_apart")
    assert distance.isVisible()
    assert distance.hasFocus()
    enter(qtbot, distance, "85")
    assert photos.photo.width_mm == pytest.approx(125.0 * 85.0 / apart_mm)
    assert photos.mode is Mode.NOTHING
    assert not distance.isVisible()


def test_a_photo_is_moved_by_hand_and_escape_puts_it_back(qtbot, editor, canvas, photos, bar):
    qtbot.mouseClick(part(bar, QPushButton, "photoMove"), LEFT)
    start = canvas.view.to_px(0.0, 0.0).toPoint()
    qtbot.mousePress(canvas, LEFT, pos=start)
    qtbot.mouseMove(canvas, start + QPoint(40, 20))
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert (photos.photo.centre_x_mm, photos.photo.centre_y_mm) == (0.0, 0.0)
    qtbot.mouseRelease(canvas, LEFT, pos=start)
    qtbot.mousePress(canvas, LEFT, pos=start)
    qtbot.mouseMove(canvas, start + QPoint(40, 20))
    qtbot.mouseRelease(canvas, LEFT, pos=start + QPoint(40, 20))
    scale = canvas.view.px_per_mm
    assert photos.photo.centre_x_mm == pytest.approx(40 / scale)
    assert photos.photo.centre_y_mm == pytest.approx(20 / scale)
    assert editor.undo_stack.count() == 0


def test_what_the_mouse_does_to_a_photo_can_be_typed(qtbot, photos, bar):
    enter(qtbot, part(bar, LengthField, "photo_width_mm"), "6in")
    enter(qtbot, part(bar, LengthField, "photo_centre_x_mm"), "-1.5")
    enter(qtbot, part(bar, LengthField, "photo_centre_y_mm"), "2")
    enter(qtbot, bar.findChildren(NumberField)[0], "7,5°")
    photo = photos.photo
    assert (photo.width_mm, photo.centre_x_mm, photo.centre_y_mm) == (152.4, -1.5, 2.0)
    assert photo.turn_deg == 7.5
    slider = part(bar, QSlider, "photoOpacity")
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert photos.photo.opacity == 1.0


@pytest.mark.parametrize("text", ["0", "-3", "wide", "1e9", "30000"])
def test_a_width_that_is_none_stays_with_its_reason(qtbot, photos, bar, text):
    field = part(bar, LengthField, "photo_width_mm")
    enter(qtbot, field, text)
    assert field.refusal
    assert field.text() == text
    assert photos.photo.width_mm == 125.0


def test_a_locked_photo_stays_where_it_lies(qtbot, canvas, photos, bar):
    qtbot.mouseClick(part(bar, QPushButton, "photoMove"), LEFT)
    qtbot.mouseClick(part(bar, QPushButton, "photoLock"), LEFT)
    assert photos.mode is Mode.NOTHING
    assert not part(bar, QPushButton, "photoMove").isEnabled()
    assert not part(bar, LengthField, "photo_width_mm").isEnabled()
    photos.work(Mode.MOVE)
    assert photos.mode is Mode.NOTHING


def test_the_photo_shows_through_the_drawing_as_much_as_wanted(qtbot, canvas, photos):
    qtbot.waitUntil(lambda: canvas.is_finished)
    place = canvas.view.to_px(0.0, 20.0).toPoint()
    seen = []
    for opacity in (0.0, 0.5, 1.0):
        photos.place(lambda photo, share=opacity: photo._replace(opacity=share))
        seen.append(canvas.grab().toImage().pixelColor(place).blue())
    assert seen[0] < seen[1] < seen[2]
    assert abs(seen[2] - 0xCC) <= 1


def test_a_photo_belongs_to_its_design_and_never_to_what_is_kept(editor, photos, bar, design):
    first = editor.open_design
    other = OpenDesign(design)
    editor.lay(other)
    assert photos.photo is None
    assert not bar.isVisible()
    editor.lay(first)
    assert photos.photo is not None
    assert bar.isVisible()
    assert "photo" not in str(editor.design().normalised())
    assert editor.undo_stack.isClean()


def test_remove_takes_the_photo_away(qtbot, photos, bar):
    qtbot.mouseClick(part(bar, QPushButton, "photoRemove"), LEFT)
    assert photos.photo is None
    assert not bar.isVisible()


def test_a_file_dropped_on_the_canvas_is_asked_for(canvas, file):
    dropped = []
    canvas.photoDropped.connect(dropped.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    none = Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, LEFT, none)
    drops = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, LEFT, none)
    for event in (enters, drops):
        QApplication.sendEvent(canvas, event)
    assert enters.isAccepted()
    assert dropped == [str(file)]
