"""The strip below the canvas that places the photo: everything that the mouse can do, by keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSlider, QWidget

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.ui import style, units
from luthier_desktop.ui.design_editor.photo import LEAST_WIDTH_MM, MOST_WIDTH_MM, Photo
from luthier_desktop.ui.design_editor.photo_tool import Mode, PhotoTool
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, menu_text, plain, set_tool_tip, shown
from luthier_desktop.ui.widgets.fields import LengthField, NumberField, Reading

FARTHEST_MM = 10_000.0
LONGEST_NAME = 28
_WIDTH, _X, _Y, _TURN, _APART = "width_mm", "centre_x_mm", "centre_y_mm", "turn_deg", "apart"
_LENGTHS = {
    _WIDTH: ("Photo width", "How wide the whole photo is on the guitar."),
    _X: ("Photo to the right", "How far the photo's middle lies to the right of the soundhole's."),
    _Y: ("Photo downwards", "How far the photo's middle lies below the soundhole's."),
}
_CLICK_FIRST = "Click two places of the photo."
_APART_NOW = "The two places lie apart by"
_SHORT = {_WIDTH: "Width", _X: "Right", _Y: "Down"}


class PhotoBar(QWidget):
    """Shows and changes the place of one canvas's photo; hidden while there is none."""

    def __init__(self, tool: PhotoTool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("photoBar")
        self.setAccessibleName(tr("Photo under the drawing"))
        self._tool = tool
        self._name = PlainLabel("", self)
        self._move = self._button("Move", "photoMove", "Drag the photo, then press again.")
        self._scale = self._button(
            "Scale…",
            "photoScale",
            "Click two places of it, and type how far apart they lie.",
        )
        self._lock = self._button("Lock", "photoLock", "Keep the photo where it lies.")
        self._remove = QPushButton(tr("Remove"), self)
        self._remove.setObjectName("photoRemove")
        set_tool_tip(self._remove, "Take the photo away; its file stays as it is.")
        self._opacity = QSlider(Qt.Orientation.Horizontal, self)
        self._opacity.setObjectName("photoOpacity")
        self._opacity.setAccessibleName(tr("Photo opacity in percent"))
        self._opacity.setRange(0, 100)
        set_tool_tip(self._opacity, "How much of the photo shows through the drawing.")
        self._lengths = {path: self._length(path, *words) for path, words in _LENGTHS.items()}
        reading = Reading(_degrees, units.number, 1.0)
        self._turn = NumberField(_TURN, "Photo turn in degrees", "Clockwise, in degrees.", reading)
        self._apart_label = PlainLabel("", self)
        self._apart = self._length(_APART, "Distance", "The true distance of the two places.")
        self._arrange()
        self._connect()
        self._follow()

    def _button(self, text: str, name: str, tip: str) -> QPushButton:
        button = QPushButton(self)
        button.setText(menu_text(tr(text)))
        button.setObjectName(name)
        button.setCheckable(True)
        set_tool_tip(button, tip)
        return button

    def _length(self, path: str, name: str, tip: str) -> LengthField:
        field = LengthField(path, name, tip, self)
        field.setObjectName(f"photo_{path}")
        field.entered.connect(self._enter)
        return field

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(style.GRID)
        first = QHBoxLayout()
        first.addWidget(self._name, 1)
        for button in (self._move, self._scale, self._lock, self._remove):
            first.addWidget(button)
        grid.addLayout(first, 0, 0)
        second = QHBoxLayout()
        for path, field in self._lengths.items():
            second.addWidget(PlainLabel(_SHORT[path], self))
            second.addWidget(field, 1)
        grid.addLayout(second, 1, 0)
        third = QHBoxLayout()
        third.addWidget(PlainLabel("Opacity", self))
        third.addWidget(self._opacity, 1)
        third.addWidget(PlainLabel("Turn", self))
        third.addWidget(self._turn)
        grid.addLayout(third, 2, 0)
        fourth = QHBoxLayout()
        fourth.addWidget(self._apart_label)
        fourth.addWidget(self._apart, 1)
        grid.addLayout(fourth, 3, 0)
        for one in (*self._lengths.values(), self._turn):
            one.setMaximumWidth(22 * style.GRID)
            one.setMinimumWidth(11 * style.GRID)

    def _connect(self) -> None:
        self._tool.changed.connect(self._follow)
        self._tool.measured.connect(self._ask)
        self._move.clicked.connect(partial(self._work, Mode.MOVE))
        self._scale.clicked.connect(partial(self._work, Mode.CALIBRATE))
        self._lock.clicked.connect(self._set_lock)
        self._remove.clicked.connect(self._tool.remove)
        self._opacity.valueChanged.connect(self._set_opacity)
        self._turn.entered.connect(self._enter)

    def _follow(self) -> None:
        photo = self._tool.photo
        self.setVisible(photo is not None)
        asks = self._tool.mode is Mode.CALIBRATE
        self._apart_label.setVisible(asks)
        self._apart.setVisible(asks)
        self._apart.setEnabled(len(self._tool.points) == 2)
        plain(self._apart_label, _APART_NOW if self._apart.isEnabled() else _CLICK_FIRST)
        if photo is None:
            return
        plain(self._name, shown(photo.image.name, LONGEST_NAME))
        set_tool_tip(self._name, photo.image.told or photo.image.name)
        self._move.setChecked(self._tool.mode is Mode.MOVE)
        self._scale.setChecked(self._tool.mode is Mode.CALIBRATE)
        self._lock.setChecked(photo.locked)
        for part in (self._move, self._scale, self._turn, *self._lengths.values()):
            part.setEnabled(not photo.locked)
        self._opacity.setValue(round(100 * photo.opacity))
        for path, field in self._lengths.items():
            field.show_length(round(getattr(photo, path), 3))
        self._turn.show_value(units.typed(units.number(photo.turn_deg)))

    def _ask(self) -> None:
        self._apart.show_length(None, anew=True)
        self._apart.setFocus(Qt.FocusReason.OtherFocusReason)

    def _work(self, mode: Mode) -> None:
        self._tool.work(Mode.NOTHING if self._tool.mode is mode else mode)

    def _set_lock(self, locked: bool) -> None:
        self._tool.place(lambda photo: photo._replace(locked=locked))
        self._tool.work(Mode.NOTHING)

    def _set_opacity(self, percent: int) -> None:
        photo = self._tool.photo
        if photo is not None and round(100 * photo.opacity) != percent:
            self._tool.place(lambda one: one._replace(opacity=percent / 100))

    def _enter(self, path: str, text: str) -> None:
        """Take what was typed; what is no number, or out of reach, stays with its reason."""
        field = self._turn if path == _TURN else self._lengths.get(path, self._apart)
        try:
            value = _read(path, text)
        except InputRefused as refused:
            field.refuse(units.worded(refused.sentence))
            return
        if path == _APART:
            self._tool.calibrate(value)
        else:
            self._tool.place(partial(_with, path, value))


def _with(path: str, value: float, photo: Photo) -> Photo:
    if path == _WIDTH:
        return photo._replace(width_mm=value)
    if path == _X:
        return photo._replace(centre_x_mm=value)
    return photo._replace(centre_y_mm=value) if path == _Y else photo._replace(turn_deg=value)


def _read(path: str, text: str) -> float:
    if path == _TURN:
        return _degrees(text, "Photo turn")
    value_mm = units.read(text, _LENGTHS.get(path, ("Distance", ""))[0])
    if path in (_X, _Y):
        least_mm, most_mm = -FARTHEST_MM, FARTHEST_MM
    else:
        least_mm, most_mm = LEAST_WIDTH_MM, MOST_WIDTH_MM
    if not least_mm <= value_mm <= most_mm:
        raise InputRefused(
            f"{value_mm:g} mm is too far; type from {least_mm:g} mm to {most_mm:g} mm."
        )
    return value_mm


def _degrees(text: str, what: str) -> float:
    bare = text.strip().removesuffix("°").strip().replace(units.decimal(), ".").replace(",", ".")
    try:
        value = float(bare)
    except ValueError:
        value = float("nan")
    if not -360.0 <= value <= 360.0:
        raise InputRefused(f"{what}: type degrees from -360 to 360.")
    return value
