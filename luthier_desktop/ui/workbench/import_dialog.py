"""A share file before anything of it is stored: its picture, what it says, what was found."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPalette, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.share import ShareFinding, SharePreview, Verdict
from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, sentence, shown
from luthier_desktop.ui.run_log.columns import local_time
from luthier_desktop.ui.style import GRID, risk_sign

PICTURE_SIDE = 208
_SIZE, _SMALL = (720, 460), (600, 240)
_STATES = {
    "verified": ("GREEN", "Verified", "It is as it was when it was recorded."),
    "unsigned": ("UNKNOWN", "Unsigned", "It agrees with itself, but nothing shows who made it."),
    "changed": ("RED", "Changed", "Part of it is not what it was when it was recorded."),
    "damaged": ("RED", "Damaged", "It cannot be read."),
}
_STATUS = {"fault": "RED", "warning": "YELLOW", "note": "NOTE"}
_KINDS = {"snapshot": "A snapshot by itself"}
_WORKING = "Importing…"


class ImportDialog(QDialog):
    """Shows a file and asks what to do with it.

    ``keepWanted`` carries what to do on a clash, ``openWanted`` asks for the design alone. The
    dialog stays open until it is told that the import was done.
    """

    keepWanted = Signal(str)
    openWanted = Signal()

    def __init__(self, preview: SharePreview, file: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._preview = preview
        self.setObjectName("importDialog")
        self.setWindowTitle(tr("Open a share file"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*(_SMALL if preview.design is None else _SIZE))
        self._picture = _label("importPicture", "", self)
        self._error = _label("importError", "", self)
        self._error.hide()
        self._buttons = self._build_buttons()
        self._arrange(file)

    def show_picture(self, image: QImage) -> None:
        """Show the design as it was drawn meanwhile."""
        self._picture.setPixmap(QPixmap.fromImage(image))

    def refuse(self, told: str) -> None:
        """Say why nothing was imported; another choice may be made."""
        self._set_working(False)
        self._say(f"{risk_sign('RED').glyph}  {sentence(told)}")

    # What stands in it

    def _arrange(self, file: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 3)
        top = QHBoxLayout()
        top.setSpacing(GRID * 4)
        if self._preview.design is not None:
            self._frame_picture()
            top.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        else:
            self._picture.hide()
        top.addLayout(self._told(file), 1)
        column.addLayout(top)
        column.addWidget(self._findings(), 1)
        column.addWidget(self._error)
        row = QHBoxLayout()
        row.setSpacing(GRID * 2)
        for button in self._buttons:
            row.addWidget(button)
            if button.objectName() == "importOpen":
                row.addStretch(1)
        if self._buttons[0].objectName() != "importOpen":
            row.insertStretch(0, 1)
        column.addLayout(row)

    def _frame_picture(self) -> None:
        self._picture.setFixedSize(QSize(PICTURE_SIDE, PICTURE_SIDE))
        self._picture.setFrameShape(QFrame.Shape.StyledPanel)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setWordWrap(False)
        self._picture.setText(tr("Drawing…"))
        self._picture.setAccessibleName(tr("Picture of the design"))

    def _told(self, file: str) -> QVBoxLayout:
        preview, column = self._preview, QVBoxLayout()
        column.setSpacing(GRID * 2)
        name = _label("importName", shown(preview.name or file), self)
        name.setFont(style.sized(1.25, bold=True))
        column.addWidget(name)
        column.addWidget(self._badge())
        for part, text in self._lines(file):
            column.addWidget(_label(part, text, self))
        column.addStretch(1)
        return column

    def _badge(self) -> PlainLabel:
        status, word, meaning = _STATES[self._preview.state]
        sign = risk_sign(status)
        badge = _label("importState", f"{sign.glyph}  {word}.  {meaning}", self)
        badge.setAccessibleName(tr(f"State: {word}. {meaning}"))
        badge.setAutoFillBackground(True)
        colours = badge.palette()
        colours.setColor(QPalette.ColorRole.Window, sign.soft)
        colours.setColor(QPalette.ColorRole.WindowText, sign.colour)
        badge.setPalette(colours)
        badge.setMargin(GRID * 2)
        return badge

    def _lines(self, file: str) -> Iterator[tuple[str, str]]:
        preview = self._preview
        if preview.created_at_utc:
            by = f"Saved by {shown(preview.operator)} · {local_time(preview.created_at_utc)}"
            yield "importMade", by
        if preview.name:
            yield "importFile", f"File: {shown(file)}"
        if preview.stated is not None or preview.recomputed is not None:
            yield "importVerdict", _verdicts(preview.stated, preview.recomputed)
        if preview.state != "damaged":
            yield "importRelation", sentence(preview.relation.sentence)

    def _findings(self) -> QWidget:
        inside = QWidget(self)
        inside.setObjectName("importFindings")
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        inside.setAutoFillBackground(True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        column.setSpacing(GRID * 2)
        ordered = sorted(self._preview.findings, key=lambda each: list(_STATUS).index(each.weight))
        for each in ordered:
            column.addWidget(_finding(each, inside))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("importFindingsArea")
        area.setAccessibleName(tr("What was found"))
        area.setWidgetResizable(True)
        area.setBackgroundRole(QPalette.ColorRole.Base)
        area.setWidget(inside)
        return area

    # What can be done

    def _build_buttons(self) -> list[QPushButton]:
        preview, buttons = self._preview, []
        if preview.design is not None:
            buttons.append(self._button("importOpen", "Only &open the design", self._open))
        close = "&Cancel" if preview.can_be_kept else "&Close"
        if preview.can_be_kept and preview.relation.kind != "same":
            despite = " despite changes" if preview.state == "changed" else ""
            if preview.relation.is_clash:
                buttons.append(
                    self._button("importReplace", "Keep as &next version" + despite, self._replace)
                )
                buttons.append(self._button("importKeep", "&Keep both" + despite, self._keep))
            else:
                buttons.append(self._button("importKeep", "&Keep" + despite, self._keep))
        buttons.append(self._button("importCancel", close, self.reject))
        safe = {"importKeep"} if preview.ok else {"importCancel"}
        for button in buttons:
            button.setAutoDefault(False)
        default = [each for each in buttons if each.objectName() in safe] or buttons[-1:]
        default[0].setDefault(True)
        return buttons

    def _button(self, name: str, text: str, slot: object) -> QPushButton:
        button = QPushButton(self)
        button.setText(tr(text))
        button.setObjectName(name)
        button.clicked.connect(slot)
        return button

    def _open(self) -> None:
        self.openWanted.emit()

    def _keep(self) -> None:
        self._send("keep-both")

    def _replace(self) -> None:
        self._send("replace")

    def _send(self, on_clash: str) -> None:
        self._set_working(True)
        self.keepWanted.emit(on_clash)

    def _set_working(self, is_working: bool) -> None:
        for button in self._buttons:
            button.setEnabled(not is_working)
        self._say(_WORKING if is_working else "")

    def _say(self, text: str) -> None:
        self._error.setText(tr(text))
        self._error.setVisible(bool(text))


def _finding(found: ShareFinding, parent: QWidget) -> PlainLabel:
    sign = risk_sign(_STATUS[found.weight])
    label = _label("importFinding", f"{sign.glyph}  {sentence(found.sentence)}", parent)
    if found.weight != "note":
        colours = label.palette()
        colours.setColor(QPalette.ColorRole.Text, sign.colour)  # it stands on the base colour
        label.setPalette(colours)
    return label


def _verdicts(stated: Verdict | None, recomputed: Verdict | None) -> str:
    told = "none" if stated is None else _verdict(stated)
    if recomputed is None:
        return f"Verdict as told: {told}; it could not be worked out again here."
    if stated is not None and stated == recomputed:
        return f"Verdict: {told}, told and worked out again here."
    return f"Verdict as told: {told}; worked out again here: {_verdict(recomputed)}."


def _verdict(verdict: Verdict) -> str:
    sign = risk_sign(verdict.risk_level)
    score = "" if verdict.score is None else f" {verdict.score:.1f}"
    return f"{sign.glyph} {sign.word}{score}"


def _label(name: str, text: str, parent: QWidget) -> PlainLabel:
    label = PlainLabel(text, parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
