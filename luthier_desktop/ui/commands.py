"""The command table: menus, tool bar, keys, tool tips and the key sheet all come from it.

Scopes: "window" keys work anywhere in the window; every other scope is the objectName of the
widget (with its children) that must have the focus. Bare letters never have the scope "window":
they would fire inside lists, combos and check boxes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

WINDOW = "window"
TABLE = "runLogTable"
RUN_LOG = "runLog"
CANVAS = "designCanvas"
EDITOR = "designEditor"
RING_TABLE = "ringTable"
MENUS = ("&File", "&Edit", "&Design", "&View", "&Run log", "&Help")


class Command(NamedTuple):
    """One command: *id* is its QAction's objectName; *keys* come first, *twins* stand in.

    A twin is the key for hands or alphabets that lack the first one. *icon* names a file in
    ``resources/icons``; a command with one stands in the tool bar, by its
    *short* text if it has one. *group* separates menus.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    twins: tuple[str, ...]
    scope: str
    menu: str
    tip: str
    icon: str = ""
    group: int = 0
    short: str = ""

    @property
    def sequences(self) -> tuple[str, ...]:
        """Return every key of the command, as written in this table."""
        return self.keys + self.twins


_FILE, _EDIT, _DESIGN, _VIEW, _LOG, _HELP = MENUS
COMMANDS: tuple[Command, ...] = (
    Command("new_design", "&New design…", ("Ctrl+N",), (), WINDOW, _FILE,
            "Begin with an instrument: its usual sizes, or a starter design that fits it.",
            "new"),
    Command("open_design", "&Open design…", ("Ctrl+O",), (), WINDOW, _FILE,
            "Open a design from a JSON file.", "open"),
    Command("save_snapshot", "&Save snapshot…", ("Ctrl+S",), (), WINDOW, _FILE,
            "Keep this design under a name; it is checked and recorded with it.", "save"),
    Command("export_log", "E&xport runs with proof…", ("Ctrl+Shift+E",), (), WINDOW, _FILE,
            "Write the runs that fit the filter, or the whole log, into a folder that anybody can "
            "check without this program."),
    Command("close_design", "&Close design", ("Ctrl+W",), ("Ctrl+F4",), WINDOW, _FILE,
            "Close the design that is shown; unsaved changes are asked about.", group=1),
    Command("reopen_design", "Reopen closed desi&gn", ("Ctrl+Shift+T",), (), WINDOW, _FILE,
            "Open the design again that was closed last, with its history.", group=1),
    Command("recover_designs", "&Restore unsaved designs…", (), (), WINDOW, _FILE,
            "Look for designs that were open and not saved when the program ended.", group=1),
    Command("quit", "&Quit", ("Ctrl+Q",), (), WINDOW, _FILE,
            "Close the program. Everything that was recorded is safe already.", group=2),
    Command("undo", "&Undo", ("Ctrl+Z",), (), WINDOW, _EDIT,
            "Take back the last edit.", "undo"),
    Command("redo", "&Redo", ("Ctrl+Y",), ("Ctrl+Shift+Z",), WINDOW, _EDIT,
            "Do again what was taken back.", "redo"),
    Command("show_history", "&History…", ("Ctrl+Shift+H",), (), WINDOW, _EDIT,
            "List every step with its picture and verdict, look through them and go to one."),
    Command("branch_design", "&Branch from here", ("Ctrl+B",), (), WINDOW, _EDIT,
            "Open the design as it is at this step beside the present one, as one of its own."),
    Command("insert_ring", "&Insert ring", ("Ins",), ("Ctrl+I",), EDITOR, _EDIT,
            "Insert a ring outside the selected one.", group=1),
    Command("remove_ring", "&Remove ring", ("Del",), (), EDITOR, _EDIT,
            "Take the selected ring out of the stack; Undo brings it back.", group=1),
    Command("duplicate_ring", "&Duplicate ring", ("Ctrl+D",), (), EDITOR, _EDIT,
            "Put a copy of the selected ring outside it.", group=1),
    Command("move_ring_in", "Move ring in&ward", ("Ctrl+Up",), (), EDITOR, _EDIT,
            "Swap the selected ring with its inner neighbour.", group=1),
    Command("move_ring_out", "Move ring &outward", ("Ctrl+Down",), (), EDITOR, _EDIT,
            "Swap the selected ring with its outer neighbour.", group=1),
    Command("move_ring_innermost", "Move ring i&nnermost", ("Ctrl+Home",), (), EDITOR, _EDIT,
            "Move the selected rings to the soundhole's side of the stack.", group=1),
    Command("move_ring_outermost", "Move ring outer&most", ("Ctrl+End",), (), EDITOR, _EDIT,
            "Move the selected rings to the outer edge of the stack.", group=1),
    Command("cut_rings", "Cu&t rings", ("Ctrl+X",), ("Shift+Del",), EDITOR, _EDIT,
            "Copy the selected rings and take them out of the stack.", group=2),
    Command("copy_rings", "&Copy rings", ("Ctrl+C",), ("Ctrl+Ins",), EDITOR, _EDIT,
            "Copy the selected rings, for this design or another.", group=2),
    Command("paste_rings", "&Paste rings", ("Ctrl+V",), ("Shift+Ins",), EDITOR, _EDIT,
            "Put copied rings outside the selected one; those of a copied design too.", group=2),
    Command("check_design", "&Check and record", ("F5",), (), WINDOW, _DESIGN,
            "Judge the design and record the answer as a run.", "check"),
    Command("accept_check", "&Accept or override…", ("Ctrl+Shift+A",), (), WINDOW, _DESIGN,
            "Decide on the chosen yellow or red check, or on the one that decides the verdict."),
    Command("sweep_field", "&What if…", ("Ctrl+Shift+W",), (), WINDOW, _DESIGN,
            "Try other values of one field or two and see the verdict of each."),
    Command("paint_tile", "Paint the &tile…", ("Ctrl+G",), (), WINDOW, _DESIGN,
            "Paint the tile of the selected mosaic, see it on the ring, read how it is made."),
    Command("zoom_fit", "&Fit rosette to view", ("F",), ("0", "Ctrl+9"), CANVAS, _DESIGN,
            "Show the whole rosette.", "fit", group=1, short="Fit"),
    Command("zoom_selection", "Fit &selected ring to view", ("Shift+F",), ("Ctrl+8",), CANVAS,
            _DESIGN, "Show the selected ring large.", group=1),
    Command("zoom_in", "Zoom &in", ("+",), ("=", "Ctrl++"), CANVAS, _DESIGN,
            "Show the middle of the drawing larger.", group=1),
    Command("zoom_out", "Zoom ou&t", ("-",), ("Ctrl+-",), CANVAS, _DESIGN,
            "Show more of the drawing.", group=1),
    Command("show_dimensions", "Show or hide di&mensions", ("D",), ("Ctrl+7",), CANVAS, _DESIGN,
            "Write diameters, widths and the hidden arc into the drawing, or no longer.",
            group=1),
    Command("add_photo", "&Photo under the drawing…", ("Ctrl+Shift+U",), (), WINDOW, _DESIGN,
            "Lay a photo of a rosette under the drawing, to trace it true to scale.", group=1),
    Command("remove_photo", "Remo&ve the photo", (), (), WINDOW, _DESIGN,
            "Take the photo away from under the drawing; its file stays as it is.", group=1),
    Command("split_ring", "Sp&lit ring in two", ("Ctrl+T",), (), EDITOR, _DESIGN,
            "Make two rings of the selected one, at a line or a row of cells where it has them.",
            group=2),
    Command("merge_rings", "&Merge rings", ("Ctrl+J",), (), EDITOR, _DESIGN,
            "Make one ring of the selected ones, or of one and its outer neighbour: lines are "
            "joined, other patterns go on with the inner one's.", group=2),
    Command("mirror_stack", "M&irror the stack", ("Ctrl+M",), (), EDITOR, _DESIGN,
            "Make the rings outside the selected one the mirror image of those inside it.",
            group=2),
    Command("reverse_stack", "&Reverse the order", ("Ctrl+R",), (), EDITOR, _DESIGN,
            "Turn all rings about, or those selected: the innermost becomes the outermost.",
            group=2),
    Command("lock_width", "Loc&k or unlock width", ("Ctrl+L",), (), EDITOR, _DESIGN,
            "Let nothing change the width of the selected rings, or let it change again.",
            group=3),
    Command("fill_ring", "Fill the res&t", ("Ctrl+Shift+F",), (), EDITOR, _DESIGN,
            "Let the selected rings take up what is missing to the sum, or too much.", group=3),
    Command("fill_all", "S&hare the rest", ("Ctrl+Shift+G",), (), EDITOR, _DESIGN,
            "Let all rings that are neither locked nor measured close the sum in proportion.",
            group=3),
    Command("fit_outer", "Fit the &outer diameter", ("Ctrl+Shift+O",), (), EDITOR, _DESIGN,
            "Make the outer diameter what the rings add up to.", group=3),
    Command("measure_ring", "Enter measured wi&dth", ("Ctrl+Shift+R",), (), EDITOR, _DESIGN,
            "Type how wide the selected ring's real part is; it counts before the nominal width.",
            group=3),
    Command("use_measured", "Measured as nomi&nal width", ("Ctrl+Shift+N",), (), EDITOR, _DESIGN,
            "Make what was measured the nominal width of the selected rings.", group=3),
    Command("widen_ring", "&Widen ring", ("Alt+Up",), (), RING_TABLE, _DESIGN,
            "Make the selected ring wider by 0.1 mm or 1/64 inch.", group=4),
    Command("narrow_ring", "Narrow ring", ("Alt+Down",), (), RING_TABLE, _DESIGN,
            "Make the selected ring narrower by 0.1 mm or 1/64 inch.", group=4),
    Command("widen_finely", "Widen ring finely", ("Alt+Right",), (), RING_TABLE, _DESIGN,
            "Make the selected ring wider by 0.01 mm or 0.001 inch.", group=4),
    Command("narrow_finely", "Narrow ring finely", ("Alt+Left",), (), RING_TABLE, _DESIGN,
            "Make the selected ring narrower by 0.01 mm or 0.001 inch.", group=4),
    Command("inner_edge_out", "Move inner edge outward", ("Alt+Shift+Right",), (), RING_TABLE,
            _DESIGN, "Move the edge between the selected ring and the one inside it outward.",
            group=4),
    Command("inner_edge_in", "Move inner edge inward", ("Alt+Shift+Left",), (), RING_TABLE,
            _DESIGN, "Move the edge between the selected ring and the one inside it inward.",
            group=4),
    Command("focus_editor", "&Editor", ("Ctrl+1",), (), WINDOW, _VIEW,
            "Go to the design editor."),
    Command("focus_feasibility", "&Feasibility", ("Ctrl+2",), (), WINDOW, _VIEW,
            "Go to the verdict and its reasons."),
    Command("focus_run_log", "&Run log", ("Ctrl+3",), (), WINDOW, _VIEW,
            "Go to the log of recorded runs."),
    Command("focus_snapshots", "&Snapshots in the log", ("Ctrl+4",), (), WINDOW, _VIEW,
            "List the saved snapshots: the run log, filtered."),
    Command("next_pane", "&Next pane", ("F6",), (), WINDOW, _VIEW,
            "Move the focus to the next pane.", group=1),
    Command("previous_pane", "&Previous pane", ("Shift+F6",), (), WINDOW, _VIEW,
            "Move the focus to the previous pane.", group=1),
    Command("next_design", "Next &design", ("Ctrl+Tab",), ("Ctrl+PgDown",), WINDOW, _VIEW,
            "Show the next open design.", group=1),
    Command("previous_design", "Previous d&esign", ("Ctrl+Shift+Tab",), ("Ctrl+PgUp",), WINDOW,
            _VIEW, "Show the open design before.", group=1),
    Command("switch_theme", "Light or &dark", ("Ctrl+Shift+L",), (), WINDOW, _VIEW,
            "Switch between the light and the dark look.", "theme", group=2),
    Command("switch_unit", "Millimetres or &inches", ("Ctrl+Shift+M",), (), WINDOW, _VIEW,
            "Show and type lengths in millimetres or in inches; nothing that is stored changes.",
            "unit", group=2),
    Command("switch_finish", "Woods ra&w or finished", ("Ctrl+Shift+B",), (), WINDOW, _VIEW,
            "Show the woods raw, as they are cut and glued, or as they look after finish.",
            group=2),
    Command("reset_layout", "Reset &layout", ("Ctrl+0",), (), WINDOW, _VIEW,
            "Put every pane back where it was at first.", group=2),
    Command("next_run", "&Next run", ("J",), ("Down",), TABLE, _LOG,
            "Go one run down, to an older one."),
    Command("previous_run", "&Previous run", ("K",), ("Up",), TABLE, _LOG,
            "Go one run up, to a newer one."),
    Command("first_run", "&First run", ("G, G",), ("Home",), TABLE, _LOG,
            "Go to the newest run."),
    Command("last_run", "&Last run", ("Shift+G",), ("End",), TABLE, _LOG,
            "Go to the oldest run."),
    Command("half_page_down", "Half a page &down", ("Ctrl+D",), (), TABLE, _LOG,
            "Go half a page down."),
    Command("half_page_up", "Half a page &up", ("Ctrl+U",), (), TABLE, _LOG,
            "Go half a page up."),
    Command("step_next_run", "Step to next run", ("F8",), (), WINDOW, _LOG,
            "Go one run down from any pane."),
    Command("step_previous_run", "Step to previous run", ("F7",), (), WINDOW, _LOG,
            "Go one run up from any pane."),
    Command("next_problem", "Next red or &yellow run", ("]",), ("F4",), TABLE, _LOG,
            "Go to the next run that is red or yellow.", group=1),
    Command("previous_problem", "Previous red or yellow run", ("[",), ("Shift+F4",), TABLE, _LOG,
            "Go to the previous run that is red or yellow.", group=1),
    Command("filter_runs", "F&ilter the log", ("/",), ("Ctrl+F",), TABLE, _LOG,
            "Type words to filter the run log by.", group=1),
    Command("next_hit", "Next &hit", ("N",), ("F3",), TABLE, _LOG,
            "Go to the next run that has the words of the filter.", group=1),
    Command("previous_hit", "Previous hit", ("Shift+N",), ("Shift+F3",), TABLE, _LOG,
            "Go to the previous run that has the words of the filter.", group=1),
    Command("mark_run", "&Mark run", ("Space",), (), TABLE, _LOG,
            "Set or take away the mark of the current run.", group=2),
    Command("next_mark", "Next mar&ked run", ("'",), ("Shift+Space",), TABLE, _LOG,
            "Go to the next marked run.", group=2),
    Command("show_details", "Show &details", ("O",), ("Return", "Enter"), TABLE, _LOG,
            "Show what the current run decided and why.", group=3),
    Command("copy_run_id", "&Copy run id", ("C",), ("Ctrl+C",), TABLE, _LOG,
            "Copy the current run's id to the clipboard.", group=3),
    Command("open_run_design", "&Open this run's design", ("Ctrl+Return",), (), RUN_LOG, _LOG,
            "Open the design of the current run, beside those that are open.", group=3),
    Command("export_run", "Expor&t this run with proof…", ("E",), ("F9",), TABLE, _LOG,
            "Write the current run into a folder that anybody can check without this program.",
            group=3),
    Command("hide_run", "Hide this r&un…", ("H",), ("Ctrl+Del",), TABLE, _LOG,
            "Leave the current run out of the list, with a reason; it can be shown again.",
            group=3),
    Command("show_run_again", "Sho&w this run again", ("Shift+H",), ("Ctrl+Shift+Del",), TABLE,
            _LOG, "List the current hidden run again.", group=3),
    Command("show_hidden", "Show hidden run&s", ("Ctrl+H",), (), WINDOW, _LOG,
            "List the hidden and purged runs in place of the others, or the others again.",
            group=3),
    Command("purge_run", "Pur&ge this run…", (), (), WINDOW, _LOG,
            "Remove the record of the current run for good; only a lead may.", group=3),
    Command("close_innermost", "Close the innermost", ("Esc",), (), RUN_LOG, _LOG,
            "Leave the filter, close the details, clear the filter: one a press.", group=3),
    Command("verify_log", "&Verify the log", ("Ctrl+Shift+V",), (), WINDOW, _LOG,
            "Read every recorded byte again and compare it with the ledger.", "verify", group=4),
    Command("verify_quick", "Verify &quickly", (), (), WINDOW, _LOG,
            "Look at order, chain, signatures and sizes, without reading the files.", group=4),
    Command("verify_deep", "Verify in &depth", (), (), WINDOW, _LOG,
            "Also compare the form of every record, and the list row by row.", group=4),
    Command("show_findings", "Show what verify f&ound", (), (), WINDOW, _LOG,
            "List the findings of the last verification.", group=4),
    Command("restore_files", "R&estore files from a copy…", (), (), WINDOW, _LOG,
            "Bring damaged and missing files back from a backup that still has their bytes.",
            group=4),
    Command("rebuild_index", "Make the &list anew", (), (), WINDOW, _LOG,
            "Build the index again from the ledger; no record is touched.", group=4),
    Command("key_sheet", "&Keys and commands", ("F1",), ("?",), WINDOW, _HELP,
            "Find any command by a word, see its keys, and run it.", "keys", short="Keys"),
    Command("copy_diagnostics", "Copy &diagnostics", ("Ctrl+Shift+D",), (), WINDOW, _HELP,
            "Copy the version, the folders and the state of the store.", group=1),
)

