"""The window's start: a light frame is painted first, everything slow is imported afterwards."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QEvent,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from luthier_desktop.swift_imports import swift_imports

with swift_imports():
    from luthier_desktop import __version__, paths
    from luthier_desktop.ui import language, style
    from luthier_desktop.ui.application import Application, asked_file
    from luthier_desktop.ui.background import Background
    from luthier_desktop.ui.main_window import PROGRAM, MainWindow
    from luthier_desktop.ui.window_state import WindowState

if TYPE_CHECKING:
    import logging

    from luthier_desktop.services.feasibility import Checked
    from luthier_desktop.ui.workbench.first_look import FirstLook
    from luthier_desktop.ui.workbench.one_window import OneWindow
    from luthier_desktop.ui.workbench.workbench import Workbench

USAGE_ERROR = 2
STORAGE_FAILED = 7
BUG = 70
PICTURE_SIZE = (1366, 768)
_USAGE = "usage: luthier-desktop [--data-dir DIR] [--headless] [FILE]"
_PATIENCE_MS = 120_000
_SETTLE_MS = 150
FIRST = "first"
HANDED_OVER = "handed over"
_GUARDS = "windows"
_IS_OPEN = ".open"


class Options(NamedTuple):
    """What the command line asks for; "" where it says nothing."""

    data_dir: str = ""
    file: str = ""
    headless: bool = False


class Program(QObject):
    """One run of the window, from the first paint to the orderly end of everything.

    The panels come in two steps: first a design with its verdict, then, once the canvas is
    painted, all that needs the store. ``furnished`` comes when all panels stand.
    """

    furnished = Signal()

    def __init__(self, options: Options, state: WindowState) -> None:
        super().__init__()
        self._options = options
        self._log: logging.Handler | None = None
        self.background = Background(self)
        self.window = MainWindow(state)
        self.workbench: Workbench | None = None
        self._first: FirstLook | None = None
        self._one: OneWindow | None = None
        self.window.painted.connect(self._furnish)
        self.window.closing.connect(self.end)

    def start(self) -> None:
        """Show the frame; the rest follows its first paint."""
        self.window.show()

    def find_outcome(self) -> str:
        """Say whether this window is "first", or what became of asking the one there is.

        While no window at all is open it is not looked closer: that waits for the first paint.
        """
        if self._options.headless or not _is_any_window_open():
            return FIRST
        return self._enter()

    @Slot()
    def end(self) -> None:
        """Finish the work under way and close the studio; windows go after that."""
        self._first = None
        gc.enable()
        self.background.shut_down()
        if self.workbench is not None:
            self.workbench.close()
            self.workbench = None
        if self._one is not None:
            self._one.leave()
            self._one = None
        if self._log is not None:
            from luthier_desktop import logs

            logs.take_down(self._log)
            self._log = None

    @Slot()
    def _furnish(self) -> None:
        gc.disable()  # nothing of what is imported now is garbage: looking for it costs a tenth
        with swift_imports():
            from luthier_desktop.ui.workbench.first_look import FirstLook

        self._first = FirstLook(self.window, self._options.data_dir)
        self._first.painted.connect(self._open_workbench)
        self._first.show(starter=not self._options.file)

    @Slot()
    def _open_workbench(self) -> None:
        if self._first is None:
            return
        outcome = FIRST if self._options.headless else self._enter()
        if outcome != FIRST:
            self._stay_out(outcome)
            return
        with swift_imports():
            from luthier_desktop.ui.workbench.workbench import Workbench

        self.workbench = Workbench(self.window, self.background, self._first)
        self._first = None
        gc.enable()
        self.furnished.emit()
        file = self._options.file or asked_file()
        self.workbench.begin(file, recover=not self._options.headless)
        self.window.dress()
        QTimer.singleShot(0, self, self._set_up_log)

    @Slot()
    def _set_up_log(self) -> None:
        from luthier_desktop import logs
        from luthier_desktop.ui.workbench.bad_end import watch

        self._log = logs.set_up(paths.state_dir(), "window")
        if not self._options.headless:
            watch(self.window)
        if self._one is not None and self.workbench is not None:
            self._one.listen(self.workbench.files.open_file)

    def _enter(self) -> str:
        if self._one is None:
            from luthier_desktop.ui.workbench.one_window import OneWindow

            self._one = OneWindow(self.window, self._options.data_dir)
        return self._one.enter(self._options.file)

    def _stay_out(self, outcome: str) -> None:
        """Go again: the window there is was told, or does not answer."""
        self._first = None
        if outcome == HANDED_OVER:
            QTimer.singleShot(0, self.window, self.window.close)
        else:
            from luthier_desktop.ui.workbench.one_window import tell_no_answer

            tell_no_answer(self.window)


class _Errand(QObject):
    """The window's job without anybody to look at it: check, record, print, draw, leave."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.code = STORAGE_FAILED
        self._program = program
        program.window.resize(*PICTURE_SIZE)
        program.furnished.connect(self._begin)
        program.window.messages.failed.connect(self._refused)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._give_up)
        self._patience.start(_PATIENCE_MS)

    @Slot()
    def _begin(self) -> None:
        workbench = self._program.workbench
        if workbench is not None:
            workbench.recorded.connect(self._tell)
            workbench.ready.connect(workbench.check)

    @Slot(object)
    def _tell(self, checked: Checked) -> None:
        from luthier_desktop.ui.workbench.recorded import told

        workbench = self._program.workbench
        setup = workbench.studio.setups.last_known() if workbench else None
        name = (setup.name or setup.setup_id or "") if setup else ""
        print("\n".join(told(checked, name)), flush=True)
        self.code = 0
        QTimer.singleShot(_SETTLE_MS, self, self._draw)

    @Slot()
    def _draw(self) -> None:
        target = paths.cache_dir() / "window.png"
        with suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
        if self._program.window.grab().save(str(target)):
            print(f"Picture of the window: {target}", flush=True)
        else:
            print(f"The picture could not be written to {target}.", file=sys.stderr)
        self._leave()

    @Slot(str)
    def _refused(self, sentence: str) -> None:
        from luthier_desktop.domain.display import in_full

        print(in_full(sentence), file=sys.stderr, flush=True)
        self._leave()

    @Slot()
    def _give_up(self) -> None:
        self._refused("The check did not end within two minutes; nothing was drawn.")

    def _leave(self) -> None:
        self._patience.stop()
        self._program.window.may_close = None
        self._program.window.close()


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and run until it is closed; return the exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] in (["--help"], ["-h"], ["--version"]):
        print(_USAGE if given[0] != "--version" else f"{PROGRAM} {__version__}")
        return 0
    options = read_options(given)
    if options is None:
        print(_USAGE, file=sys.stderr)
        return USAGE_ERROR
    if options.headless:
        return run_headless(options)
    if not _has_display():
        print("There is no display here; add --headless, or use the command luthier.",
              file=sys.stderr)
        return USAGE_ERROR
    return _run(options, WindowState(str(paths.config_dir() / "window.json")))


