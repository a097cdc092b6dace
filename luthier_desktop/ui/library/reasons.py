"""Why something cannot be done with the chosen entry, in a sentence for each command."""

from __future__ import annotations

from collections.abc import Mapping

from luthier_desktop.ui.library.entry import Entry
from luthier_desktop.ui.library.pages import Page

_NOTHING = "Nothing is chosen."


def reasons(
    page: Page, entry: Entry | None, refused: str, refusals: Mapping[str, str]
) -> dict[str, str]:
    """Return a reason for each command, "" where it can be done.

    *refused* says why whoever works may not change entries of this kind.
    """
    return {
        "new_entry": refused,
        "duplicate_entry": refused or ("" if entry else _NOTHING),
        "lock_entry": refused or _shipped(entry),
        "remove_entry": refused or _not_removable(entry),
        "use_entry": _not_usable(page, entry, refusals),
        "import_entry": refused,
        "export_entry": refusals.get("export", ""),
    }


def _not_removable(entry: Entry | None) -> str:
    if entry is not None and entry.in_use:
        return "This setup is in use; use another one first."
    return _shipped(entry) or ("Locked: unlock it first." if entry and entry.locked else "")


def _not_usable(page: Page, entry: Entry | None, refusals: Mapping[str, str]) -> str:
    if page.shelf != "setups" or entry is None:
        return "Only a setup can be put in use."
    if entry.in_use:
        return "This setup is in use."
    return refusals.get("use_setup", "") or entry.damage


def _shipped(entry: Entry | None) -> str:
    if entry is None:
        return _NOTHING
    return "What ships stays as it is; duplicate it." if entry.origin == "shipped" else ""
