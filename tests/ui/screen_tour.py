"""Walks through all screens at one scale, light and dark, and writes down what is wrong.

Run as a program, because Qt takes the scale once, from the environment:
``QT_SCALE_FACTOR=2 python -m tests.ui.screen_tour FOLDER``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from luthier_desktop import paths
from luthier_desktop.ui import style
from tests.ui import key_clashes, screen_faults, screens
from tests.ui.desk import WINDOW_SIZE, Desk

SMALL = (683, 384)
"""What 1366 x 768 pixels are at 200 %."""
HELD = ("drag",)
"""States that end when the focus moves."""
ALIKE = ("red_verdict", "check_opened", "drag", "inches", "many_rings")
"""States with the same parts as the start: on a small screen one of them tells for all."""
_FORESEEN = "This plugin does not support"
Report = dict[str, list[str]]


def visit(desk: Desk, name: str) -> Report:
    """Show one state and return what is wrong with it, by the kind of look."""
    screens.begin(desk)
    shown = screens.STATES[name](desk)
    window = next(shown)
    desk.settle()
    report = {
        "layout": screen_faults.laid_out_badly(window),
        "words": screen_faults.nameless(window),
    }
    for theme in (style.LIGHT, style.DARK):
        desk.window.use_theme(theme)
        QCoreApplication.processEvents()
        picture = screen_faults.picture_of(window)
        report[theme] = screen_faults.drawn_badly(window, picture)
    desk.window.use_theme(style.LIGHT)
    if window.devicePixelRatio() > 1 and name not in ALIKE:
        report["small"] = on_small_screen(desk, window)
    elif window.devicePixelRatio() == 1 and name not in HELD:
        report["focus"] = screen_faults.hidden_focus(window)
        report["keys"] = key_clashes.clashes(window) + key_clashes.unkept(window)
    for _ in shown:
        pass
    return report


def on_small_screen(desk: Desk, window: QWidget) -> list[str]:
    """Return what cannot be reached where there is only a quarter of the room."""
    before = window.size()
    window.resize(*SMALL)
    desk.settle()
    faults = screen_faults.out_of_reach(window)
    if window.width() > SMALL[0] or window.height() > SMALL[1]:
        faults.append(f"too large: {window.objectName()} {window.width()} x {window.height()}")
    window.resize(before)
    if isinstance(window, QMainWindow):
        window.resize(*WINDOW_SIZE)
    desk.settle()
    return faults


def tour(folder: Path) -> dict[str, Report]:
    """Visit every state in one window."""
    desk = screens.open_desk(folder)
    reports = {name: visit(desk, name) for name in screens.STATES}
    desk.close()
    return reports


def main() -> None:
    messages: list[str] = []

    def hear(kind: QtMsgType, _: object, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not text.startswith(_FORESEEN):
            messages.append(text)

    qInstallMessageHandler(hear)
    application = QApplication([])
    style.apply(application, style.LIGHT)
    fonts = paths.resource("fonts")
    style.load_fonts(application, [str(fonts / name) for name in style.FONT_FILES])
    reports = tour(Path(sys.argv[1]))
    ratio = application.devicePixelRatio()
    print(json.dumps({"ratio": ratio, "messages": messages, "reports": reports}))


if __name__ == "__main__":
    main()