def run_headless(options: Options | None = None) -> int:
    """Check a starter design, record the run, print the verdict and draw the window.

    Returns:
        0 when the run was recorded, else the exit code of the failure.
    """
    os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or "offscreen"
    return _run(options or Options(headless=True), WindowState())


def read_options(given: Sequence[str]) -> Options | None:
    """Read the command line; None when it cannot be understood."""
    options = Options()
    words = iter(given)
    for word in words:
        if word == "--headless":
            options = options._replace(headless=True)
        elif word == "--data-dir":
            options = options._replace(data_dir=next(words, ""))
        elif word.startswith("--data-dir="):
            options = options._replace(data_dir=word.removeprefix("--data-dir="))
        elif word.startswith("-") or options.file:
            return None
        else:
            options = options._replace(file=word)
        if word.startswith("--data-dir") and not options.data_dir:
            return None
    return options


def make_application(state: WindowState) -> QApplication:
    """Make the application with our style, palette and font."""
    ours = Application(sys.argv[:1])
    ours.setApplicationName("luthier-desktop")
    ours.setApplicationDisplayName(PROGRAM)
    ours.setApplicationVersion(__version__)
    ours.setDesktopFileName("luthier-desktop")
    themes = (style.LIGHT, style.DARK)
    style.apply(ours, state.text("theme", themes, style.system_theme()))
    choice = state.text("language", language.CHOICES, language.SYSTEM)
    language.begin(ours, choice, str(paths.resource("languages")))
    fonts = paths.resource("fonts")
    style.load_fonts(ours, [str(fonts / name) for name in style.FONT_FILES])
    return ours


def report_bug(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log a bug with its trace and show it with Copy; the design stays open."""
    import logging
    from traceback import format_exception

    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    logging.getLogger(__name__).critical("A bug", exc_info=(kind, error, trace))
    from luthier_desktop.ui.widgets.report import Report

    text = "".join(format_exception(kind, error, trace))
    for window in QApplication.topLevelWidgets():
        if isinstance(window, Report) and window.isVisible():
            window.add(text)
            return
    owner = QApplication.activeWindow()
    Report("A fault in the program", _BUG_SENTENCE, text, owner).show()


_BUG_SENTENCE = (
    "The program made a mistake. Your design is still open and everything recorded is safe. "
    "Save a snapshot, copy this report and send it with a word on what you did."
)


def _run(options: Options, state: WindowState) -> int:
    if options.headless:
        qInstallMessageHandler(log_qt_message)
    ours = make_application(state)
    program = Program(options, state)
    errand = _Errand(program) if options.headless else None
    sys.excepthook = report_bug if errand is None else _end_with_trace
    try:
        outcome = program.find_outcome()
        if outcome == HANDED_OVER:
            return 0
        if outcome == FIRST:
            program.start()
        else:
            from luthier_desktop.ui.workbench.one_window import tell_no_answer

            _box = tell_no_answer()
        code = ours.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        program.end()
        program.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        qInstallMessageHandler(None)
    return code if errand is None else code or errand.code


def _is_any_window_open() -> bool:
    """Look whether any window of this user may be open: it costs next to nothing."""
    try:
        guards = (paths.state_dir() / _GUARDS).iterdir()
        return any(guard.name.endswith(_IS_OPEN) for guard in guards)
    except OSError:
        return False


def log_qt_message(kind: QtMsgType, _: QMessageLogContext, message: str) -> None:
    """Log what Qt says, but for what the offscreen platform says of every window."""
    import logging

    if message != _OFFSCREEN_NOISE:
        level = getattr(logging, _LOG_LEVELS.get(kind, "WARNING"))
        logging.getLogger("luthier_desktop.qt").log(level, "%s", message)


_OFFSCREEN_NOISE = "This plugin does not support propagateSizeHints()"
_LOG_LEVELS = {
    QtMsgType.QtDebugMsg: "DEBUG",
    QtMsgType.QtInfoMsg: "INFO",
    QtMsgType.QtCriticalMsg: "ERROR",
    QtMsgType.QtFatalMsg: "CRITICAL",
}


def _end_with_trace(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    sys.__excepthook__(kind, error, trace)
    QApplication.exit(BUG)


def _has_display() -> bool:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
