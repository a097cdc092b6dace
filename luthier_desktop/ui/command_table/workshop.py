"""Who works, with which setup, and what is backed up."""

from __future__ import annotations

from luthier_desktop.ui.command_table.command import WINDOW, WORKSHOP, Command

WORKSHOP_COMMANDS: tuple[Command, ...] = (
    Command("workshop_library", "Workshop &library…", ("Ctrl+5",), (), WINDOW, WORKSHOP,
            "See and change setups, materials, tools, machines, cuts and tops."),
    Command("switch_setup", "Switch set&up…", ("Ctrl+6",), (), WINDOW, WORKSHOP,
            "Choose the setup that designs are judged with."),
    Command("show_backups", "&Backups…", ("F11",), (), WINDOW, WORKSHOP,
            "See, verify and restore the backups of the settings and of everything.", group=1),
    Command("back_up_settings", "Back up the settings &now", (), (), WINDOW, WORKSHOP,
            "Keep setups and own tools, machines and materials as they are now.", group=1),
    Command("full_backup", "&Full backup…", (), (), WINDOW, WORKSHOP,
            "Copy everything to a folder or a stick, and verify the copy.", group=1),
    Command("sign_in", "&Sign in…", ("Ctrl+Shift+I",), (), WINDOW, WORKSHOP,
            "Say who works from now on; what is recorded carries that name.", group=2),
    Command("sign_out", "Sign &out", (), (), WINDOW, WORKSHOP,
            "Let nobody be signed in; open designs stay as they are.", group=2),
    Command("change_pin", "Change my &PIN…", (), (), WINDOW, WORKSHOP,
            "Choose a new PIN for yourself; the old one is asked for.", group=2),
    Command("manage_operators", "O&perators…", (), (), WINDOW, WORKSHOP,
            "See who may sign in and who may do what; a lead changes it.", group=2),
)
