"""The workshop library in the window: opened, kept up to date, and what its setup judges."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.permissions import Right, refusal
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.library.calls import Calls, CatalogueCalls, Done, SetupCalls
from luthier_desktop.ui.library.entry import Entry, Shelf
from luthier_desktop.ui.library.library_window import LibraryWindow
from luthier_desktop.ui.library.setup_bar import SetupBar
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import menu_text, shown, title_text
from luthier_desktop.ui.widgets.reason_dialog import Question, ReasonDialog
from luthier_desktop.ui.widgets.undo_toast import UndoToast

_RIGHTS: tuple[Right, ...] = ("use_setup", "edit_setups", "edit_catalogue", "export")
_JSON, _CSV = "JSON (*.json)", "CSV for spreadsheets (*.csv)"
_REMOVE = (
    "It is left out of the library. Its record and its file stay as they are: Undo brings it back."
)


class _Found(NamedTuple):
    """The setups, the one in use as it is now, and the materials."""

    entries: list[Entry]
    setup: Setup
    woods: MaterialCatalogue


class WorkshopLibrary(QObject):
    """Opens the library, and tells when another setup is in use or another value counts.

    ``setupFound()`` comes when designs are to be judged anew, ``woodsFound(woods)`` before it when
    materials are others, ``recorded()`` with a new run.
    """

    setupFound = Signal()
    woodsFound = Signal(object)
    recorded = Signal()

    def __init__(self, window: MainWindow, background: Background, studio: Studio) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._setups = SetupCalls(studio)
        self._judged_with = (studio.setups.last_known(), studio.materials)
        self._entries: list[Entry] = []
        self._library: LibraryWindow | None = None
        self._reason: ReasonDialog | None = None
        self._toast: UndoToast | None = None
        more = [window.commands["workshop_library"]]
        self._bar = SetupBar(more, window)
        self._bar.wanted.connect(self.use)
        window.add_bar(self._bar)
        self._name_setup()

    @property
    def library(self) -> LibraryWindow | None:
        """The window of the library; None until it is opened."""
        return self._library

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about the library call."""
        return {"workshop_library": self.open, "switch_setup": self._bar.open_list}

    def open(self) -> None:
        """Show the library."""
        library = self._library
        if library is None:
            library = self._library = self._made()
        library.show_refusals(self._refusals())
        library.show()
        library.raise_()
        library.activateWindow()
        library.page().table.setFocus()

    def look(self) -> None:
        """Ask which setups there are and which is in use, such as after another program."""
        self._background.run(partial(_found, self._studio, self._setups), self._hear, self._fail)

    def follow(self) -> None:
        """Show what was recorded since, by this program or another."""
        self.look()
        if self._library is not None and self._library.isVisible():
            self._library.reload()

    def look_again(self) -> None:
        """Grey what whoever works now may not do."""
        self._bar.show_entries(self._entries, self._refusals().get("use_setup", ""))
        if self._library is not None:
            self._library.show_refusals(self._refusals())

    def use(self, entry: Entry) -> None:
        """Judge designs with another setup from now on."""
        work = partial(self._setups.use, entry.entry_id)
        self._background.run(work, partial(self._used, entry), self._fail)

    def may_close(self) -> bool:
        """Let the program end when nothing in the library would be lost; else ask."""
        library = self._library
        if library is None or not library.waiting():
            return True
        self.open()
        self._ask_before_leaving(self._window.close)
        return False

    def _made(self) -> LibraryWindow:
        calls: dict[Shelf, Calls] = {
            "setups": self._setups,
            "materials": CatalogueCalls(self._studio, "materials"),
            "tools": CatalogueCalls(self._studio, "tools"),
            "machines": CatalogueCalls(self._studio, "machines"),
        }
        library = LibraryWindow(calls, self._studio.materials, self._background, self._window)
        library.deeds.failed.connect(self._not_done)
        library.deeds.said.connect(self._say)
        library.deeds.recorded.connect(self._was_recorded)
        library.removeWanted.connect(self._ask_why)
        library.importWanted.connect(self._ask_what_to_import)
        library.exportWanted.connect(self._ask_where_to_export)
        library.leaveWanted.connect(partial(self._ask_before_leaving, library.close))
        return library

    def _refusals(self) -> dict[str, str]:
        operator = self._studio.operator
        return {right: refusal(operator, right) for right in _RIGHTS}

    # What is heard

    def _hear(self, found: _Found) -> None:
        self._entries = found.entries
        self._bar.show_entries(found.entries, self._refusals()["use_setup"])
        self._name_setup()
        setup, woods = self._judged_with
        are_other = found.woods is not woods and list(found.woods) != list(woods)
        if found.setup != setup or are_other:
            self._judged_with = (found.setup, found.woods)
            if are_other:
                self._show_woods(found.woods)
            self.setupFound.emit()

    def _show_woods(self, woods: MaterialCatalogue) -> None:
        if self._library is not None:
            self._library.show_woods(woods)
        self.woodsFound.emit(woods)

    def _name_setup(self) -> None:
        setup = self._studio.setups.last_known()
        self._bar.show_setup(setup.name or setup.setup_id or "")

    def _used(self, entry: Entry, done: Done) -> None:
        if done.run_id is not None:
            self._window.messages.say(f"In use: {shown(entry.name)}")
        self._was_recorded()
        if self._library is not None and self._library.isVisible():
            self._library.reload()

    def _was_recorded(self) -> None:
        self.look()
        self.recorded.emit()

    def _say(self, sentence: str) -> None:
        self._window.messages.say(sentence)

    def _not_done(self, error: Exception) -> None:
        library = self._library
        assert library is not None
        self._window.messages.fail(error, library.error.show_sentence)
        if isinstance(error, LuthierError):
            library.reload()

    def _fail(self, error: Exception) -> None:
        self._window.messages.fail(error)

    # What is asked

    def _ask_why(self, shelf: Shelf, entry: Entry) -> None:
        if self._reason is not None:
            return
        question = Question(
            "removeEntryDialog", "Remove from the library", shown(entry.name), _REMOVE, "&Remove"
        )
        self._reason = dialog = ReasonDialog(question, self._library)
        dialog.given.connect(partial(self._remove, shelf, entry))
        dialog.finished.connect(self._forget)
        dialog.open()

    def _remove(self, shelf: Shelf, entry: Entry, reason: str) -> None:
        if self._library is not None:
            then = partial(self._removed, entry)
            self._library.deeds.remove(shelf, entry, reason, then)

    def _removed(self, entry: Entry, _: Done) -> None:
        if self._reason is not None:
            self._reason.accept()
        if self._library is not None:
            if self._toast is None:
                self._toast = UndoToast(self._library)
                self._toast.undone.connect(self._library.steps.undo)
            self._toast.say(f"Removed: {shown(entry.name)}")

    def _forget(self) -> None:
        self._reason = None

    def _ask_what_to_import(self, shelf: Shelf) -> None:
        kinds = [_JSON, _CSV] if shelf == "tools" else [_JSON]
        dialog = QFileDialog(self._library, title_text(tr(f"Import {shelf}")))
        dialog.setObjectName("importLibraryDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        both = ["JSON and CSV (*.json *.csv)"] if len(kinds) > 1 else []
        dialog.setNameFilters([*both, *kinds])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self.import_file, shelf))
        dialog.open()

    def import_file(self, shelf: Shelf, file: str) -> None:
        """Bring in a file to a page of the library."""
        if self._library is not None:
            calls = self._calls_of(shelf)
            self._library.deeds.tell(partial(calls.import_file, Path(file)), shelf)

    def _ask_where_to_export(self, shelf: Shelf, entry: Entry | None) -> None:
        entry_id = entry.entry_id if entry is not None else ""
        kinds = [_JSON, _CSV] if shelf == "tools" else [_JSON]
        dialog = QFileDialog(self._library, title_text(tr(f"Export {shelf}")))
        dialog.setObjectName("exportLibraryDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # an existing one is refused
        dialog.setNameFilters(kinds)
        dialog.setDefaultSuffix("json")
        dialog.selectFile(f"{entry_id if shelf == 'setups' else f'own_{shelf}'}.json")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filterSelected.connect(partial(_follow_filter, dialog))
        dialog.fileSelected.connect(partial(self.export_file, shelf, entry_id))
        dialog.open()

    def export_file(self, shelf: Shelf, entry_id: str, file: str) -> None:
        """Write a setup, or the list of own entries, into a new file."""
        if self._library is not None:
            calls = self._calls_of(shelf)
            self._library.deeds.tell(partial(calls.export, entry_id, Path(file)), None)

    def _calls_of(self, shelf: Shelf) -> Calls:
        return self._setups if shelf == "setups" else CatalogueCalls(self._studio, shelf)

    def _ask_before_leaving(self, leave: Callable[[], object]) -> None:
        library = self._library
        if library is None:
            return
        box = QMessageBox(library)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Workshop library"))
        box.setObjectName("leaveLibraryDialog")
        box.setTextFormat(Qt.TextFormat.PlainText)
        count = library.waiting()
        told = "1 change is" if count == 1 else f"{count} changes are"
        box.setText(tr(f"{told} not yet saved in the library."))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        save = box.addButton(menu_text(tr("Save")), QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(menu_text(tr("Discard")), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        save.clicked.connect(partial(self._save_and, leave))
        drop.clicked.connect(partial(self._drop_and, leave))
        box.setDefaultButton(save)
        box.setEscapeButton(stay)
        box.open()

    def _save_and(self, leave: Callable[[], object]) -> None:
        """Save, and leave once that is done; what is refused keeps the window open."""
        if self._library is not None:
            self._library.save_all()
            self._background.run(_nothing, partial(self._leave_if_saved, leave), self._fail)

    def _leave_if_saved(self, leave: Callable[[], object], _: None) -> None:
        if self._library is not None and not self._library.waiting():
            leave()

    def _drop_and(self, leave: Callable[[], object]) -> None:
        if self._library is not None:
            self._library.discard_all()
            QTimer.singleShot(0, self._library, leave)


def _found(studio: Studio, setups: SetupCalls) -> _Found:
    """On the worker: read the setups, and the one in use."""
    woods = studio.catalogue.woods_now()
    return _Found(setups.entries(), studio.setups.current(), woods)


def _follow_filter(dialog: QFileDialog, kind: str) -> None:
    """Let the name end as the chosen kind asks."""
    suffix = "csv" if kind == _CSV else "json"
    dialog.setDefaultSuffix(suffix)
    names = dialog.selectedFiles()
    if names:
        dialog.selectFile(Path(names[0]).with_suffix(f".{suffix}").name)


def _nothing() -> None:
    """Come to an end after what was asked before."""
