"""Filters of the run log: added one by one, typed as a line, kept under a name."""

from __future__ import annotations

from luthier_desktop.ui.command_table.command import FILTERS, TABLE, WINDOW, Command

FILTER_COMMANDS: tuple[Command, ...] = (
    Command("add_filter", "&Add a filter…", ("+",), ("Ctrl++",), TABLE, FILTERS,
            "Choose what else the run log is filtered by."),
    Command("edit_filter_text", "Edit the filter as &text", (":",), (), TABLE, FILTERS,
            "Write the whole filter as one line, such as verdict:red since:week."),
    Command("saved_filters", "&Saved filters…", ("F",), ("F12",), TABLE, FILTERS,
            "Filter by what was kept under a name.", group=1),
    Command("save_filter", "S&ave this filter…", (), (), WINDOW, FILTERS,
            "Keep the filter of the run log under a name.", group=1),
    Command("rename_filter", "&Rename a filter…", (), (), WINDOW, FILTERS,
            "Give a saved filter another name.", group=1),
    Command("delete_filter", "&Delete a filter…", (), (), WINDOW, FILTERS,
            "Forget a saved filter; it can be brought back.", group=1),
    Command("restore_filter", "&Bring back the deleted filter", (), (), WINDOW, FILTERS,
            "Save the filter again that was deleted last.", group=1),
)
