"""Printing the template and the shop sheet of the design that is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.services.export_choices import Choices
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.exporting import printing
from luthier_desktop.ui.exporting.export_dialog import Wish
from luthier_desktop.ui.exporting.print_dialog import PrintDialog
from luthier_desktop.ui.exporting.sheet_painter import Page
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.workbench.export_looks import ExportLooks, seen
from luthier_desktop.ui.workbench.export_source import ExportSource, on_bench
from luthier_desktop.ui.workbench.export_writing import ExportWriting, accepts, remember

_NO_PRINTER = (
    "No printer is set up on this computer. Save the PDF, and print it at 100 % where one is."
)


class PrintingSheets(QObject):
    """Opens the print dialog, one at a time."""

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        studio: Studio,
        editor: DesignEditor,
        writing: ExportWriting,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._editor = editor
        self._writing = writing
        self._dialog: PrintDialog | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the command about printing calls."""
        return {"print_sheet": self.ask}

    def ask(self) -> None:
        """Ask what to print of the design that is shown."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        done = partial(self._open, on_bench(self._editor.open_design))
        work = self._studio.export_choices.last
        self._background.run(work, done, self._window.messages.fail)

    def _open(self, source: ExportSource, choices: Choices) -> None:
        if self._dialog is not None:
            return
        options = choices.options["pdf"].stored()
        name = source.subject().name
        dialog = PrintDialog(name, options, self._background.run, self._window)
        self._dialog = dialog
        messages = self._window.messages
        looks = ExportLooks(dialog.preview, self._background, self._studio, messages)
        dialog.previewWanted.connect(partial(self._look, looks, source))
        dialog.printWanted.connect(partial(self._make_pages, source))
        dialog.chosen.connect(partial(self._choose, source))
        dialog.finished.connect(looks.close)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _look(self, looks: ExportLooks, source: ExportSource, wish: Wish) -> None:
        if self._dialog is not None and accepts(self._dialog, wish):
            looks.look(source, wish)

    def _choose(self, source: ExportSource, wish: Wish) -> None:
        if self._dialog is not None and accepts(self._dialog, wish):
            self._writing.ask_where(self._dialog, source, wish)

    def _make_pages(self, source: ExportSource) -> None:
        """Make the pages as they are chosen now, whatever the preview shows by now."""
        if self._dialog is None or not accepts(self._dialog, self._dialog.wish()):
            return
        if not printing.has_printer():
            self._dialog.fail(_NO_PRINTER)
            return
        wish = self._dialog.wish()
        self._background.run(partial(remember, self._studio, wish), _nothing, self._fail)
        work = partial(seen, self._studio, source.source, wish)
        self._background.run(work, partial(self._ask_printer, self._dialog), self._fail)

    def _ask_printer(self, asker: PrintDialog, pages: Any) -> None:
        """Ask on which printer, by the desktop's own dialog, unless it was closed meanwhile."""
        if self._dialog is not asker:
            return
        from PySide6.QtPrintSupport import QPrintDialog  # not at the start

        printer = printing.new_printer(pages)
        asked = QPrintDialog(printer, asker)
        asked.setObjectName("printerDialog")
        asked.accepted.connect(partial(self._print, asker, pages, printer))
        asked.finished.connect(asked.deleteLater)
        QDialog.open(asked)  # its own wants a slot by name

    def _print(self, asker: PrintDialog, pages: tuple[Page, ...], printer: Any) -> None:
        work = partial(printing.print_pages, pages, printer)
        self._background.run_long(work, partial(self._printed, asker, len(pages)), self._fail)

    def _printed(self, asker: PrintDialog, count: int, _: None) -> None:
        pages = "1 page" if count == 1 else f"{count} pages"
        self._window.messages.say(f"Sent {pages} to the printer at 100 %; measure the bars.")
        if self._dialog is asker:
            asker.accept()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, LuthierError) and self._dialog is not None:
            self._dialog.fail(error.sentence)
        else:
            self._window.messages.fail(error)

    def _closed(self, _: int) -> None:
        self._dialog = None


def _nothing(_: None) -> None:
    """Have nothing to say."""
