"""Who may do what: each right with the least role that has it.

Whatever is not named here, a viewer may: find, show, compare, verify, reproduce and copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from luthier_desktop.domain.operators import ROLES, SIGNED_OUT, Operator, Role

Right = Literal[
    "check",
    "save",
    "delete_snapshot",
    "tag",
    "baseline",
    "hide",
    "share",
    "import",
    "export",
    "cut",
    "accept",
    "use_setup",
    "settings_backup",
    "rebuild",
    "override",
    "edit_setups",
    "edit_catalogue",
    "restore_backup",
    "delete_backup",
    "full_backup",
    "purge",
    "import_legacy",
    "operators",
    "acknowledge_rollback",
    "repair",
    "rotate_key",
    "keep_witness",
]

_WORDS: Mapping[Right, tuple[Role, str]] = {
    "check": ("operator", "record checks"),
    "save": ("operator", "save snapshots"),
    "delete_snapshot": ("operator", "delete snapshots and bring them back"),
    "tag": ("operator", "tag snapshots"),
    "baseline": ("operator", "set the baseline"),
    "hide": ("operator", "hide runs"),
    "share": ("operator", "export share files and runs"),
    "import": ("operator", "import snapshots"),
    "export": ("operator", "export drawings and lists"),
    "cut": ("operator", "write G-code"),
    "accept": ("operator", "accept a yellow check"),
    "use_setup": ("operator", "put a setup in use"),
    "settings_backup": ("operator", "back up the settings"),
    "rebuild": ("operator", "make the list anew"),
    "keep_witness": ("operator", "keep witnesses"),
    "override": ("lead", "override a red check"),
    "edit_setups": ("lead", "change setups"),
    "edit_catalogue": ("lead", "change the catalogue"),
    "restore_backup": ("lead", "restore a backup"),
    "delete_backup": ("lead", "delete a backup"),
    "full_backup": ("lead", "make a full backup or restore one"),
    "purge": ("lead", "purge runs"),
    "import_legacy": ("lead", "import from the web ToolBox"),
    "operators": ("lead", "manage operators"),
    "acknowledge_rollback": ("lead", "take an older log for the right one"),
    "repair": ("lead", "restore files of the log"),
    "rotate_key": ("lead", "change the signing key"),
}

RIGHTS: Mapping[Right, Role] = MappingProxyType(
    {right: least for right, (least, _) in _WORDS.items()}
)
"""The least role for each right."""


def may(operator: Operator, right: Right) -> bool:
    """Tell whether *operator* has the right."""
    return ROLES.index(operator.role) >= ROLES.index(RIGHTS[right])


def refusal(operator: Operator, right: Right) -> str:
    """Say in one sentence why *operator* may not, and what to do; empty when they may."""
    if may(operator, right):
        return ""
    least, deed = _WORDS[right]
    who = "a lead" if least == "lead" else "an operator or a lead"
    if operator.operator_id == SIGNED_OUT.operator_id:
        return f"Only {who} may {deed}, and nobody is signed in; sign in first."
    return f"Only {who} may {deed}; {operator.name} is signed in as {operator.role}."
