"""Keys and diagnostics."""

from __future__ import annotations

from luthier_desktop.ui.command_table.command import HELP, WINDOW, Command

HELP_COMMANDS: tuple[Command, ...] = (
    Command("key_sheet", "&Keys and commands", ("F1",), ("?",), WINDOW, HELP,
            "Find any command by a word, see its keys, and run it.", "keys", short="Keys"),
    Command("command_palette", "&Find a command…", ("Ctrl+K",), ("Ctrl+Shift+P",), WINDOW, HELP,
            "Run any command by a few of its words; a greyed one says why."),
    Command("handbook", "&Handbook", ("Ctrl+F1",), (), WINDOW, HELP,
            "Read how it is done; search all pages. It is here without a network.", group=1),
    Command("first_steps", "First &steps", (), (), WINDOW, HELP,
            "Show the three first steps above the design.", group=1),
    Command("log_promises", "What the log &promises", (), (), WINDOW, HELP,
            "Read what Verify finds, and what it does not.", group=1),
    Command("moving_pc", "&Moving to another PC", (), (), WINDOW, HELP,
            "Read how everything goes over to another PC.", group=1),
    Command("open_data_folder", "&Open the data folder", (), (), WINDOW, HELP,
            "Show the folder of the log in the system's file manager.", group=2),
    Command("copy_diagnostics", "Copy &diagnostics", ("Ctrl+Shift+D",), (), WINDOW, HELP,
            "Copy versions, folders, the state of the log and the last lines of the program's "
            "own log file; no designs.", group=2),
    Command("about", "&About…", (), (), WINDOW, HELP,
            "See the version, the folders, and the licences of all parts.", group=2),
)
