"""A shown editor with a three-ring design and the real catalogue."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from luthier_desktop.domain.materials import MaterialCatalogue, read_materials
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.canvas import DesignCanvas
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.inspector import Inspector
from luthier_desktop.ui.design_editor.ring_table import RingTable
from luthier_desktop.ui.widgets.fields import LengthField

RESOURCES = Path(__file__).parents[3] / "resources"
PLAIN = {
    "name": "Three rings",
    "outer_diameter_mm": 100.0,
    "inner_diameter_mm": 80.0,
    "soundhole_diameter_mm": 74.0,
    "fingerboard": {"width_mm": 56.0, "end_distance_mm": 42.0},
    "ring_params": [
        {"ring_index": 0, "width_mm": 2.0, "materials": ["gaboon_ebony"]},
        {
            "ring_index": 1,
            "width_mm": 5.0,
            "pattern_type": "LADDER",
            "materials": ["holly", "gaboon_ebony"],
            "pattern": {"count": 60},
        },
        {"ring_index": 2, "width_mm": 3.0, "materials": ["indian_rosewood"]},
    ],
}


@pytest.fixture(scope="session")
def catalogue() -> MaterialCatalogue:
    """The catalogue that ships."""
    return read_materials(json.loads((RESOURCES / "catalogue" / "materials.json").read_text()))


@pytest.fixture
def design() -> RosetteParamSpec:
    """Radii 40 | 42 | 47 | 50: the sum is closed."""
    return RosetteParamSpec.read(PLAIN, "design")


@pytest.fixture
def editor(qtbot: QtBot, catalogue: MaterialCatalogue, design: RosetteParamSpec) -> DesignEditor:
    """The editor in a shown, active window."""
    editor = DesignEditor(catalogue)
    qtbot.addWidget(editor)
    editor.resize(1000, 560)
    editor.set_design(design)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.activateWindow()
    QApplication.processEvents()
    return editor


@pytest.fixture
def table(editor: DesignEditor) -> RingTable:
    return editor.findChild(RingTable, "ringTable")


@pytest.fixture
def canvas(editor: DesignEditor) -> DesignCanvas:
    return editor.findChild(DesignCanvas, "designCanvas")


@pytest.fixture
def inspector(editor: DesignEditor) -> Inspector:
    return editor.findChild(Inspector, "inspector")


@pytest.fixture
def field(inspector: Inspector) -> Callable[..., QWidget]:
    """Finds the inspector's field of this name; a length unless another *kind* is asked for."""

    def find(name: str, kind: type[QWidget] = LengthField) -> QWidget:
        return next(one for one in inspector.findChildren(kind) if one.accessibleName() == name)

    return find


def enter(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    """Type *text* into a field in place of what it shows."""
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
