"""Panes, looks and units."""

from __future__ import annotations

from luthier_desktop.ui.command_table.command import VIEW, WINDOW, Command

VIEW_COMMANDS: tuple[Command, ...] = (
    Command("focus_editor", "&Editor", ("Ctrl+1",), (), WINDOW, VIEW,
            "Go to the design editor."),
    Command("focus_feasibility", "&Feasibility", ("Ctrl+2",), (), WINDOW, VIEW,
            "Go to the verdict and its reasons."),
    Command("focus_run_log", "&Run log", ("Ctrl+3",), (), WINDOW, VIEW,
            "Go to the log of recorded runs."),
    Command("focus_snapshots", "&Snapshots", ("Ctrl+4",), (), WINDOW, VIEW,
            "Go to the library of saved snapshots."),
    Command("next_pane", "&Next pane", ("F6",), (), WINDOW, VIEW,
            "Move the focus to the next pane.", group=1),
    Command("previous_pane", "&Previous pane", ("Shift+F6",), (), WINDOW, VIEW,
            "Move the focus to the previous pane.", group=1),
    Command("next_design", "Next &design", ("Ctrl+Tab",), ("Ctrl+PgDown",), WINDOW, VIEW,
            "Show the next open design.", group=1),
    Command("previous_design", "Previous d&esign", ("Ctrl+Shift+Tab",), ("Ctrl+PgUp",), WINDOW,
            VIEW, "Show the open design before.", group=1),
    Command("switch_theme", "Light or &dark", ("Ctrl+Shift+L",), (), WINDOW, VIEW,
            "Switch between the light and the dark look.", "theme", group=2),
    Command("switch_unit", "Millimetres or &inches", ("Ctrl+Shift+M",), (), WINDOW, VIEW,
            "Show and type lengths in millimetres or in inches; nothing that is stored changes.",
            "unit", group=2),
    Command("switch_finish", "Woods ra&w or finished", ("Ctrl+Shift+B",), (), WINDOW, VIEW,
            "Show the woods raw, as they are cut and glued, or as they look after finish.",
            group=2),
    Command("reset_layout", "Reset &layout", ("Ctrl+0",), (), WINDOW, VIEW,
            "Put every pane back where it was at first.", group=2),
)
