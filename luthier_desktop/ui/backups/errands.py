"""The commands of the window of backups."""

from __future__ import annotations

from luthier_desktop.ui.widgets.window_menu import Errand

SETTINGS, FULL = "&Settings", "&Full backup"
ERRANDS = (
    Errand("create_backup", "&Create now", ("Ctrl+N",), SETTINGS,
           "Keep the settings as they are now; nothing is changed by it."),
    Errand("show_backup", "&Show…", ("Ctrl+I",), SETTINGS,
           "Look at what the chosen backup holds; Enter in the list does it too."),
    Errand("verify_backup", "&Verify", ("Ctrl+T",), SETTINGS,
           "Read the chosen backup again and compare it with the log."),
    Errand("restore_backup", "&Restore…", ("Ctrl+R",), SETTINGS,
           "See what would change, then put the settings of the chosen backup in force."),
    Errand("undo_restore", "&Undo the last restore", ("Ctrl+Z",), SETTINGS,
           "Put the settings in force that were kept just before restoring."),
    Errand("delete_backup", "&Delete…", ("Ctrl+Del",), SETTINGS,
           "Delete the chosen backup; its event and its hash stay in the log."),
    Errand("foreign_backup", "&Look into a file of the web ToolBox…", ("Ctrl+O",), SETTINGS,
           "See what a cam_settings file holds and lacks; nothing of it is kept."),
    Errand("close_backups", "Clos&e", ("Ctrl+W",), SETTINGS, "Close this window; Esc does too."),
    Errand("make_full", "&Make a full backup…", ("Ctrl+B",), FULL,
           "Copy everything to a folder or a stick, and verify the copy."),
    Errand("verify_full", "&Verify a full backup…", ("Ctrl+Shift+T",), FULL,
           "Read every file of a full backup, and compare its log with the one here."),
    Errand("restore_full", "&Restore into an empty place…", ("Ctrl+Shift+R",), FULL,
           "Make a new data folder of a full backup; the present data is not touched."),
    Errand("cancel_full", "&Cancel what is under way", ("Ctrl+Backspace",), FULL,
           "Stop; nothing is left half done."),
)  # fmt: skip
NEEDED = {
    "create_backup": "settings_backup",
    "restore_backup": "restore_backup",
    "undo_restore": "restore_backup",
    "delete_backup": "delete_backup",
    "make_full": "full_backup",
    "restore_full": "full_backup",
}
"""The right that each command needs; the services ask for it again."""
