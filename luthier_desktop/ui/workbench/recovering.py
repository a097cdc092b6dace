"""After a crash: looked for when the window stands, offered, and restored with its history."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.services.drafts import Found, Search
from luthier_desktop.services.snapshots import Kept
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.open_design import UNTITLED, OpenDesign, SavedAs
from luthier_desktop.ui.design_editor.thumbnail import thumbnail
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.run_log.columns import local_time
from luthier_desktop.ui.workbench.journalling import Journalling
from luthier_desktop.ui.workbench.open_designs import OpenDesigns
from luthier_desktop.ui.workbench.recovery_dialog import THUMBNAIL, Offer, RecoveryDialog

_RESTORED = "a draft from before the program ended"
_NOTHING = "There is nothing to restore: no design was left unsaved by a crash."


class Recovering(QObject):
    """Finds drafts that dead programs left, and opens those that are wanted.

    Until one is restored, discarded or left for later, its lock is held here. ``nothingLeft``
    comes when there is nothing to offer.
    """

    nothingLeft = Signal()

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        studio: Studio,
        designs: OpenDesigns,
        journalling: Journalling,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._designs = designs
        self._journalling = journalling
        self._found: dict[str, Found] = {}
        self._dialog: RecoveryDialog | None = None
        self._is_asked = False

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the command about recovery calls."""
        return {"recover_designs": self.ask}

    def look(self) -> None:
        """Offer what a crash left behind; nothing happens when there is nothing."""
        fail = self._window.messages.fail
        self._background.run(self._studio.drafts.are_there, self._look_closer, fail)

    def ask(self) -> None:
        """Look because the user asks: say so when there is nothing."""
        self._is_asked = True
        self.look()

    def close(self) -> None:
        """Leave what was not decided on for the next start."""
        for found in self._found.values():
            found.draft.let_go()
        self._found.clear()

    def _look_closer(self, are_there: bool) -> None:
        if are_there:
            fail = self._window.messages.fail
            self._background.run_long(self._studio.drafts.find, self._offer, fail)
        else:
            self._offer(Search([], []))

    def _offer(self, search: Search) -> None:
        is_asked, self._is_asked = self._is_asked, False
        if not search.found and not search.set_aside:
            if is_asked:
                self._window.messages.say(_NOTHING)
            else:
                self.nothingLeft.emit()
            return
        self._found.update({found.draft_id: found for found in search.found})
        offers = [Offer(found.draft_id, _lines(found)) for found in search.found]
        self._dialog = dialog = RecoveryDialog(offers, search.set_aside, self._window)
        dialog.restoreWanted.connect(self._restore)
        dialog.discardWanted.connect(self._discard)
        dialog.pictureWanted.connect(self._draw)
        dialog.finished.connect(self._leave_for_later)
        dialog.open()

    def _draw(self, draft_id: str) -> None:
        if self._dialog is not None and draft_id in self._found:
            design = self._found[draft_id].history.design
            ratio = self._dialog.devicePixelRatioF()
            picture = thumbnail(design, self._studio.materials, THUMBNAIL, ratio)
            self._dialog.show_picture(draft_id, picture)

    def _restore(self, draft_ids: list[str]) -> None:
        """Open the designs with their histories; their drafts go on where they ended.

        The one that was worked on last comes last, and is shown.
        """
        for draft_id in reversed(draft_ids):
            found = self._found.pop(draft_id)
            design = OpenDesign(found.history.base, _RESTORED, self._designs)
            design.restore(found.history)
            self._journalling.follow(design, found.draft)
            self._designs.add(design)
            self._find_origin(design, found.history.snapshot_id)
        if self._dialog is not None:
            self._dialog.accept()

    def _find_origin(self, design: OpenDesign, snapshot_id: str | None) -> None:
        """Look up which snapshot the design comes from: its next save is a version of that."""
        if snapshot_id is not None:
            work = partial(self._studio.snapshots.get_any, snapshot_id)
            done = partial(self._comes_from, design)
            self._background.run(work, done, self._window.messages.fail)

    def _comes_from(self, design: OpenDesign, kept: Kept) -> None:
        if kept.design is not None and design.saved_as is None:
            design.saved_as = SavedAs.of(kept.document, kept.design)

    def _discard(self, draft_ids: list[str]) -> None:
        for draft_id in draft_ids:
            try:
                self._found.pop(draft_id).draft.remove()
            except LuthierError as error:
                self._window.messages.fail(error)
        if self._dialog is not None:
            self._dialog.drop(draft_ids)

    def _leave_for_later(self, _: int) -> None:
        self._dialog = None
        self.close()


def _lines(found: Found) -> tuple[str, ...]:
    name = shown(found.history.design.name or UNTITLED)
    count = found.history.changes
    changes = "1 change" if count == 1 else f"{count:,} changes"
    told = f"{changes} not saved  ·  last at {local_time(found.at_utc)}"
    return (name, told, found.note) if found.note else (name, told)
