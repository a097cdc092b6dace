"""New designs: the gallery of starters and the sizes of instruments, by keys and by mouse."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QPushButton,
    QWidget,
)

from luthier_desktop.domain.lengths import Unit
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor.thumbnail import thumbnail
from luthier_desktop.ui.workbench.gallery_model import GalleryModel
from luthier_desktop.ui.workbench.gallery_view import PICTURE_PX
from tests.ui.desk import Desk, OpenDesk, close_dialog, dialog, press, wait_until
from tests.ui.test_window import assert_all_is_plain


def part(name: str) -> QWidget:
    found = dialog("newDesignDialog").findChild(QWidget, name)
    assert found is not None, name
    return found


def field(name: str) -> QLineEdit:
    found = part(name)
    assert isinstance(found, QLineEdit)
    return found


def view() -> QListView:
    found = part("galleryView")
    assert isinstance(found, QListView)
    return found


def model() -> GalleryModel:
    found = view().model()
    assert isinstance(found, GalleryModel)
    return found


def names() -> list[str]:
    rows = [model().card(model().index(row)) for row in range(model().rowCount())]
    return [card.starter.name for card in rows if card is not None]


def choose_instrument(name: str) -> None:
    listed = part("instrumentList")
    assert isinstance(listed, QListWidget)
    listed.setCurrentItem(listed.findItems(name, Qt.MatchFlag.MatchExactly)[0])


def type_into(name: str, text: str) -> None:
    field(name).setFocus()
    field(name).selectAll()
    QTest.keyClicks(field(name), text)


def begin_by_key() -> None:
    """Press the button by its letter; it goes down for a moment first."""
    press("Alt+B")
    button = part("beginDesign")
    assert isinstance(button, QPushButton)
    assert button.isDown()
    wait_until(lambda: not shown_dialogs() or not button.isDown())


def test_a_new_design_is_begun_by_keys_alone(desk: Desk) -> None:
    desk.focus("designCanvas")
    press("Ctrl+N")
    desk.settle()
    assert part("instrumentList").hasFocus()
    press("Down")
    press("Tab")
    assert field("soundhole_diameter_mm").hasFocus()
    type_into("soundhole_diameter_mm", "84")
    press("Tab")
    QTest.keyClicks(field("margin_mm"), "2.5")
    press("Tab")
    type_into("outer_diameter_mm", "5 1/2in")
    press("Return")
    assert dialog("newDesignDialog").isVisible()
    begin_by_key()
    desk.settle()
    design = desk.workbench.editor.design()
    assert design.name == "Classical guitar"
    assert design.soundhole_diameter_mm == 84.0
    assert design.inner_diameter_mm == 89.0
    assert design.outer_diameter_mm == pytest.approx(139.7)
    assert [ring.width_mm for ring in design.ring_params] == [0.5, 24.35, 0.5]


def test_a_starter_is_found_by_a_word_and_opened_by_enter(desk: Desk) -> None:
    desk.press("new_design")
    type_into("gallerySearch", "wheat spanish")
    assert names() == [
        "Classical guitar, Greek key between wheat ears, in the Spanish manner of the 1850s"
    ]
    press("Return")
    desk.settle()
    assert desk.workbench.editor.open_design.title().startswith("Classical guitar, Greek key")


def test_a_starter_is_opened_by_a_double_click(desk: Desk) -> None:
    desk.press("new_design")
    choose_instrument("Mandolin, round hole")
    place = view().visualRect(model().index(0)).center()
    QTest.mouseClick(view().viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view().viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.settle()
    assert desk.workbench.editor.open_design.title().startswith("Mandolin")


def test_the_same_starter_twice_is_two_designs(desk: Desk) -> None:
    ids = []
    for _ in range(2):
        desk.press("new_design")
        press("Return")
        desk.settle()
        ids.append(desk.workbench.editor.design().design_id)
    assert ids[0] != ids[1]


def test_an_instrument_lists_the_starters_that_fit_it(desk: Desk) -> None:
    desk.press("new_design")
    total = model().rowCount()
    assert total >= 12
    choose_instrument("Parlor guitar")
    assert names() == ["Parlor guitar, plain walnut ring"]
    type_into("gallerySearch", "rope")
    assert names() == []
    count, use = part("galleryCount"), part("useStarter")
    assert isinstance(count, QLabel)
    assert count.text() == "No starter has all of these words."
    assert not use.isEnabled()
    close_dialog("newDesignDialog")


def test_every_starter_is_drawn_and_judged_while_the_gallery_is_in_sight(desk: Desk) -> None:
    desk.press("new_design")
    every = [model().index(row) for row in range(model().rowCount())]
    wait_until(lambda: all(model().face(index) for index in every))
    for index in every:
        face = model().face(index)
        assert face is not None
        assert face.verdict == "✓ Green 100.0"
        assert not face.picture.isNull()
    spoken = every[0].data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("Classical guitar, Green 100.0")
    faces = [model().face(index) for index in every]
    close_dialog("newDesignDialog")
    desk.press("new_design")
    again = [model().face(model().index(row)) for row in range(len(faces))]
    assert all(one is other for one, other in zip(faces, again, strict=True))
    close_dialog("newDesignDialog")


def test_a_picture_that_was_not_drawn_to_its_end_is_not_kept(desk: Desk) -> None:
    desk.press("new_design")
    close_dialog("newDesignDialog")
    for _ in ("raw", "after finish"):
        desk.press("switch_finish")  # forgets every picture
    desk.window.commands["new_design"].trigger()
    desk.workbench.files.gallery.draw_stroke()
    close_dialog("newDesignDialog")
    desk.press("new_design")
    wait_until(lambda: model().face(model().index(0)) is not None)
    face = model().face(model().index(0))
    assert face is not None
    design = desk.workbench.studio.presets.first()
    materials = desk.workbench.studio.materials
    whole = thumbnail(design, materials, PICTURE_PX, desk.window.devicePixelRatioF())
    assert farthest(face.picture.toImage(), whole.toImage()) <= 4  # of 255: rings kept as layers
    ringless = design.model_copy(update={"ring_params": ()})
    bare = thumbnail(ringless, materials, PICTURE_PX, desk.window.devicePixelRatioF())
    assert farthest(face.picture.toImage(), bare.toImage()) > 100
    close_dialog("newDesignDialog")


def farthest(one: QImage, other: QImage) -> int:
    """Return by how much the two pictures differ at most, in any channel of any pixel."""
    return max(abs(a - b) for a, b in zip(colours(one), colours(other), strict=True))


def colours(picture: QImage) -> bytes:
    return bytes(picture.convertToFormat(QImage.Format.Format_RGB888).constBits())


def test_sizes_are_told_with_their_source_and_an_estimate_is_marked(desk: Desk) -> None:
    desk.press("new_design")
    assert not field("margin_mm").isEnabled()
    choose_instrument("Flamenco guitar")
    labels = [label.text() for label in dialog("newDesignDialog").findChildren(QLabel)]
    assert "83.00\u201386.00 · L ≈" in labels
    tip = field("soundhole_diameter_mm").toolTip()
    assert "Confidence L, estimate" in tip
    assert "domain reference 1.1" in tip
    choose_instrument("Classical guitar")
    labels = [label.text() for label in dialog("newDesignDialog").findChildren(QLabel)]
    assert "82.00\u201386.00 · H" in labels
    why = part("notOffered")
    assert isinstance(why, QLabel)
    assert "f-holes: they have no rosette" in why.text()
    field("margin_mm").setFocus()
    source = part("sizeSource")
    assert isinstance(source, QLabel)
    assert "[S16]" in source.text()
    close_dialog("newDesignDialog")


def test_sizes_are_shown_and_typed_in_inches(desk: Desk) -> None:
    units.use(Unit.INCH)
    desk.press("new_design")
    choose_instrument("Dreadnought, OM or 000")
    assert field("soundhole_diameter_mm").text() == '4"'
    type_into("soundhole_diameter_mm", "3 7/8")
    begin_by_key()
    desk.settle()
    assert desk.workbench.editor.design().soundhole_diameter_mm == pytest.approx(98.425)


@pytest.mark.parametrize(
    ("text", "told"),
    [("wide", "is not a length"), ("90", "no room for a rosette"), ("0", "more than 0")],
)
def test_a_size_that_cannot_be_is_refused_and_kept(desk: Desk, text: str, told: str) -> None:
    before = desk.workbench.editor.design()
    desk.press("new_design")
    choose_instrument("Classical guitar")
    type_into("outer_diameter_mm", text)
    begin_by_key()
    desk.settle()
    said = part("newDesignSaid")
    assert isinstance(said, QLabel)
    assert told in said.text()
    assert desk.workbench.editor.design() == before
    close_dialog("newDesignDialog")


def test_a_design_without_rings_can_be_begun(desk: Desk) -> None:
    desk.press("new_design")
    choose_instrument("Soprano ukulele")
    part("newDesignRings").setFocus()
    press("Down")
    begin = part("beginDesign")
    assert isinstance(begin, QPushButton)
    begin.click()
    desk.settle()
    assert desk.workbench.editor.design().ring_params == ()


def test_the_gallery_comes_at_the_start_until_it_is_closed_for_good(open_desk: OpenDesk) -> None:
    desk = open_desk("")
    wait_until(lambda: bool(shown_dialogs()))
    assert_all_is_plain(dialog("newDesignDialog"))
    at_start = part("galleryAtStart")
    assert isinstance(at_start, QCheckBox)
    at_start.click()
    close_dialog("newDesignDialog")
    kept = json.loads(desk.state_file.read_text(encoding="utf-8"))
    assert kept["gallery_at_start"] is False
    again = open_desk("")
    again.settle()
    assert not shown_dialogs()
    again.press("new_design")
    close_dialog("newDesignDialog")


def shown_dialogs() -> list[QWidget]:
    tops = QApplication.topLevelWidgets()
    return [one for one in tops if one.objectName() == "newDesignDialog" and one.isVisible()]


def test_woods_are_shown_raw_in_the_drawing_and_in_the_gallery(desk: Desk) -> None:
    canvas = desk.find("designCanvas")
    finished = canvas.grab().toImage()
    desk.press("switch_finish")
    raw = canvas.grab().toImage()
    assert raw != finished
    desk.press("new_design")
    wait_until(lambda: model().face(model().index(0)) is not None)
    raw_face = model().face(model().index(0))
    close_dialog("newDesignDialog")
    desk.press("switch_finish")
    assert canvas.grab().toImage() == finished
    desk.press("new_design")
    wait_until(lambda: model().face(model().index(0)) is not None)
    face = model().face(model().index(0))
    assert raw_face is not None
    assert face is not None
    assert face.picture.toImage() != raw_face.picture.toImage()
    assert model().card(QModelIndex()) is None
    close_dialog("newDesignDialog")
