"""The only place that knows a colour: palettes, tokens, risk signs, fonts and the 4 px grid."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

GRID = 4
"""Pixels of the layout grid; margins and gaps are multiples of it."""
LIGHT = "light"
DARK = "dark"
FONT_FILES = ("Inter-Regular.otf", "Inter-SemiBold.otf")
SIDE_COLOURS = ("#0072b2", "#d55e00")
"""What only the one or only the other has, over pictures of wood: told apart by any eye."""
HALO, LOOKED_AT = "#ffffff", "#111111"
_CONTROLS = (
    "QCheckBox", "QLineEdit", "QComboBox", "QAbstractSpinBox", "QPushButton", "QToolButton",
    "QPlainTextEdit",
)
_FUSION_DARKENS = 140
_FAMILY = "Inter"
_POINT_SIZE = 9.75


class Tokens(NamedTuple):
    """The named colours of one theme; each text colour reads at 4.5:1 on each background."""

    window: str
    panel: str
    base: str
    stripe: str
    button: str
    border: str
    field: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    selection: str
    on_selection: str
    link: str
    green: str
    yellow: str
    red: str
    unknown: str
    note: str
    green_soft: str
    yellow_soft: str
    red_soft: str
    unknown_soft: str
    note_soft: str
    canvas: str
    canvas_line: str


_LIGHT = Tokens(
    window="#efeae2",
    panel="#f8f5ef",
    base="#fffdf9",
    stripe="#f6f2ea",
    button="#e9e2d6",
    border="#c9beac",
    field="#82786a",
    text="#241f19",
    muted="#5f5547",
    disabled="#8b8172",
    accent="#7f4519",
    on_accent="#ffffff",
    selection="#e3cfb4",
    on_selection="#241f19",
    link="#7a3f12",
    green="#1d6334",
    yellow="#714a00",
    red="#a3201a",
    unknown="#46505e",
    note="#24548c",
    green_soft="#e2efdf",
    yellow_soft="#f9ecc9",
    red_soft="#f9e0da",
    unknown_soft="#e4e6ea",
    note_soft="#e1eaf5",
    canvas="#e6dfd3",
    canvas_line="#6a5f50",
)
_DARK = Tokens(
    window="#1f1b17",
    panel="#26211c",
    base="#2c2721",
    stripe="#322c25",
    button="#3d362e",
    border="#5c5347",
    field="#998e7d",
    text="#efe8dc",
    muted="#bdb1a0",
    disabled="#8c8172",
    accent="#dfa062",
    on_accent="#231a11",
    selection="#5a4026",
    on_selection="#fdf6ea",
    link="#e8b07a",
    green="#84cf96",
    yellow="#efc250",
    red="#ff9a8e",
    unknown="#b9c2ce",
    note="#98bff0",
    green_soft="#22382a",
    yellow_soft="#3f3415",
    red_soft="#48231f",
    unknown_soft="#343940",
    note_soft="#243448",
    canvas="#1a1815",
    canvas_line="#b3a794",
)
_THEMES = {LIGHT: _LIGHT, DARK: _DARK}


class RiskSign(NamedTuple):
    """How a verdict or the status of a check is shown: always colour, glyph and word."""

    glyph: str
    word: str
    colour: str
    soft: str


class _Sign(NamedTuple):
    glyph: str
    word: str
    colour: str


_SIGNS = {
    "GREEN": _Sign("✓", "Green", "green"),
    "YELLOW": _Sign("▲", "Yellow", "yellow"),
    "RED": _Sign("✗", "Red", "red"),
    "UNKNOWN": _Sign("?", "Unknown", "unknown"),
    "NOTE": _Sign("•", "Note", "note"),
    "NA": _Sign("○", "Not judged", "muted"),
}


class _Current:
    """The theme in force; one a process, as the application's palette is."""

    theme = LIGHT


def theme() -> str:
    """Return the theme in force, "light" or "dark"."""
    return _Current.theme


def tokens(of: str | None = None) -> Tokens:
    """Return the named colours of the theme *of*, or of the theme in force."""
    return _THEMES[of or _Current.theme]


def risk_sign(status: str) -> RiskSign:
    """Return glyph, word and colours of a verdict or a status; an unknown word is UNKNOWN."""
    sign = _SIGNS.get(status, _SIGNS["UNKNOWN"])
    colours = tokens()
    soft = getattr(colours, f"{sign.colour}_soft", colours.panel)
    return RiskSign(sign.glyph, sign.word, getattr(colours, sign.colour), soft)


def system_theme() -> str:
    """Return the theme that the desktop asks for."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme is Qt.ColorScheme.Dark else LIGHT


def apply(app: QApplication, name: str) -> None:
    """Give *app* the Fusion style and the palette of the theme *name*."""
    _Current.theme = name if name in _THEMES else LIGHT
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(_Current.theme))
    for kind in _CONTROLS:
        outlined = _outlined(palette(_Current.theme), tokens().field)
        app.setPalette(outlined, kind)  # type: ignore[arg-type]  # bytes by the stubs, str in fact


def load_fonts(app: QApplication, files: list[str]) -> None:
    """Use the bundled font; where it cannot be loaded the desktop's own stays."""
    loaded = [QFontDatabase.addApplicationFont(file) for file in files]
    if loaded and loaded[0] >= 0:
        font = QFont(_FAMILY)
        font.setPointSizeF(_POINT_SIZE)
        # The font would draw the x of an id between two figures as a multiplication sign.
        font.setFeature(QFont.Tag("calt"), 0)
        app.setFont(font)


def sized(factor: float = 1.0, *, bold: bool = False) -> QFont:
    """Return the application's font at *factor* times its size."""
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def number_font() -> QFont:
    """Return the application's font with figures of equal width, for columns of numbers."""
    font = QFont(QApplication.font())
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def fixed_font() -> QFont:
    """Return the desktop's font of equal widths, for records and hashes."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(QApplication.font().pointSizeF())
    return font


def palette(name: str) -> QPalette:
    """Build Qt's palette of the theme *name* from its tokens."""
    colours = _THEMES[name]
    result = QPalette()
    for role, colour in _roles(colours).items():
        result.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    return result


def _outlined(result: QPalette, colour: str) -> QPalette:
    """Let the frame of a control have *colour*, and the accent's while it has the focus.

    Fusion takes the colours of the window and of what is selected, both made darker.
    """
    result.setColor(QPalette.ColorRole.Window, QColor(colour).lighter(_FUSION_DARKENS))
    result.setColor(QPalette.ColorRole.Highlight, QColor(tokens().accent))
    result.setColor(QPalette.ColorRole.HighlightedText, QColor(tokens().on_accent))
    return result


def _roles(colours: Tokens) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.stripe,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.button,
        role.ButtonText: colours.text,
        role.BrightText: colours.red,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.on_selection,
        role.Accent: colours.accent,
        role.Link: colours.link,
        role.LinkVisited: colours.link,
        role.ToolTipBase: colours.panel,
        role.ToolTipText: colours.text,
        role.Light: colours.panel,
        role.Midlight: colours.stripe,
        role.Mid: colours.border,
        role.Dark: colours.border,
        role.Shadow: colours.border,
    }
