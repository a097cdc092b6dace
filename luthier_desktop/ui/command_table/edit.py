"""Undo, and the rings of the stack."""

from __future__ import annotations

from luthier_desktop.ui.command_table.command import EDIT, EDITOR, WINDOW, Command

EDIT_COMMANDS: tuple[Command, ...] = (
    Command("undo", "&Undo", ("Ctrl+Z",), (), WINDOW, EDIT,
            "Take back the last edit.", "undo"),
    Command("redo", "&Redo", ("Ctrl+Y",), ("Ctrl+Shift+Z",), WINDOW, EDIT,
            "Do again what was taken back.", "redo"),
    Command("show_history", "&History…", ("Ctrl+Shift+H",), (), WINDOW, EDIT,
            "List every step with its picture and verdict, look through them and go to one."),
    Command("branch_design", "&Branch from here", ("Ctrl+B",), (), WINDOW, EDIT,
            "Open the design as it is at this step beside the present one, as one of its own."),
    Command("insert_ring", "&Insert ring", ("Ins",), ("Ctrl+I",), EDITOR, EDIT,
            "Insert a ring outside the selected one.", group=1),
    Command("remove_ring", "&Remove ring", ("Del",), (), EDITOR, EDIT,
            "Take the selected ring out of the stack; Undo brings it back.", group=1),
    Command("duplicate_ring", "&Duplicate ring", ("Ctrl+D",), (), EDITOR, EDIT,
            "Put a copy of the selected ring outside it.", group=1),
    Command("move_ring_in", "Move ring in&ward", ("Ctrl+Up",), (), EDITOR, EDIT,
            "Swap the selected ring with its inner neighbour.", group=1),
    Command("move_ring_out", "Move ring &outward", ("Ctrl+Down",), (), EDITOR, EDIT,
            "Swap the selected ring with its outer neighbour.", group=1),
    Command("move_ring_innermost", "Move ring i&nnermost", ("Ctrl+Home",), (), EDITOR, EDIT,
            "Move the selected rings to the soundhole's side of the stack.", group=1),
    Command("move_ring_outermost", "Move ring outer&most", ("Ctrl+End",), (), EDITOR, EDIT,
            "Move the selected rings to the outer edge of the stack.", group=1),
    Command("cut_rings", "Cu&t rings", ("Ctrl+X",), ("Shift+Del",), EDITOR, EDIT,
            "Copy the selected rings and take them out of the stack.", group=2),
    Command("copy_rings", "&Copy rings", ("Ctrl+C",), ("Ctrl+Ins",), EDITOR, EDIT,
            "Copy the selected rings, for this design or another.", group=2),
    Command("paste_rings", "&Paste rings", ("Ctrl+V",), ("Shift+Ins",), EDITOR, EDIT,
            "Put copied rings outside the selected one; those of a copied design too.", group=2),
)
