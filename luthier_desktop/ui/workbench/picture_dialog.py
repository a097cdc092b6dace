"""The dialog that asks how a picture is to be; it shows a preview and blocks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.picture import PictureOptions
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.style import GRID

KINDS = ("svg", "png")
STYLES = ("wood", "flat", "lines")
_KIND_WORDS = ("SVG, true to scale in mm", "PNG, in pixels")
_STYLE_WORDS = ("Woods with their grain", "Flat colours", "Outlines alone")
PREVIEW_PX = 300
_PREVIEW_HIGH_PX = 400
_PAUSE_MS = 200


class PictureDialog(QDialog):
    """Asks for kind, style, size and what is written beside the rosette.

    *carries* says what the file will hold besides the drawing.
    ``previewWanted(options)`` asks for a small picture, ``chosen(kind, options)`` for a file.
    """

    previewWanted = Signal(object)
    chosen = Signal(str, object)

    def __init__(self, last: Mapping[str, Any], carries: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureDialog")
        self.setWindowTitle("Export picture")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._carries = carries
        self._kind = _choice("pictureKind", "Kind of picture", _KIND_WORDS, self)
        self._style = _choice("pictureStyle", "How it is drawn", _STYLE_WORDS, self)
        self._dpi = QSpinBox(self)
        self._dpi.setObjectName("pictureDpi")
        self._dpi.setAccessibleName("Dots per inch")
        self._dpi.setRange(72, 1200)
        self._dpi.setSuffix(" dpi")
        self._caption = QCheckBox("&Caption: name, verdict, short hash, QR, scale bar", self)
        self._caption.setObjectName("pictureCaption")
        self._dimensions = QCheckBox("&Diameters below the rosette", self)
        self._dimensions.setObjectName("pictureDimensions")
        self._top = QCheckBox("&Wood of the top", self)
        self._top.setObjectName("pictureTop")
        self._preview = PlainLabel("The preview is being drawn…", self)
        self._preview.setObjectName("picturePreview")
        self._preview.setAccessibleName("Preview of the picture")
        self._preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._preview.setFixedSize(PREVIEW_PX, _PREVIEW_HIGH_PX)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._save = self._buttons.addButton("&Save…", QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setObjectName("pictureSave")
        self._arrange()
        self._recall(last)
        self._connect()
        self._look()

    def options(self) -> PictureOptions:
        """Return what is chosen."""
        return PictureOptions.model_validate(
            {
                "style": STYLES[self._style.currentIndex()],
                "caption": self._caption.isChecked(),
                "dimensions": self._dimensions.isChecked(),
                "top": self._top.isChecked(),
                "dpi": self._dpi.value(),
            }
        )

    def kind(self) -> str:
        """Return the kind of file that is chosen."""
        return KINDS[self._kind.currentIndex()]

    def show_preview(self, png: bytes) -> None:
        """Show a picture that was drawn for these choices."""
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(QImage.fromData(png)).scaled(
            self._preview.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixmap.setDevicePixelRatio(ratio)
        self._preview.setPixmap(pixmap)

    def tell(self, sentence: str) -> None:
        """Say in the preview's place why there is none."""
        self._preview.setWordWrap(True)
        self._preview.setText(sentence)

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setSpacing(GRID * 2)
        for words, field in (("&Kind", self._kind), ("Dr&awn as", self._style)):
            label = PlainLabel(words, self)
            label.setBuddy(field)
            form.addRow(label, field)
        fineness = PlainLabel("&Fineness", self)
        fineness.setBuddy(self._dpi)
        form.addRow(fineness, self._dpi)
        self._dpi_label = fineness
        said = PlainLabel(self._carries, self)
        said.setObjectName("pictureCarries")
        said.setWordWrap(True)
        choices = QVBoxLayout()
        choices.setSpacing(GRID * 2)
        choices.addLayout(form)
        for box in (self._caption, self._dimensions, self._top):
            choices.addWidget(box)
        choices.addStretch(1)
        choices.addWidget(said)
        row = QHBoxLayout()
        row.setSpacing(GRID * 4)
        row.addLayout(choices, 1)
        row.addWidget(self._preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 3)
        column.addLayout(row)
        column.addWidget(self._buttons)

    def _recall(self, last: Mapping[str, Any]) -> None:
        self._kind.setCurrentIndex(KINDS.index(last["kind"]))
        self._style.setCurrentIndex(STYLES.index(last["style"]))
        self._dpi.setValue(last["dpi"])
        self._caption.setChecked(last["caption"])
        self._dimensions.setChecked(last["dimensions"])
        self._top.setChecked(last["top"])

    def _connect(self) -> None:
        for combo in (self._kind, self._style):
            combo.currentIndexChanged.connect(self._look)
        for box in (self._caption, self._dimensions, self._top):
            box.toggled.connect(self._look)
        self._pause.timeout.connect(self._ask)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _look(self) -> None:
        is_png = self.kind() == "png"
        self._dpi.setEnabled(is_png)
        self._dpi_label.setEnabled(is_png)
        self._top.setEnabled(STYLES[self._style.currentIndex()] != "lines")
        self._pause.start()

    def _ask(self) -> None:
        self.previewWanted.emit(self.options())

    # Qt overrides

    def accept(self) -> None:
        self.chosen.emit(self.kind(), self.options())
        super().accept()

    def done(self, result: int) -> None:
        self._pause.stop()
        super().done(result)


def _choice(name: str, said: str, words: tuple[str, ...], parent: QWidget) -> QComboBox:
    combo = QComboBox(parent)
    combo.setObjectName(name)
    combo.setAccessibleName(said)
    combo.addItems(list(words))
    return combo
