"""What the file will show: a picture, pages, a table, a tool's path, or words in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from luthier_desktop.domain.cut_list.table import Table
from luthier_desktop.domain.cutting.plan_values import CutPlan
from luthier_desktop.ui.exporting.cut_tables import CutTables
from luthier_desktop.ui.exporting.path_view import PathView
from luthier_desktop.ui.exporting.sheet_painter import Page
from luthier_desktop.ui.exporting.sheet_view import Run, SheetView
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, sentence
from luthier_desktop.ui.style import GRID

_DRAWING = "The preview is being drawn…"
_LEAST_WIDTH, _LEAST_HEIGHT = 110 * GRID, 100 * GRID


class PreviewPane(QStackedWidget):
    """Shows one preview at a time; ``sheets.failed`` tells of pages that cannot be drawn."""

    def __init__(self, run: Run, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("exportPreview")
        self.setAccessibleName(tr("Preview"))
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._words = PlainLabel(_DRAWING, self)
        self._words.setObjectName("exportPreviewWords")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setMargin(6 * GRID)
        self.picture = PictureView(self)
        self.sheets = SheetView(run, self)
        self.tables = CutTables(self)
        self.path = PathView(self)
        for part in (self._words, self.picture, self.sheets, self.tables, self.path):
            self.addWidget(part)

    def wait(self) -> None:
        """Say that the preview is on its way."""
        self.tell(_DRAWING)

    def tell(self, told: str) -> None:
        """Say in the preview's place why there is none, or what the file is."""
        self._words.setText(tr(sentence(told)))
        self.setCurrentWidget(self._words)

    def words(self) -> str:
        """Return what is said in the preview's place; "" while there is one."""
        return self._words.text() if self.currentWidget() is self._words else ""

    def show_picture(self, png: bytes) -> None:
        """Show a picture."""
        self.picture.show_image(QImage.fromData(png))
        self.setCurrentWidget(self.picture)

    def show_pages(self, pages: tuple[Page, ...]) -> None:
        """Show the pages of a document."""
        self.sheets.show_pages(pages)
        self.setCurrentWidget(self.sheets)

    def show_tables(self, tables: tuple[Table, ...], told: str) -> None:
        """Show the tables of a cut list; *told* says what is missing in it."""
        self.tables.show_tables(tables, told)
        self.setCurrentWidget(self.tables)

    def show_plan(self, plan: CutPlan) -> None:
        """Show the path of a bit."""
        self.path.show_plan(plan)
        self.setCurrentWidget(self.path)


class PictureView(PlainLabel):
    """A picture as large as there is room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setObjectName("exportPicture")
        self.setAccessibleName(tr("Preview of the picture"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._image = QImage()

    def show_image(self, image: QImage) -> None:
        """Show this image."""
        self._image = image
        self._scale()

    def _scale(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(self._image).scaled(
            self.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixmap.setDevicePixelRatio(ratio)
        self.setPixmap(pixmap)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scale()
