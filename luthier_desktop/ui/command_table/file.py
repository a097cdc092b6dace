"""Files, snapshots and the program itself."""

from __future__ import annotations

from luthier_desktop.ui.command_table.command import FILE, WINDOW, Command

FILE_COMMANDS: tuple[Command, ...] = (
    Command("new_design", "&New design…", ("Ctrl+N",), (), WINDOW, FILE,
            "Begin with an instrument: its usual sizes, or a starter design that fits it.",
            "new", short="New"),
    Command("open_design", "&Open design…", ("Ctrl+O",), (), WINDOW, FILE,
            "Open a design, a share file, or a picture that carries one.", "open", short="Open"),
    Command("open_recent", "Open recen&t…", (), (), WINDOW, FILE,
            "Choose among the files that were opened last, by their pictures."),
    Command("open_pasted", "Open from clip&board", (), (), WINDOW, FILE,
            "Open what the text of a QR code says, or a design or share file that was copied."),
    Command("save_snapshot", "&Save snapshot…", ("Ctrl+S",), (), WINDOW, FILE,
            "Keep this design under a name; it is checked and recorded with it.", "save",
            short="Save"),
    Command("save_snapshot_as", "Save &as…", ("Ctrl+Shift+S",), (), WINDOW, FILE,
            "Keep this design under another name, as the first version of a line of its own."),
    Command("export_design", "&Export…", ("Ctrl+E",), (), WINDOW, FILE,
            "Write this design for the bench, the machine or another workshop: templates, cut "
            "lists, pictures, DXF, G-code."),
    Command("export_share_file", "Export share &file…", (), (), WINDOW, FILE,
            "Write the saved snapshot of this design into one file that shows whether it was "
            "changed on its way."),
    Command("export_log", "E&xport runs with proof…", ("Ctrl+Shift+E",), (), WINDOW, FILE,
            "Write the runs that fit the filter, or the whole log, into a folder that anybody can "
            "check without this program."),
    Command("export_picture", "Export pict&ure…", ("Ctrl+Shift+X",), (), WINDOW, FILE,
            "Draw this design as SVG or PNG, true to scale; the file carries it and opens again."),
    Command("print_sheet", "&Print sheet…", ("Ctrl+P",), (), WINDOW, FILE,
            "Print the template at true size, or the shop sheet, and see the pages first."),
    Command("import_legacy", "&Import from the web ToolBox…", (), (), WINDOW, FILE,
            "Bring the runs, snapshots and backups of the web ToolBox into the log."),
    Command("close_design", "&Close design", ("Ctrl+W",), ("Ctrl+F4",), WINDOW, FILE,
            "Close the design that is shown; unsaved changes are asked about.", group=1),
    Command("reopen_design", "Reopen closed desi&gn", ("Ctrl+Shift+T",), (), WINDOW, FILE,
            "Open the design again that was closed last, with its history.", group=1),
    Command("recover_designs", "&Restore unsaved designs…", (), (), WINDOW, FILE,
            "Look for designs that were open and not saved when the program ended.", group=1),
    Command("quit", "&Quit", ("Ctrl+Q",), (), WINDOW, FILE,
            "Close the program. Everything that was recorded is safe already.", group=2),
)
