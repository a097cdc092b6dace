"""Keys and diagnostics."""

from __future__ import annotations

from luthier_desktop.ui.command_table.command import HELP, WINDOW, Command

HELP_COMMANDS: tuple[Command, ...] = (
    Command("key_sheet", "&Keys and commands", ("F1",), ("?",), WINDOW, HELP,
            "Find any command by a word, see its keys, and run it.", "keys", short="Keys"),
    Command("command_palette", "&Find a command…", ("Ctrl+K",), ("Ctrl+Shift+P",), WINDOW, HELP,
            "Run any command by a few of its words; a greyed one says why."),
    Command("copy_diagnostics", "Copy &diagnostics", ("Ctrl+Shift+D",), (), WINDOW, HELP,
            "Copy the version, the folders and the state of the store.", group=1),
)
