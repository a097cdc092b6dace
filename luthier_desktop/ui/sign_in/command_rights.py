"""Which right each command needs; the services ask again, whatever this table says."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from luthier_desktop.domain.operators import Operator
from luthier_desktop.domain.permissions import Right, refusal

COMMAND_RIGHTS: Mapping[str, Right] = MappingProxyType(
    {
        "accept_check": "accept",
        "back_up_settings": "settings_backup",
        "check_design": "check",
        "delete_snapshot": "delete_snapshot",
        "export_design": "export",
        "export_list": "export",
        "export_log": "share",
        "export_picture": "export",
        "export_run": "share",
        "export_run_design": "export",
        "export_share_file": "share",
        "full_backup": "full_backup",
        "hide_run": "hide",
        "import_legacy": "import_legacy",
        "picture_of_snapshot": "export",
        "print_sheet": "export",
        "purge_run": "purge",
        "rebuild_index": "rebuild",
        "rename_snapshot": "save",
        "restore_files": "repair",
        "restore_snapshot": "delete_snapshot",
        "save_snapshot": "save",
        "save_snapshot_as": "save",
        "set_baseline": "baseline",
        "share_snapshot": "share",
        "show_run_again": "hide",
        "tag_snapshot": "tag",
        "undo_delete_snapshot": "delete_snapshot",
    }
)
"""The commands that are not for all, each with the right that its service asks for."""

_EDITING = (
    "new_design open_design open_recent open_pasted close_design reopen_design recover_designs "
    "quit undo redo "
    "show_history branch_design insert_ring remove_ring duplicate_ring move_ring_in move_ring_out "
    "move_ring_innermost move_ring_outermost cut_rings copy_rings paste_rings sweep_field "
    "paint_tile add_photo remove_photo split_ring merge_rings mirror_stack reverse_stack "
    "lock_width fill_ring fill_all fit_outer measure_ring use_measured widen_ring narrow_ring "
    "widen_finely narrow_finely inner_edge_out inner_edge_in"
)
_LOOKING = (
    "zoom_fit zoom_selection zoom_in zoom_out show_dimensions show_cutting_path focus_editor "
    "focus_feasibility focus_run_log focus_snapshots next_pane previous_pane next_design "
    "previous_design switch_theme switch_unit switch_finish reset_layout key_sheet "
    "command_palette copy_diagnostics handbook first_steps log_promises moving_pc "
    "open_data_folder about"
)
_READING = (
    "next_run previous_run first_run last_run half_page_down half_page_up step_next_run "
    "step_previous_run next_problem previous_problem filter_runs next_hit previous_hit mark_run "
    "next_mark mark_all clear_marks sort_runs choose_columns compare_runs compare_marked "
    "show_details copy_run_id open_run_design show_hidden verify_run reproduce_run "
    "next_details_page previous_details_page close_innermost verify_log verify_quick verify_deep "
    "show_findings add_filter edit_filter_text saved_filters save_filter rename_filter "
    "delete_filter restore_filter copy_as copy_ids copy_sha256 copy_path copy_json copy_csv "
    "copy_markdown copy_show_command copy_reproduce_command copy_view_command open_snapshot "
    "find_snapshots switch_snapshot_size compare_baseline compare_snapshots show_snapshot_run "
    "copy_snapshot_id show_deleted_snapshots clear_snapshot_search"
)
_WORKSHOP = (
    "sign_in sign_out change_pin manage_operators workshop_library switch_setup show_backups"
)
FOR_ALL = frozenset(" ".join((_EDITING, _LOOKING, _READING, _WORKSHOP)).split())
"""The commands that record nothing, and those by which one comes to be allowed more."""


def refusals(operator: Operator) -> dict[str, str]:
    """Return why *operator* may not run each of the commands that they may not."""
    told = {id_: refusal(operator, right) for id_, right in COMMAND_RIGHTS.items()}
    return {id_: sentence for id_, sentence in told.items() if sentence}
