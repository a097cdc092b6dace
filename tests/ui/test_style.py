"""Colours read well in both themes, and risk never stands on colour alone."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from luthier_desktop.domain.feasibility.risk import RiskBucket, Status
from luthier_desktop.ui import style
from tests.ui.desk import make_active

BACKGROUNDS = ("window", "panel", "base", "stripe", "button")
TEXTS = ("text", "muted", "link", "accent", "green", "yellow", "red", "unknown", "note")
RISKS = ("green", "yellow", "red", "unknown", "note")
THEMES = (style.LIGHT, style.DARK)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_reads_on_every_background(theme: str) -> None:
    colours = style.tokens(theme)._asdict()
    pairs = [(text, ground) for text in TEXTS for ground in BACKGROUNDS]
    pairs += [(text, f"{risk}_soft") for risk in RISKS for text in (risk, "text", "muted")]
    pairs += [("on_accent", "accent"), ("on_selection", "selection"), ("canvas_line", "canvas")]
    weak = [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
    assert weak == []


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_disabled_can_still_be_made_out(theme: str) -> None:
    colours = style.tokens(theme)
    for ground in (colours.window, colours.base, colours.button):
        assert contrast(colours.disabled, ground) >= 2.8


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", [QLineEdit, QComboBox, QDoubleSpinBox, QPushButton, QCheckBox])
def test_the_frame_of_a_control_stands_out_from_what_is_around_it(
    qtbot: QtBot, qapp: QApplication, theme: str, kind: type[QWidget]
) -> None:
    style.apply(qapp, theme)
    window = QWidget()
    qtbot.addWidget(window)
    control = kind(window)
    control.setGeometry(8, 8, 120, 28)
    picture = window.grab().toImage()
    row = [picture.pixelColor(x, 22).name() for x in range(8, 30)]
    colours = style.tokens(theme)
    grounds = (colours.window, colours.base)
    assert max(min(contrast(pixel, ground) for ground in grounds) for pixel in row) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_field_with_the_focus_stands_out_more_than_the_others(
    qtbot: QtBot, qapp: QApplication, theme: str
) -> None:
    style.apply(qapp, theme)
    window = QWidget()
    qtbot.addWidget(window)
    fields = [QLineEdit(window), QLineEdit(window)]
    for place, field in enumerate(fields):
        field.setGeometry(8, 8 + 40 * place, 120, 28)
    window.show()
    make_active(window)
    fields[0].setFocus()
    qtbot.waitUntil(fields[0].hasFocus)
    picture = window.grab().toImage()
    with_focus, without = (picture.pixelColor(8, y).name() for y in (22, 62))
    assert contrast(with_focus, style.tokens(theme).window) >= 3
    assert with_focus != without


def test_every_status_has_a_glyph_and_a_word_of_its_own() -> None:
    statuses = {*map(str, Status), *map(str, RiskBucket)}
    signs = [style.risk_sign(status) for status in statuses]
    assert len({sign.glyph for sign in signs}) == len(statuses)
    assert len({sign.word for sign in signs}) == len(statuses)
    assert style.risk_sign("something new").word == "Unknown"
