"""What stands in a list that has nothing in it: what belongs there, and what to do for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.style import GRID


class EmptyWords(QObject):
    """Shows *text* in the middle of *view* while its model has no rows; the model must be set."""

    def __init__(self, view: QAbstractItemView, text: str) -> None:
        super().__init__(view)
        self._view = view
        self._label = label = PlainLabel(text, view.viewport())
        label.setObjectName("emptyWords")
        label.setWordWrap(True)
        label.setMargin(GRID * 4)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        model = view.model()
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._look)
        view.viewport().installEventFilter(self)
        self._look()

    def say(self, text: str) -> None:
        """Say something else from now on."""
        self._label.setText(tr(text))

    def _look(self) -> None:
        self._label.setVisible(self._view.model().rowCount() == 0)
        self._label.resize(self._view.viewport().size())

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fill the list as it becomes larger or smaller."""
        if event.type() == QEvent.Type.Resize:
            self._label.resize(self._view.viewport().size())
        return super().eventFilter(watched, event)
