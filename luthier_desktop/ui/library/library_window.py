"""The workshop library in a window of its own: six pages, saved when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.library.advice_view import AdviceView
from luthier_desktop.ui.library.calls import Calls
from luthier_desktop.ui.library.deeds import Deeds
from luthier_desktop.ui.library.drafts import Drafts
from luthier_desktop.ui.library.entry import Entry, Shelf, Values
from luthier_desktop.ui.library.errands import ERRANDS
from luthier_desktop.ui.library.origins import Origins
from luthier_desktop.ui.library.page_view import PageView
from luthier_desktop.ui.library.pages import PAGES, Page
from luthier_desktop.ui.library.reasons import reasons
from luthier_desktop.ui.library.spec import Option, Spec
from luthier_desktop.ui.library.steps import Steps
from luthier_desktop.ui.messages import menu_text, set_tool_tip, shown
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.flow_layout import FlowArea
from luthier_desktop.ui.widgets.notices import ErrorLine
from luthier_desktop.ui.widgets.window_menu import WindowActions

_SIZE = (1300, 690)
_ADVICE = Spec("cut.spindle_rpm", "Advised feed and speed", "number")
_BUTTONS = ("new_entry", "duplicate_entry", "lock_entry", "remove_entry", "use_entry",
            "import_entry", "export_entry")  # fmt: skip
_SHORT = {"duplicate_entry": "Duplicate", "use_entry": "Use", "lock_entry": "Lock"}


class LibraryWindow(QDialog):
    """Nothing waits for it to be closed; every key of it works in it alone.

    ``removeWanted(shelf, entry)`` asks for a reason, ``importWanted(shelf)`` and
    ``exportWanted(shelf, entry)`` for a file, ``leaveWanted()`` what to do with unsaved changes.
    """

    removeWanted = Signal(str, object)
    importWanted = Signal(str)
    exportWanted = Signal(str, object)
    leaveWanted = Signal()

    def __init__(
        self,
        calls: Mapping[Shelf, Calls],
        woods: MaterialCatalogue,
        background: Background,
        parent: QWidget,
    ) -> None:
        self.pages: dict[str, PageView] = {}
        super().__init__(parent)
        self.setObjectName("workshopLibrary")
        self.setWindowTitle(tr("Workshop library"))
        self.resize(*_SIZE)
        self._calls = calls
        self._woods = woods
        self._refusals: Mapping[str, str] = {}
        self.steps = Steps(self)
        self.drafts = {
            shelf: Drafts(one.check, one.differences, self.steps, self)
            for shelf, one in calls.items()
        }
        self.deeds = Deeds(calls, background, self.steps, self.drafts, self)
        self.origins = Origins()
        self.error = ErrorLine(self)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("libraryPages")
        self._holders: list[QVBoxLayout] = []
        self._advice: AdviceView | None = None
        self._lists: dict[str, list[Entry]] = {}
        self._chosen: dict[str, str] = {}
        self._actions = WindowActions(self, self._slots(), ERRANDS)
        self._buttons = {name: QPushButton(self) for name in _BUTTONS}
        self._arrange()
        self._connect()
        self._turn(0)

    def page(self) -> PageView:
        """Return the page in sight."""
        return self.pages[PAGES[self.tabs.currentIndex()].page_id]

    def open_page(self, page_id: str) -> None:
        """Show a page."""
        self.tabs.setCurrentIndex([page.page_id for page in PAGES].index(page_id))

    def reload(self) -> None:
        """Read every list that is shown."""
        for shelf in self._lists:
            self.deeds.load(_shelf(shelf))

    def show_woods(self, woods: MaterialCatalogue) -> None:
        """Offer the materials as they are now."""
        self._woods = woods
        for view in self.pages.values():
            view.show_woods({wood.material_id: wood.name for wood in woods})
        if self._advice is not None:
            self._advice.show_woods(woods)

    def show_refusals(self, refusals: Mapping[str, str]) -> None:
        """Grey what may not be done: a sentence for each right that is missing."""
        self._refusals = refusals
        for view in self.pages.values():
            view.forbid(refusals.get(self._calls[view.page.shelf].right, ""))
        self._judge()

    def waiting(self) -> int:
        """Return how many changes are not yet saved."""
        return sum(sum(drafts.waiting().values()) for drafts in self.drafts.values())

    def save_all(self) -> None:
        """Save the changes of every entry."""
        for shelf, drafts in self.drafts.items():
            for entry_id in drafts.waiting():
                self.deeds.save(shelf, entry_id)

    def discard_all(self) -> None:
        """Give up every change that is not yet saved."""
        for drafts in self.drafts.values():
            for entry_id in drafts.waiting():
                drafts.forget(entry_id)

    # Building the window

    def _slots(self) -> dict[str, Callable[[], object]]:
        return {
            "new_entry": self._new,
            "duplicate_entry": self._duplicate,
            "rename_entry": self._rename,
            "lock_entry": self._lock,
            "remove_entry": self._remove,
            "use_entry": self._use,
            "import_entry": self._import,
            "export_entry": self._export,
            "close_library": self.close,
            "undo_library": self.steps.undo,
            "redo_library": self.steps.redo,
            "save_library": self._save,
            "save_all_library": self.save_all,
            "discard_library": self._discard,
            "reset_field": self._reset,
            "find_entry": self._find,
            "go_entries": self._go_entries,
            "go_fields": self._go_fields,
            "next_page": partial(self._turn_by, 1),
            "previous_page": partial(self._turn_by, -1),
        }

    def _arrange(self) -> None:
        for page in PAGES:
            holder = QWidget(self)
            self._holders.append(QVBoxLayout(holder))
            self._holders[-1].setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(holder, menu_text(tr(page.title)))
        deeds = FlowArea(self, GRID * 2)
        for name, button in self._buttons.items():
            action = self._actions[name]
            button.setObjectName(f"{name}Button")
            button.setText(menu_text(tr(_SHORT.get(name) or action.text().replace("&", ""))))
            button.setAutoDefault(False)
            button.clicked.connect(action.trigger)
            deeds.flow.addWidget(button)
        close = QPushButton(tr("Close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(GRID * 2)
        row.addWidget(deeds, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, 0, GRID * 3, GRID * 3)
        column.setSpacing(GRID * 2)
        column.setMenuBar(self._actions.bar)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.error)
        column.addLayout(row)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.steps.changed.connect(self._name_steps)
        self.deeds.loaded.connect(self._show)
        self.deeds.begun.connect(self.error.clear)
        self._name_steps()

    def _turn(self, at: int) -> None:
        page = PAGES[at]
        if page.page_id not in self.pages:
            self._make(page, at)
        view = self.pages[page.page_id]
        if page.shelf in self._lists:
            view.show_entries(self._lists[page.shelf], self._chosen.get(page.shelf, ""))
        else:
            self.deeds.load(page.shelf)
        if page.shelf == "setups" and page.page_id == "setups":
            for shelf in ("tools", "machines"):
                if shelf not in self._lists:
                    self.deeds.load(_shelf(shelf))
        self._judge()

    def _make(self, page: Page, at: int) -> None:
        view = PageView(page, self.drafts[page.shelf], self.origins.told, self)
        view.build({wood.material_id: wood.name for wood in self._woods})
        self.pages[page.page_id] = view
        view.chosen.connect(self._choose)
        view.applyWanted.connect(self._save)
        view.discardWanted.connect(self._discard)
        view.taken.connect(self._take)
        view.forbid(self._refusals.get(self._calls[page.shelf].right, ""))
        if page.page_id == "cuts":
            self._advice = AdviceView(self._woods, view)
            self._advice.used.connect(self._use_advice)
            view.add_below(self._advice)
        self._holders[at].addWidget(view)
        if page.page_id == "setups":
            self._offer_parts(view)

    # What comes and what is done

    def _show(self, shelf: str, entries: list[Entry], then: str) -> None:
        self._lists[shelf] = entries
        self.origins.show(shelf, entries)
        if then:
            self._chosen[shelf] = then
        view = self.page()
        if view.page.shelf == shelf:
            view.show_entries(entries, then)
        elif shelf in ("tools", "machines") and view.form.parts():
            self._offer_parts(view)
            view.show_chosen()

    def _choose(self) -> None:
        view = self.page()
        self._chosen[view.page.shelf] = view.entry_id()
        self._judge()

    def _offer_parts(self, view: PageView) -> None:
        tools = [one for one in self._lists.get("tools", ()) if one.plain.get("shape") == "flat"]
        machines = self._lists.get("machines", [])
        for part in view.form.parts():
            found = machines if part == "machine" else tools
            ordered = sorted(found, key=lambda one: one.name.casefold())
            view.form.offer(part, tuple(Option(one.entry_id, one.name) for one in ordered))

    def _take(self, part: str, entry_id: str) -> None:
        shelf = "machines" if part == "machine" else "tools"
        found = next(one for one in self._lists[shelf] if one.entry_id == entry_id)
        values = self.origins.part_of(shelf, found)
        spec = Spec(part, "Machine" if part == "machine" else "Bit", "text")
        self.drafts["setups"].set(self.page().entry_id(), spec, {part: values})

    def _use_advice(self, values: Values) -> None:
        entry = self._entry()
        if entry is not None and entry.origin == "shipped":
            self.deeds.apply(entry, values)
        elif entry is not None:
            self.drafts["setups"].set(entry.entry_id, _ADVICE, values)

    def _entry(self) -> Entry | None:
        view = self.page()
        return self.drafts[view.page.shelf].entry(view.entry_id())

    def _new(self) -> None:
        page = self.page().page
        self.deeds.new(page.shelf, None, f"New {page.word}")

    def _duplicate(self) -> None:
        entry = self._entry()
        if entry is not None:
            self.deeds.new(self.page().page.shelf, entry, "")

    def _rename(self) -> None:
        if self.page().page.page_id in ("cuts", "tops"):
            entry_id = self.page().entry_id()
            self.open_page("setups")
            self.page().go_to(entry_id)
        self.page().form.focus_field("name")

    def _lock(self) -> None:
        entry = self._entry()
        if entry is not None:
            self.deeds.lock(self.page().page.shelf, entry)

    def _remove(self) -> None:
        entry = self._entry()
        if entry is not None:
            self.removeWanted.emit(self.page().page.shelf, entry)

    def _use(self) -> None:
        entry = self._entry()
        if entry is not None:
            self.deeds.use(entry)

    def _import(self) -> None:
        self.importWanted.emit(self.page().page.shelf)

    def _export(self) -> None:
        self.exportWanted.emit(self.page().page.shelf, self._entry())

    def _save(self) -> None:
        view = self.page()
        self.deeds.save(view.page.shelf, view.entry_id())

    def _discard(self) -> None:
        view = self.page()
        self.drafts[view.page.shelf].forget(view.entry_id())

    def _reset(self) -> None:
        self.page().reset_focused()

    def _find(self) -> None:
        self.page().search.setFocus()
        self.page().search.selectAll()

    def _go_entries(self) -> None:
        self.page().table.setFocus()

    def _go_fields(self) -> None:
        specs = self.page().page.groups[0].specs
        self.page().form.focus_field(specs[0].path)

    def _turn_by(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def _name_steps(self) -> None:
        for name, verb, text in (
            ("undo_library", "&Undo", self.steps.undo_text()),
            ("redo_library", "Red&o", self.steps.redo_text()),
        ):
            action = self._actions[name]
            action.setEnabled(bool(text))
            action.setText(tr(f"{verb} {menu_text(shown(text))}" if text else verb))

    def _judge(self) -> None:
        """Grey what cannot be done with the chosen entry, and say why."""
        entry, page = self._entry(), self.page().page
        refused = self._refusals.get(self._calls[page.shelf].right, "")
        for name, reason in reasons(page, entry, refused, self._refusals).items():
            self._actions[name].setEnabled(not reason)
            self._buttons[name].setEnabled(not reason)
            tip = next(one.tip for one in ERRANDS if one.id == name)
            set_tool_tip(self._buttons[name], reason or tip)
        is_locked = entry is not None and entry.locked and entry.origin == "own"
        self._buttons["lock_entry"].setText(tr("Unlock" if is_locked else "Lock"))
        self._buttons["use_entry"].setVisible(page.shelf == "setups")
        self._show_advice(entry, refused)

    def _show_advice(self, entry: Entry | None, refused: str) -> None:
        if self._advice is None or self.page().page.page_id != "cuts" or entry is None:
            return
        is_starter = entry.origin == "shipped"
        reason = refused or ("" if is_starter else entry.read_only)
        verb = (
            "Make a copy with these values; it takes the starter's place, in one step."
            if is_starter
            else "Set these values, as one step that can be undone."
        )
        self._advice.show_setup(self.drafts["setups"].plain(entry.entry_id), reason, verb)

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:  # the look may have changed
            for view in self.pages.values():
                view.show_chosen(dressed_anew=True)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.waiting():
            event.ignore()
            self.leaveWanted.emit()
        else:
            super().closeEvent(event)

    def reject(self) -> None:
        if self.waiting():
            self.leaveWanted.emit()
        else:
            super().reject()


def _shelf(name: str) -> Shelf:
    shelves: dict[str, Shelf] = {"setups": "setups", "materials": "materials"}
    shelves |= {"tools": "tools", "machines": "machines"}
    return shelves[name]
