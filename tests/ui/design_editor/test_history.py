"""The list and the slider of the history over one document."""

from __future__ import annotations

import json
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QSlider

from luthier_desktop.domain.lengths import Unit
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.scoring import scored
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor import ring_edits
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.edits import Edit
from luthier_desktop.ui.design_editor.history_list import HistoryList
from luthier_desktop.ui.design_editor.history_looks import StepLooks
from luthier_desktop.ui.design_editor.history_pane import HistoryPane
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.design_editor.picture import Picture
from tests.ui.design_editor.test_undo import random_edit

Key = Qt.Key


@pytest.fixture
def document(qapp, design):
    document = DesignDocument()
    document.replace(design)
    return document


@pytest.fixture
def pane(qtbot, document, catalogue):
    pane = HistoryPane(document, Picture(catalogue), lambda d: scored(d, Setup(), catalogue))
    qtbot.addWidget(pane)
    pane.resize(356, 430)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.activateWindow()
    QApplication.processEvents()
    pane.enter()
    yield pane
    pane.end()


def in_bytes(design):
    return json.dumps(design.normalised(), sort_keys=True).encode()


def widen(document, *widths_mm):
    for width_mm in widths_mm:
        assert not document.attempt(
            lambda d, to=width_mm: ring_edits.set_length(d, 0, "width_mm", to)
        )


def lines(pane):
    model = pane.findChild(HistoryList).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def said(pane, row):
    model = pane.findChild(HistoryList).model()
    return model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def verdict(catalogue, pane, row):
    step = pane.findChild(HistoryList).model().step(row)
    judged = scored(step.design, Setup(), catalogue)
    return f"{judged.risk_bucket.value.capitalize()} {judged.score:.1f}"


def small_only(build):
    """Leave out what would make the stack larger than six rings."""

    def small(design):
        edit = build(design)
        return edit if edit is None or len(edit.after.ring_params) <= 6 else None

    return small


def press(qtbot, *keys):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def drawn(qtbot, pane):
    """Wait until every row in sight has its picture."""
    seen = pane.findChild(HistoryList)
    first, last = seen.rowAt(0), seen.rowAt(seen.viewport().height() - 1)
    last = seen.model().rowCount() - 1 if last < 0 else last
    ratio = seen.devicePixelRatioF()
    designs = [seen.model().step(row).design for row in range(first, last + 1)]
    qtbot.waitUntil(lambda: all(pane.looks.look(one, ratio) for one in designs))


def test_every_step_is_listed_by_name_with_the_present_and_the_undone_ones_in_words(
    pane, document, catalogue
):
    widen(document, 2.5, 3.0)
    document.undo_stack.undo()
    assert lines(pane) == [
        "The beginning · As it was begun",
        "Step 1 of 2 · \u2068Width of ring 0: 2.0 to 2.5 mm\u2069 · now",
        "Step 2 of 2 · \u2068Width of ring 0: 2.5 to 3.0 mm\u2069 · undone",
    ]
    assert said(pane, 2).endswith(f"undone, verdict {verdict(catalogue, pane, 2)}")


def test_names_are_told_in_the_unit_shown(pane, document):
    widen(document, 2.54)
    units.use(Unit.INCH)
    assert '0.1"' in lines(pane)[1]


def test_a_step_done_otherwise_loses_what_was_kept_of_the_one_it_replaces(pane, document):
    widen(document, 2.5)
    document.open_design.keep(document.committed)
    document.open_design.keep(document.committed, "saved")
    widen(document, 3.0)
    document.open_design.keep(document.committed)
    assert [line.split(" · ")[2:] for line in lines(pane)[1:]] == [
        ["recorded, saved"],
        ["now", "recorded"],
    ]
    document.open_design.go_to(0)
    widen(document, 4.0)
    assert [line.split(" · ")[2:] for line in lines(pane)] == [[], ["now"]]


def test_arrows_look_without_going_and_escape_comes_back(qtbot, pane, document):
    widen(document, 2.5, 3.0)
    looked, left = [], []
    pane.looked.connect(looked.append)
    pane.left.connect(lambda: left.append(True))
    before = document.committed
    press(qtbot, Key.Key_Up, Key.Key_Up)
    assert [step.number for step in looked] == [1, 0]
    assert document.committed is before
    assert pane.findChild(QSlider).value() == 0
    press(qtbot, Key.Key_Escape)
    assert looked[2:] == [None]
    assert pane.step.number == 2
    assert left == []
    press(qtbot, Key.Key_Escape)
    assert left == [True]


