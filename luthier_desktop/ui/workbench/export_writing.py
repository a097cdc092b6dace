"""Writing what a dialog asks for: a place is chosen, a snapshot kept, the file written, told.

Whoever closes the dialog meanwhile gets the file all the same, and hears of it in the window.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from luthier_desktop.domain.errors import InputRefused, LuthierError
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.export_kinds import kind_named
from luthier_desktop.services.sharing import ShareExported
from luthier_desktop.services.snapshots import Saved
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.open_design import OpenDesign, SavedAs
from luthier_desktop.ui.exporting.export_dialog import ExportDialog, Wish
from luthier_desktop.ui.exporting.formats import SHARE
from luthier_desktop.ui.exporting.print_dialog import PrintDialog
from luthier_desktop.ui.job_runner import JobCall
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import shown, title_text
from luthier_desktop.ui.workbench.design_files import DesignFiles
from luthier_desktop.ui.workbench.export_source import ExportSource

_WORK = "Exporting"
_LONGEST_PATH = 300
Asker = ExportDialog | PrintDialog


class _Order(NamedTuple):
    """A file that is to be written, for the dialog that asked for it."""

    asker: Asker
    source: ExportSource
    wish: Wish
    path: str = ""

    def of(self, kept: SavedAs) -> _Order:
        """Return the same file of a snapshot."""
        return self._replace(source=self.source._replace(snapshot=kept))


class ExportWriting(QObject):
    """Writes files; ``recorded`` tells of a run that says so, or that nothing was written."""

    recorded = Signal(str)

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, files: DesignFiles
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._files = files
        self._waiting: list[_Order] = []
        files.saved.connect(self._go_on)
        files.notSaved.connect(self._not_kept)

    def ask_where(self, asker: Asker, source: ExportSource, wish: Wish) -> None:
        """Ask where to put the file, beside the dialog that asks for it."""
        self._remember(wish)
        dialog = QFileDialog(asker, title_text(tr(f"Export: {wish.format.title}")))
        dialog.setObjectName("exportPlaceDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)  # asks before it overwrites
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        named = [f"{one.words} (*{one.suffix})" for one in wish.format.suffixes]
        dialog.setNameFilters([*dict.fromkeys(named), "All files (*)"])
        suffix = wish.format.suffixes[0].suffix
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        if wish.format.id == SHARE:
            dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # an existing one is refused
        dialog.selectFile(source.file_name(suffix))
        dialog.filterSelected.connect(partial(_follow_filter, dialog))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self._begin, _Order(asker, source, wish)))
        dialog.open()

    def _begin(self, order: _Order, path: str) -> None:
        """Keep the design as a snapshot first, where that is wanted, else write at once."""
        order = order._replace(path=path)
        order.asker.write()
        bench, name = order.source.bench, order.wish.keep_as
        if bench is None or not name:
            self._write(order)
            return
        kept = bench.unchanged_snapshot()
        if kept is not None and kept.name == name:  # by a try before, whose file failed
            self._write(order.of(kept))
        else:
            self._waiting.append(order)
            self._files.save_under(bench, name)

    def _go_on(self, open_design: OpenDesign, design: RosetteParamSpec, saved: Saved) -> None:
        if self._waiting and self._waiting[0].source.bench is open_design:
            self._write(self._waiting.pop(0).of(SavedAs.of(saved.document, design)))

    def _not_kept(self, error: Exception) -> None:
        if self._waiting:
            asker = self._waiting.pop(0).asker
            told = error.sentence if isinstance(error, LuthierError) else "It was not kept."
            if _is_open(asker):
                asker.fail(told)

    def _write(self, order: _Order) -> None:
        source, wish = order.source, order.wish
        self._window.statusBar().showMessage(tr(f"Writing {shown(Path(order.path).name)}…"))
        failed = partial(self._fail, order)
        if wish.format.id == SHARE:
            assert source.snapshot is not None  # a share file is made of one, kept above
            place = Path(order.path)
            work = partial(self._studio.sharing.export, source.snapshot.snapshot_id, place)
            self._background.run(work, partial(self._shared, order), failed)
            return
        arguments = {
            **source.arguments(),
            "kind": wish.format.kind,
            "options": wish.options,
            "to": order.path,
            "replace": True,
        }
        call = JobCall("export_file", _WORK, str(self._studio.data_dir), arguments)
        self._background.start(call, partial(self._written, order), failed)

    def _shared(self, order: _Order, done: ShareExported) -> None:
        told = {"path": str(done.path), "bytes": done.size_bytes, "run_id": done.run_id}
        self._written(order, told)

    def _written(self, order: _Order, told: Mapping[str, Any]) -> None:
        if _is_open(order.asker):
            order.asker.accept()
        path = shown(str(told["path"]), _LONGEST_PATH)
        sentence = f"Wrote {path}, {told['bytes']:,} bytes"
        run_id = told["run_id"]
        recorded = f"recorded as {run_id}" if run_id else "not recorded: the log cannot be written"
        self._window.messages.say(f"{sentence}, {recorded}")
        self._window.statusBar().showMessage(tr(f"{sentence}, {recorded}"))
        self.recorded.emit(run_id or "")

    def _fail(self, order: _Order, error: Exception) -> None:
        """Say at the dialog what went wrong; a failure is recorded too."""
        self._window.statusBar().clearMessage()
        path = getattr(error, "path", "") or ""
        if not _is_open(order.asker):
            self._window.messages.fail(error)
        elif isinstance(error, LuthierError):
            self._window.messages.fail(error, partial(_tell, order.asker, str(path)))
        else:
            order.asker.fail("Nothing was written: the program failed, and says how.")
            self._window.messages.fail(error)
        self.recorded.emit("")

    def _remember(self, wish: Wish) -> None:
        self._window.state.remember(export_format=wish.format.id)
        if wish.format.id != SHARE:
            work = partial(remember, self._studio, wish)
            self._background.run(work, _nothing, self._window.messages.fail)


def accepts(asker: Asker, wish: Wish) -> bool:
    """Tell whether the options are within their limits; if not, say so at the dialog."""
    if wish.format.id == SHARE:
        return True
    try:
        kind_named(wish.format.kind).options.read(wish.options, "The options")
    except InputRefused as error:
        asker.fail(error.sentence, error.path)
        return False
    return True


def remember(studio: Studio, wish: Wish) -> None:
    """Keep the options of a format for the next time; on the worker."""
    row = kind_named(wish.format.kind)
    studio.export_choices.remember(row.kind, row.options.read(wish.options, "The options"))


def _is_open(asker: Asker) -> bool:
    """Tell whether the dialog waits for its file; closed, it is soon deleted too."""
    return isValid(asker) and asker.isVisible()


def _tell(asker: Asker, path: str, told: str) -> None:
    asker.fail(told, path)


def _follow_filter(dialog: QFileDialog, kind: str) -> None:
    """Let the name end as the chosen kind asks."""
    suffix = kind.partition("(*")[2].rstrip(")")
    names = dialog.selectedFiles()
    if suffix.startswith(".") and names:
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        dialog.selectFile(Path(names[0]).with_suffix(suffix).name)


def _nothing(_: None) -> None:
    """Have nothing to say."""
