"""What the first look leaves for later is there for whoever asks for it."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from luthier_desktop.domain.feasibility.findings import Assumed, Scored
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.inspector import Inspector
from luthier_desktop.ui.widgets.fields import LengthField

ASSUMED = (Assumed("top.thickness_mm", 2.8, "setup"),)
SCORED = Scored(10.0, RiskBucket.RED, (), (), (), None, ASSUMED, (), None, None)


@pytest.fixture
def swift(qtbot, catalogue, design):
    """A shown editor in which nothing is made that is not in sight."""
    editor = DesignEditor(catalogue, later=True)
    qtbot.addWidget(editor)
    editor.resize(1000, 560)
    editor.set_design(design)
    editor.show_verdicts(SCORED)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.activateWindow()
    QApplication.processEvents()
    return editor


def named(editor, name):
    return [one for one in editor.findChildren(LengthField) if one.accessibleName() == name]


def test_the_fields_of_the_hidden_page_come_later_with_all_they_show(swift):
    assert not named(swift, "Outer diameter")
    swift.complete()
    swift.complete()
    (outer,) = named(swift, "Outer diameter")
    assert outer.text() == "100.00 mm"
    (thickness,) = named(swift, "Top thickness when routed")
    assert thickness.placeholderText() == "2.80 mm (shop)"


def test_a_field_that_is_not_made_yet_can_be_asked_for(swift):
    swift.focus_field("outer_diameter_mm", None)
    (outer,) = named(swift, "Outer diameter")
    assert outer.hasFocus()
    assert outer.isVisible()


def test_turning_to_the_hidden_page_makes_its_fields(swift):
    inspector = swift.findChild(Inspector, "inspector")
    inspector.setCurrentWidget(inspector.design_page)
    QApplication.processEvents()
    assert named(swift, "Outer diameter")[0].isVisible()


def test_material_samples_get_their_figure_later(swift):
    choice = swift.findChild(Inspector, "inspector").ring_page._materials._rows[0].choice

    def colours():
        image = choice.itemIcon(choice.currentIndex()).pixmap(choice.iconSize()).toImage()
        return {image.pixel(x, 8) for x in range(3, 24)}

    assert len(colours()) == 1
    swift.complete()
    assert len(colours()) > 1


def test_an_editor_completed_later_looks_like_one_made_at_once(qtbot, swift, catalogue, design):
    whole = DesignEditor(catalogue)
    qtbot.addWidget(whole)
    whole.resize(1000, 560)
    whole.set_design(design)
    whole.show_verdicts(SCORED)
    with qtbot.waitExposed(whole):
        whole.show()
    swift.complete()
    pictures = []
    for editor in (swift, whole):
        editor.activateWindow()
        QApplication.processEvents()
        pictures.append(editor.grab().toImage())
    assert pictures[0] == pictures[1]


class Shown(QObject):
    """Notes the windows that are shown."""

    def __init__(self):
        super().__init__()
        self.windows = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
            self.windows.append(watched.accessibleName())
        return False


def test_no_part_of_an_editor_flashes_up_as_a_window_while_it_is_made(qtbot, catalogue, design):
    shown = Shown()
    QApplication.instance().installEventFilter(shown)
    editor = DesignEditor(catalogue)
    qtbot.addWidget(editor)
    editor.set_design(design)
    QApplication.instance().removeEventFilter(shown)
    assert shown.windows == []
