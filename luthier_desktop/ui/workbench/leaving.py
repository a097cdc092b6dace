"""Before changes are lost: closing one design, or the window with all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMessageBox

from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import menu_text, shown, title_text
from luthier_desktop.ui.workbench.design_files import DesignFiles
from luthier_desktop.ui.workbench.design_tabs import DesignTabs, changes_text
from luthier_desktop.ui.workbench.open_designs import OpenDesigns

MOST_NAMED = 10
LONGEST_NAME = 200
_LONE = "This is the only design open, and nothing was done with it yet."


class Leaving(QObject):
    """Asks what to do with changes that are neither recorded nor saved, naming how many."""

    def __init__(
        self, window: MainWindow, designs: OpenDesigns, tabs: DesignTabs, files: DesignFiles
    ) -> None:
        super().__init__(window)
        self._window = window
        self._designs = designs
        self._files = files
        self._asked: list[OpenDesign] = []
        self._saving: list[OpenDesign] = []
        self._then: Callable[[], object] | None = None
        tabs.closeWanted.connect(self.close)
        files.nameDeclined.connect(self.forget)
        files.notSaved.connect(self.forget)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the command about leaving calls."""
        return {"close_design": self.close_shown}

    def close_shown(self) -> None:
        """Close the design that is shown."""
        self.close(self._designs.current)

    def close(self, design: OpenDesign) -> None:
        """Close a design at once when nothing would be lost; else ask, and do as answered."""
        if not design.is_kept():
            self._designs.show(design)
            box = self._ask("closeDesignDialog", "Close design", [design])
            self._offer(box, "Save snapshot…", self._save_and_close, "Discard", self._discard)
        elif len(self._designs.all()) == 1 and design.is_untouched():
            self._window.messages.say(_LONE)
        else:
            self._designs.close(design)

    def may_close(self) -> bool:
        """Let the window close when nothing would be lost; else ask, and close on the answer."""
        unsaved = self._designs.unsaved()
        if not unsaved:
            return True
        save = "Save snapshot…" if len(unsaved) == 1 else f"Save all {len(unsaved)} and leave"
        box = self._ask("leaveDialog", "Leave", unsaved)
        self._offer(box, save, self._save_and_leave, "Leave without saving", self._leave)
        return False

    def was_saved(self, design: OpenDesign) -> None:
        """Go on with what waited for *design* to be saved."""
        if design in self._saving and design.is_kept():
            self._saving.remove(design)
            if not self._saving and self._then is not None:
                then, self._then = self._then, None
                QTimer.singleShot(0, self, then)

    def forget(self, _: object = None) -> None:
        """Close nothing after all: the design was not saved."""
        self._saving, self._then = [], None

    def _ask(self, name: str, title: str, designs: Sequence[OpenDesign]) -> QMessageBox:
        self.forget()
        self._asked = list(designs)
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(title_text(tr(title)))
        box.setObjectName(name)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(tr(_question(designs)))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return box

    def _offer(
        self,
        box: QMessageBox,
        save: str,
        on_save: Callable[[], object],
        discard: str,
        on_discard: Callable[[], object],
    ) -> None:
        save_button = box.addButton(menu_text(tr(save)), QMessageBox.ButtonRole.AcceptRole)
        leave_button = box.addButton(
            menu_text(tr(discard)), QMessageBox.ButtonRole.DestructiveRole
        )
        stay = box.addButton(tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        save_button.clicked.connect(on_save)
        leave_button.clicked.connect(on_discard)
        box.setDefaultButton(save_button)
        box.setEscapeButton(stay)
        box.open()

    def _save_and_close(self) -> None:
        self._save(self._close_asked)

    def _save_and_leave(self) -> None:
        self._save(self._window.close)

    def _save(self, then: Callable[[], object]) -> None:
        """Save what was asked about; a single design gets the name that is typed."""
        self._saving, self._then = list(self._asked), then
        if len(self._saving) == 1:
            self._designs.show(self._saving[0])
            self._files.ask_for_name()
        else:
            for design in list(self._saving):
                self._files.save_under(design, design.title().strip()[:LONGEST_NAME])

    def _close_asked(self) -> None:
        for design in self._asked:
            if design in self._designs.all() and design.is_kept():
                self._designs.close(design)

    def _discard(self) -> None:
        for design in self._asked:
            self._designs.close(design)

    def _leave(self) -> None:
        """Close the window; what was asked about is given up."""
        for design in self._asked:
            self._designs.closed.emit(design)
        self._window.may_close = None
        QTimer.singleShot(0, self._window, self._window.close)


def _question(designs: Sequence[OpenDesign]) -> str:
    told = [f"{shown(one.title())}: {changes_text(one)}" for one in designs[:MOST_NAMED]]
    if len(designs) == 1:
        plural = "is" if designs[0].changes() == 1 else "are"
        return f"{told[0]} {plural} neither recorded nor saved."
    more = len(designs) - MOST_NAMED
    told += [f"and {more} more"] if more > 0 else []
    lines = "\n".join(f"•  {line}" for line in told)
    return f"{len(designs)} designs have changes that are neither recorded nor saved:\n\n{lines}"
