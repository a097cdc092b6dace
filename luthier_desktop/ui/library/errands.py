"""The commands of the library window."""

from __future__ import annotations

from luthier_desktop.ui.widgets.window_menu import Errand

ENTRY, EDIT, GO = "&Entry", "&Change", "&Go"
ERRANDS = (
    Errand("new_entry", "&New", ("Ctrl+N",), ENTRY, "Make an entry with nothing filled in yet."),
    Errand("duplicate_entry", "&Duplicate to change", ("Ctrl+D",), ENTRY,
           "Make an entry of your own with the same values."),
    Errand("rename_entry", "Rena&me", ("F2",), ENTRY, "Type another name."),
    Errand("lock_entry", "&Lock or unlock", ("Ctrl+L",), ENTRY,
           "Keep an entry of your own from being changed by mistake, or let it be changed."),
    Errand("remove_entry", "&Remove…", ("Ctrl+Del",), ENTRY,
           "Take an entry of your own out of the list; Undo brings it back."),
    Errand("use_entry", "&Use this setup", ("Ctrl+U",), ENTRY,
           "Judge designs with this setup from now on."),
    Errand("import_entry", "&Import…", ("Ctrl+O",), ENTRY,
           "Bring in a setup, or a list of the page's entries: JSON, tools also CSV."),
    Errand("export_entry", "&Export…", ("Ctrl+E",), ENTRY,
           "Write the chosen setup, or the list of your own entries, into a new file."),
    Errand("close_library", "&Close", ("Ctrl+W",), ENTRY, "Close this window; Esc does too."),
    Errand("undo_library", "&Undo", ("Ctrl+Z",), EDIT, "Take the last change back."),
    Errand("redo_library", "Red&o", ("Ctrl+Y", "Ctrl+Shift+Z"), EDIT,
           "Do again what was taken back."),
    Errand("save_library", "&Save changes", ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"), EDIT,
           "Record the changes of the chosen entry, all at once."),
    Errand("save_all_library", "Save &all changes", ("Ctrl+Shift+S",), EDIT,
           "Record the changes of every entry."),
    Errand("discard_library", "&Discard changes", ("Ctrl+Backspace",), EDIT,
           "Give up the changes of the chosen entry that are not yet saved."),
    Errand("reset_field", "&Reset this field", ("Ctrl+R",), EDIT,
           "Set the field that has the focus to the value that it came with."),
    Errand("find_entry", "&Find", ("Ctrl+F",), GO, "Type what to look for."),
    Errand("go_entries", "&Table", ("Ctrl+T",), GO, "Go to the table."),
    Errand("go_fields", "F&ields", ("Ctrl+I",), GO, "Go to the first field."),
    Errand("next_page", "&Next page", ("Ctrl+PgDown", "F6"), GO, "Go to the next page."),
    Errand("previous_page", "&Previous page", ("Ctrl+PgUp", "Shift+F6"), GO,
           "Go to the page before."),
)  # fmt: skip
