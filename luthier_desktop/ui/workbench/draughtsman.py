"""Draws small pictures of whole rosettes off the window's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QImage

from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.picture import Picture
from luthier_desktop.ui.design_editor.thumbnail import whole_frame


class Draughtsman:
    """Draws one after the other on the long lane, with sheets of wood of its own.

    *is_finished* tells whether woods are shown after finish; any thread may ask it.
    """

    def __init__(self, materials: MaterialCatalogue, is_finished: Callable[[], bool]) -> None:
        self._materials = materials
        self._is_finished = is_finished
        self._picture: Picture | None = None

    def draw(self, design: RosetteParamSpec, side_px: int, pixel_ratio: float) -> QImage:
        """Draw *design* on a square of so many logical pixels."""
        if self._picture is None:
            self._picture = Picture(self._materials)
        self._picture.show_finish(self._is_finished())
        frame = whole_frame(design, side_px, pixel_ratio)
        return self._picture.pixmap(design, frame, hurried=False).toImage()
