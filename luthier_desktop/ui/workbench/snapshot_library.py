"""The library of snapshots in the window: opened, tagged, deleted, brought back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.snapshot import SnapshotEntry
from luthier_desktop.services.snapshot_marks import Marked
from luthier_desktop.services.snapshots import Kept, Removed
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.open_design import SavedAs
from luthier_desktop.ui.main_window import EDITOR, SNAPSHOTS, MainWindow
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.snapshot_browser import words
from luthier_desktop.ui.snapshot_browser.browser import SnapshotBrowser, Sources
from luthier_desktop.ui.widgets.reason_dialog import Question, ReasonDialog
from luthier_desktop.ui.widgets.undo_toast import UndoToast
from luthier_desktop.ui.workbench.decided_words import decided_on
from luthier_desktop.ui.workbench.draughtsman import Draughtsman
from luthier_desktop.ui.workbench.exported_words import exported_of
from luthier_desktop.ui.workbench.open_designs import OpenDesigns

_NONE = "No snapshot is chosen."
_TWO = "Choose exactly two snapshots: Ctrl+Space or Ctrl+click chooses another one."
_DELETE = (
    "The snapshot is left out of the library. Its file and its record stay as they are: Undo, or "
    "“Deleted ones” and Restore, brings it back."
)
_NO_BASELINE = " It is the baseline; there will be none."
_RENAME = (
    "A saved snapshot never changes, nor does its name. Open it (Enter) and save it: Ctrl+S as "
    "its next version, Ctrl+Shift+S as another snapshot; either may have another name."
)


class SnapshotLibrary(QObject):
    """Makes the panel when it is first in sight, and does on the worker what it asks for.

    ``runWanted`` carries the id of a run, ``compareWanted(a, b)`` the ids of two snapshots,
    ``shareWanted(id, name)`` asks for the share file of one, ``pictureWanted(id)`` for its
    picture, ``made`` brings the panel, and ``recorded`` tells that the log has a new run.
    """

    runWanted = Signal(str)
    compareWanted = Signal(str, str)
    shareWanted = Signal(str, str)
    pictureWanted = Signal(str)
    made = Signal(object)
    recorded = Signal()

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        studio: Studio,
        editor: DesignEditor,
        designs: OpenDesigns,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._designs = designs
        paints = editor.canvas.picture.paints
        self._draughtsman = Draughtsman(studio.materials, lambda: paints.is_finished)
        self._browser: SnapshotBrowser | None = None
        self._dialog: ReasonDialog | None = None
        self._toast: UndoToast | None = None
        self._deleted: list[str] = []
        window.panes.wanted.connect(self._look)
        window.dock(SNAPSHOTS).visibilityChanged.connect(self._came_in_sight)
        window.commands["switch_finish"].triggered.connect(self._draw_anew)

    @property
    def browser(self) -> SnapshotBrowser:
        """The panel, made when it is first wanted."""
        if self._browser is None:
            sources = Sources(
                self._studio.snapshots,
                self._studio.runs.hidden_because,
                partial(decided_on, self._studio),
                partial(exported_of, self._studio),
                self._draughtsman.draw,
            )
            commands, messages = self._window.commands, self._window.messages
            self._browser = browser = SnapshotBrowser(
                sources, self._background, messages, commands
            )
            browser.openWanted.connect(self.open)
            browser.runWanted.connect(self.runWanted)
            browser.undoWanted.connect(self.undo_delete)
            browser.tagsChanged.connect(self._tag)
            browser.bar.sizeWanted.connect(self._remember_size)
            browser.show_large(self._window.state.flag("snapshots_large", True))
            self._window.panes.place(SNAPSHOTS, browser)
            commands.attach(browser)
            commands.attach(browser.list)
            browser.reload()
            self.made.emit(browser)
        return self._browser

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about snapshots call."""
        return {
            "focus_snapshots": self.show,
            "open_snapshot": self._open_current,
            "find_snapshots": self._find,
            "switch_snapshot_size": self._switch_size,
            "compare_baseline": self.compare_with_baseline,
            "compare_snapshots": self.compare_chosen,
            "set_baseline": self.switch_baseline,
            "tag_snapshot": self._type_tag,
            "rename_snapshot": self._say_how_to_rename,
            "show_snapshot_run": self._show_run,
            "copy_snapshot_id": self._copy_id,
            "share_snapshot": self._share,
            "picture_of_snapshot": self._ask_for_picture,
            "delete_snapshot": self.ask_to_delete,
            "undo_delete_snapshot": self.undo_delete,
            "restore_snapshot": self.restore,
            "show_deleted_snapshots": self._switch_deleted,
            "clear_snapshot_search": self._close_innermost,
        }

    def show(self) -> None:
        """Show the library and give its list the focus."""
        self._window.focus_pane(SNAPSHOTS)

    def refresh(self, then: str | None = None) -> None:
        """Show what was recorded since, once the library has been looked at."""
        if self._browser is not None:
            self._browser.reload(then)

    def follow(self) -> None:
        """Show what other programs recorded since, where it can be seen."""
        if self._browser is not None and self._browser.isVisible():
            self._browser.reload()

    def open(self, snapshot_id: str) -> None:
        """Read a snapshot and open its design."""
        work = partial(self._studio.snapshots.get_any, snapshot_id)
        self._background.run(work, partial(self._was_read, snapshot_id), self._fail)

    def compare_with_baseline(self) -> None:
        """Ask for the current snapshot to be compared with the baseline."""
        entry = self._current()
        if entry is not None:
            work, done = self._studio.snapshots.baseline, partial(self._compare, entry)
            self._background.run(work, done, self._fail)

    def compare_chosen(self) -> None:
        """Ask for the two selected snapshots to be compared, the older one first."""
        chosen = [self.browser.entry_of(each) for each in self.browser.list.chosen_ids()]
        entries = sorted((one for one in chosen if one is not None), key=lambda one: one.seq)
        if len(entries) == 2:
            self.compareWanted.emit(entries[0].snapshot_id, entries[1].snapshot_id)
        else:
            self._say(_TWO)

    def switch_baseline(self) -> None:
        """Make the current snapshot the baseline, or have none when it is it already."""
        entry = self._current()
        if entry is not None:
            chosen = None if entry.baseline else entry.snapshot_id
            work = partial(self._studio.snapshot_marks.set_baseline, chosen)
            self._background.run(work, partial(self._marked, entry), self._fail)

    def ask_to_delete(self) -> None:
        """Ask why the current snapshot is to be deleted."""
        entry = self._current()
        if entry is None or self._dialog is not None:
            return
        if entry.deleted:
            self._say("This snapshot is deleted already; Restore lists it again.")
            return
        told = _DELETE + (_NO_BASELINE if entry.baseline else "")
        head = f"{shown(entry.name)} · {words.version(entry)} · {words.verdict(entry)}"
        question = Question("deleteSnapshotDialog", "Delete this snapshot", head, told, "&Delete")
        self._dialog = dialog = ReasonDialog(question, self._window)
        dialog.given.connect(partial(self._delete, entry))
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def undo_delete(self) -> None:
        """Bring the snapshot back that was deleted last."""
        if self._deleted:
            self._restore(self._deleted.pop())
        else:
            self._say("There is no deletion to take back; Restore lists a deleted snapshot again.")

    def restore(self) -> None:
        """List the current deleted snapshot again."""
        entry = self._current()
        if entry is not None and entry.deleted:
            self._restore(entry.snapshot_id)
        elif entry is not None:
            self._say("This snapshot is not deleted.")

    def _restore(self, snapshot_id: str) -> None:
        if self._toast is not None:
            self._toast.take_away()
        work = partial(self._studio.snapshots.restore, snapshot_id)
        self._background.run(work, partial(self._restored, snapshot_id), self._fail)

    def _restored(self, snapshot_id: str, _: Removed) -> None:
        self._deleted = [each for each in self._deleted if each != snapshot_id]
        self.recorded.emit()
        self.refresh(snapshot_id)
        self._say(f"Listed again: {snapshot_id}")

    def _delete(self, entry: SnapshotEntry, reason: str) -> None:
        work = partial(self._studio.snapshots.delete, entry.snapshot_id, reason)
        self._background.run(work, partial(self._was_deleted, entry), self._fail)

    def _was_deleted(self, entry: SnapshotEntry, _: Removed) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._deleted.append(entry.snapshot_id)
        self.recorded.emit()
        self.refresh()
        if self._toast is None:
            self._toast = UndoToast(self._window)
            self._toast.undone.connect(self.undo_delete)
        self._toast.say(f"Deleted: {shown(entry.name)}. Ctrl+Z in the list brings it back.")

    def _was_read(self, snapshot_id: str, kept: Kept) -> None:
        if kept.design is None:
            reason = str(kept.document.get("reason", "")).rstrip(".")
            self._window.messages.failed.emit(
                f"{snapshot_id} is damaged and cannot be opened: {reason}. Restore its file from "
                "a backup."
            )
        else:
            design = self._designs.bring(kept.design, f"snapshot {snapshot_id}")
            design.saved_as = SavedAs.of(kept.document, kept.design)
            self._window.focus_pane(EDITOR)

    def _compare(self, entry: SnapshotEntry, baseline: SnapshotEntry | None) -> None:
        if baseline is None:
            self._say("There is no baseline yet; B makes the chosen snapshot the baseline.")
        elif baseline.snapshot_id == entry.snapshot_id:
            self._say("This snapshot is the baseline itself.")
        else:
            self.compareWanted.emit(baseline.snapshot_id, entry.snapshot_id)

    def _tag(self, snapshot_id: str, add: Sequence[str], remove: Sequence[str]) -> None:
        work = partial(self._studio.snapshot_marks.tag, snapshot_id, add, remove)
        self._background.run(work, self._tagged, self._fail)

    def _tagged(self, done: Marked) -> None:
        if done.changes.runs:
            self.recorded.emit()
        self.refresh()

    def _marked(self, entry: SnapshotEntry, done: Marked) -> None:
        is_it = done.entry is not None and done.entry.baseline
        now = "is the baseline now" if is_it else "is no longer the baseline"
        self._say(f"{shown(entry.name)} {now}")
        self.refresh()

    def _current(self) -> SnapshotEntry | None:
        entry = self.browser.current()
        if entry is None:
            self._say(_NONE)
        return entry

    def _open_current(self) -> None:
        entry = self._current()
        if entry is not None:
            self.open(entry.snapshot_id)

    def _switch_size(self) -> None:
        self.browser.bar.toggle_size()

    def _switch_deleted(self) -> None:
        self.browser.bar.toggle_deleted()

    def _type_tag(self) -> None:
        self.browser.details.tags.start_typing()

    def _close_innermost(self) -> None:
        self.browser.close_innermost()

    def _say_how_to_rename(self) -> None:
        self._say(_RENAME)

    def _find(self) -> None:
        self.browser.bar.start_typing()

    def _show_run(self) -> None:
        entry = self._current()
        if entry is not None:
            self.runWanted.emit(entry.run_id)

    def _share(self) -> None:
        entry = self._current()
        if entry is not None:
            self.shareWanted.emit(entry.snapshot_id, entry.name)

    def _ask_for_picture(self) -> None:
        entry = self._current()
        if entry is not None:
            self.pictureWanted.emit(entry.snapshot_id)

    def _copy_id(self) -> None:
        entry = self._current()
        if entry is not None:
            QGuiApplication.clipboard().setText(entry.snapshot_id)
            self._say(f"Copied the snapshot id {entry.snapshot_id}")

    def _look(self, name: str) -> None:
        if name == SNAPSHOTS:
            self.browser.show()

    def _came_in_sight(self, visible: bool) -> None:
        if visible and self._browser is not None:
            self._browser.reload()
        elif visible and self._window.isVisible():
            self.browser.show()

    def _draw_anew(self) -> None:
        if self._browser is not None:
            self._browser.thumbnails.forget()

    def _remember_size(self, large: bool) -> None:
        self._window.state.remember(snapshots_large=large)

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _fail(self, error: Exception) -> None:
        if self._dialog is not None and isinstance(error, LuthierError):
            self._dialog.refuse(error.sentence)
        else:
            self._window.messages.fail(error)

    def _say(self, sentence: str) -> None:
        self._window.messages.say(sentence)
