"""A shown panel with rules of its own, and ways to find rows in its tree."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QCursor
from pytestqt.qtbot import QtBot

from luthier_desktop.ui.feasibility_panel.panel import FeasibilityPanel
from luthier_desktop.ui.widgets.check_view import CheckView
from tests.ui.desk import make_active
from tests.ui.feasibility_panel.scores import RULES


@pytest.fixture
def panel(qtbot: QtBot) -> FeasibilityPanel:
    """A panel, shown, with nothing checked yet and the pointer elsewhere."""
    QCursor.setPos(780, 780)
    panel = FeasibilityPanel(rules=RULES)
    qtbot.addWidget(panel)
    panel.resize(340, 600)
    panel.show()
    make_active(panel)
    return panel


@pytest.fixture
def view(panel: FeasibilityPanel) -> CheckView:
    """The panel's tree, with the keyboard."""
    found = panel.findChild(CheckView, "checksView")
    assert found is not None
    found.setFocus()
    return found