def test_enter_goes_there_from_the_list_and_from_the_slider(qtbot, pane, document):
    widen(document, 2.5, 3.0, 3.5)
    press(qtbot, Key.Key_Up, Key.Key_Up, Key.Key_Return)
    assert document.committed.ring_params[0].width_mm == 2.5
    pane.findChild(QSlider).setFocus()
    press(qtbot, Key.Key_Right, Key.Key_Right, Key.Key_Enter)
    assert document.committed.ring_params[0].width_mm == 3.5
    assert document.undo_stack.count() == 3


def test_a_click_goes_there(qtbot, pane, document):
    widen(document, 2.5, 3.0)
    rows = pane.findChild(HistoryList)
    place = rows.visualRect(rows.model().index(0, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert document.undo_stack.index() == 0
    assert pane.step.number == 0


def test_letters_look_for_nothing(qtbot, pane, document):
    widen(document, 2.5)
    qtbot.keyClicks(pane.findChild(HistoryList), "thesw")
    assert pane.step.number == 1


def test_the_verdict_stands_beside_the_slider_with_sign_and_word(qtbot, pane, document, catalogue):
    widen(document, 2.5)
    drawn(qtbot, pane)
    judged = verdict(catalogue, pane, 1)
    assert judged.startswith("Red ")
    assert pane.findChild(QLabel, "historyVerdict").text() == f"✗ {judged}"
    assert pane.findChild(QLabel, "historyWhere").text() == "Step 1 of 1 · now"
    told = pane.findChild(QSlider).accessibleDescription()
    assert told.startswith("Step 1 of 1, ")
    assert told.endswith(f"now, verdict {judged}")


def test_it_follows_the_design_that_is_shown(pane, document, design):
    widen(document, 2.5)
    first = document.open_design
    second = OpenDesign(design, "a file", document)
    document.lay(second)
    assert lines(pane) == ["The beginning · From \u2068a file\u2069 · now"]
    document.lay(first)
    assert len(lines(pane)) == 2
    first.undo_stack.undo()
    assert lines(pane)[0].endswith("now")


def test_five_hundred_random_edits_walked_by_the_slider_give_the_same_bytes(qtbot, pane, document):
    chance = Random(5)
    states = [in_bytes(document.committed)]
    pane.hide()
    while document.undo_stack.count() < 500:
        before = document.undo_stack.count()
        document.attempt(small_only(random_edit(chance, document)))
        if document.undo_stack.count() > before:
            states.append(in_bytes(document.committed))
    pane.show()
    slider = pane.findChild(QSlider)
    slider.setFocus()
    for number in [0, 500, *(chance.randrange(501) for _ in range(20))]:
        slider.setValue(number)
        assert in_bytes(pane.step.design) == states[number]
        press(qtbot, Key.Key_Return)
        assert document.undo_stack.index() == number
        assert in_bytes(document.committed) == states[number]
    document.open_design.go_to(500)
    for state in reversed(states[:-1]):
        document.undo_stack.undo()
        assert in_bytes(document.committed) == state


def test_four_thousand_steps_are_gone_through_with_one_change_shown(pane, document, design):
    pane.hide()
    for number in range(4_000):
        step = Edit(f"Step {number}", design.model_copy(update={"name": str(number)}))
        document.open_design.do(step)
    pane.show()
    changes = []
    document.changed.connect(changes.append)
    pane.look_at(0)
    pane.go()
    assert [one is design for one in changes] == [True]
    pane.look_at(4_000)
    pane.go()
    assert [one.name for one in changes[1:]] == ["3999"]
    assert pane.findChild(HistoryList).model().rowCount() == 4_001


def test_steps_share_the_rings_that_they_do_not_change(document):
    designs = []
    for number in range(50):
        widen(document, 2.5 + number / 100)
        designs.append(document.committed)
    others = [[id(ring) for ring in one.ring_params[1:]] for one in designs]
    assert all(one == others[0] for one in others)


def test_so_many_looks_are_kept_and_no_more(qtbot, design, catalogue):
    looks = StepLooks(Picture(catalogue), lambda d: scored(d, Setup(), catalogue), most=5)
    designs = [design.model_copy(update={"name": str(at)}) for at in range(9)]
    for one in designs:
        looks.look(one, 1.0)
        qtbot.waitUntil(lambda one=one: looks.look(one, 1.0) is not None)
    assert len(looks) == 5
    assert looks.look(designs[8], 1.0) is not None
    assert looks.look(designs[3], 1.0) is None
    qtbot.waitUntil(lambda: looks.look(designs[3], 1.0) is not None)
