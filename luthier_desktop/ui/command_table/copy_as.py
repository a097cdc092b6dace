"""What runs are copied as: of all that are marked, else of the current one."""

from __future__ import annotations

from luthier_desktop.ui.command_table.command import COPY_AS, TABLE, WINDOW, Command

COPY_COMMANDS: tuple[Command, ...] = (
    Command("copy_as", "&Choose what to copy…", ("Shift+C", "Y"), ("Shift+F9",), TABLE, COPY_AS,
            "Choose by a letter what the marked runs, else the current one, are copied as."),
    Command("copy_ids", "&Id", (), (), WINDOW, COPY_AS,
            "Copy the ids of the marked runs, else that of the current one.", group=1),
    Command("copy_sha256", "&Hash (SHA-256)", (), (), WINDOW, COPY_AS,
            "Copy the hash of each record's bytes, as the ledger has it.", group=1),
    Command("copy_path", "&Path of the file", (), (), WINDOW, COPY_AS,
            "Copy where the file of each record lies.", group=1),
    Command("copy_json", "&JSON record", (), (), WINDOW, COPY_AS,
            "Copy the record as it is stored; several as one list.", group=2),
    Command("copy_csv", "CS&V with header", (), (), WINDOW, COPY_AS,
            "Copy a row for each run, for a spreadsheet.", group=2),
    Command("copy_markdown", "&Markdown table", (), (), WINDOW, COPY_AS,
            "Copy a row for each run, for an issue or a message.", group=2),
    Command("copy_show_command", "Command that &shows the run", (), (), WINDOW, COPY_AS,
            "Copy the luthier command that shows each run.", group=3),
    Command("copy_reproduce_command", "Command that &reproduces the run", (), (), WINDOW,
            COPY_AS, "Copy the luthier command that computes each run again.", group=3),
    Command("copy_view_command", "Command that &lists what is listed here", (), (), WINDOW,
            COPY_AS, "Copy the luthier command with the filter and the order of the list.",
            group=3),
)
