"""Filters of the run log: the values that chips offer, and filters that are kept under a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.run_query_text import WrittenQuery, parse
from luthier_desktop.services.filters import OccurringValues, SavedFilter
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.command_table.command import FILTERS, LOG
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import menu_text, set_tool_tip, shown
from luthier_desktop.ui.run_log.filter_chip import ChoiceChip
from luthier_desktop.ui.run_log.run_log import RunLog
from luthier_desktop.ui.widgets.menus import Menu
from luthier_desktop.ui.workbench.filter_name import FilterNameDialog
from luthier_desktop.ui.workbench.submenus import add_submenu

_MORE = "More occur: type {}:… in the field"
_NONE_SAVED = "No filter is saved yet"
_LONGEST_LINE = 48
_DIGITS = 9

Saved = Sequence[SavedFilter]


class Filtering(QObject):
    """Asks the worker for values and saved filters, and shows them in menus."""

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, log: RunLog
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._log = log
        self._deleted: SavedFilter | None = None
        self._dialog: FilterNameDialog | None = None
        add_submenu(window, FILTERS, LOG, "next_hit")
        log.filter.valuesWanted.connect(self._ask_for_values)
        log.filter.savedWanted.connect(self.show_saved)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about filters call."""
        bar = self._log.filter
        return {
            "edit_filter_text": bar.edit_as_text,
            "add_filter": bar.add_filter,
            "saved_filters": self.show_saved,
            "save_filter": self.ask_for_name,
            "rename_filter": partial(self._choose, "Rename", self._ask_for_new_name),
            "delete_filter": partial(self._choose, "Delete", self._delete),
            "restore_filter": self.restore,
        }

    def show_saved(self) -> None:
        """Show the saved filters, to apply one or to change them."""
        self._ask_for_saved(self._show_saved)

    def ask_for_name(self) -> None:
        """Ask under what name the filter is to be kept."""
        line = self._log.filter.line()
        if not line:
            self._window.messages.say("Nothing is filtered, so there is nothing to save.")
            return
        said = f"It filters by: {shown(line, 300)}"
        self._ask("Save this filter", said, "", partial(self._save, line))

    def restore(self) -> None:
        """Bring back the filter that was deleted last."""
        if self._deleted is None:
            self._window.messages.say("No filter was deleted since the start.")
            return
        gone, self._deleted = self._deleted, None
        self._run(partial(self._studio.filters.save, gone), f"Back again: {shown(gone.name)}")

    # Values

    def _ask_for_values(self, chip: ChoiceChip) -> None:
        work = partial(self._studio.filters.values, chip.facet)
        self._background.run(work, partial(self._offer, chip), self._window.messages.fail)

    def _offer(self, chip: ChoiceChip, found: OccurringValues) -> None:
        words = [(value, f"{chip.worded(value)}  ({count:,})") for value, count in found.counted]
        chip.offer(words, "" if found.is_all else _MORE.format(chip.name.lower()))
        self._log.filter.open_chip(chip)

    # Saved filters

    def _ask_for_saved(self, done: Callable[[Saved], None]) -> None:
        self._background.run(self._studio.filters.saved, done, self._window.messages.fail)

    def _show_saved(self, saved: Saved) -> None:
        menu = self._menu("savedFiltersMenu")
        for position, each in enumerate(saved, 1):
            words = f"{shown(each.name)}    {shown(each.text, _LONGEST_LINE)}"
            action = menu.addAction(menu_text(tr(words)), partial(self._apply, each))
            set_tool_tip(action, words)
            if position <= _DIGITS:
                action.setText(tr(f"&{position}  {menu_text(words)}"))
        if not saved:
            menu.addAction(tr(_NONE_SAVED)).setEnabled(False)
        menu.addSeparator()
        names = ("save_filter", "rename_filter", "delete_filter", "restore_filter")
        menu.addActions([self._window.commands[name] for name in names])
        self._pop_up(menu)

    def _choose(self, verb: str, then: Callable[[SavedFilter], None]) -> None:
        self._ask_for_saved(partial(self._show_choice, verb, then))

    def _show_choice(self, verb: str, then: Callable[[SavedFilter], None], saved: Saved) -> None:
        if not saved:
            self._window.messages.say(f"{_NONE_SAVED}.")
            return
        menu = self._menu("filterChoiceMenu")
        for each in saved:
            words = f"{verb} {shown(each.name)}"
            set_tool_tip(menu.addAction(menu_text(tr(words)), partial(then, each)), words)
        self._pop_up(menu)

    def _menu(self, name: str) -> QMenu:
        menu = Menu(self._window)
        menu.setObjectName(name)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _pop_up(self, menu: QMenu) -> None:
        button = self._log.filter.saved_button
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        first = next((action for action in menu.actions() if action.isEnabled()), None)
        if first is not None:
            menu.setActiveAction(first)

    def _apply(self, saved: SavedFilter) -> None:
        try:
            written = parse(saved.text)
        except LuthierError as error:
            self._window.messages.fail(error)
            return
        self._show(written)
        self._window.messages.say(f"Filtered by {shown(saved.name)}")

    def _show(self, written: WrittenQuery) -> None:
        self._log.filter.apply(written)
        self._log.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, line: str, name: str) -> None:
        saved = SavedFilter(name, line)
        self._run(partial(self._studio.filters.save, saved), f"Saved as {shown(name.strip())}")

    def _ask_for_new_name(self, saved: SavedFilter) -> None:
        said = f"It filters by: {shown(saved.text, 300)}"
        self._ask("Rename a filter", said, saved.name, partial(self._rename, saved.name))

    def _rename(self, name: str, new_name: str) -> None:
        work = partial(self._studio.filters.rename, name, new_name)
        self._run(work, f"Renamed to {shown(new_name.strip())}")

    def _delete(self, saved: SavedFilter) -> None:
        self._deleted = saved
        told = f"Deleted the filter {shown(saved.name)}; “Bring back the deleted filter” undoes it"
        self._run(partial(self._studio.filters.delete, saved.name), told)

    def _ask(self, title: str, said: str, name: str, then: Callable[[str], None]) -> None:
        if self._dialog is None:
            self._dialog = dialog = FilterNameDialog(title, said, name, self._window)
            dialog.named.connect(then)
            dialog.finished.connect(self._forget)
            dialog.open()

    def _run(self, work: Callable[[], Saved], told: str) -> None:
        self._background.run(work, partial(self._done, told), self._fail)

    def _done(self, told: str, _: Saved) -> None:
        if self._dialog is not None:
            self._dialog.end()
        self._window.messages.say(told)

    def _fail(self, error: Exception) -> None:
        if self._dialog is not None and isinstance(error, LuthierError):
            self._dialog.refuse(error.sentence)
        else:
            self._window.messages.fail(error)

    def _forget(self) -> None:
        self._dialog = None