BY_ID = {command.id: command for command in COMMANDS}


class Actions(QObject):
    """The QActions of the table: one a command, disabled until something does it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = {command.id: _action(command, parent) for command in COMMANDS}
        for command in COMMANDS:
            if command.scope == WINDOW:
                parent.addAction(self._actions[command.id])

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def bind(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Let each command id of *slots* call its slot, and enable it."""
        for command_id, slot in slots.items():
            action = self._actions[command_id]
            action.triggered.connect(slot)
            action.setEnabled(True)

    def attach(self, widget: QWidget) -> None:
        """Let the commands whose scope is *widget*'s objectName work while it has the focus."""
        for command in COMMANDS:
            if command.scope == widget.objectName():
                widget.addAction(self._actions[command.id])


def shown_keys(command: Command) -> str:
    """Write the keys of *command* as they are printed on this machine's keyboard."""
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(QKeySequence(keys).toString(native) for keys in command.sequences)


def plain_text(command: Command) -> str:
    """Return the command's text without the mark of its mnemonic and the ellipsis."""
    return command.text.replace("&", "").rstrip("…")


def _action(command: Command, parent: QWidget) -> QAction:
    action = QAction(command.text, parent)
    action.setObjectName(command.id)
    action.setShortcuts([QKeySequence(keys) for keys in command.sequences])
    inside = command.scope != WINDOW
    action.setShortcutContext(
        Qt.ShortcutContext.WidgetWithChildrenShortcut
        if inside
        else Qt.ShortcutContext.WindowShortcut
    )
    action.setToolTip(f"{command.tip}\n{shown_keys(command)}")
    action.setStatusTip(command.tip)
    action.setEnabled(False)
    return action
