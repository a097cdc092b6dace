"""The codes of a verification, each with its severity and its advice."""

from __future__ import annotations

from luthier_desktop.domain.verification import LogFinding, Severity

_RESTORE = "Restore this file from a backup; do not delete or edit anything by hand."
_ROLLED_BACK = (
    "Put the newer log back from a backup, or say why this one is right with "
    "`luthier logs acknowledge --reason`."
)
_RULES: dict[str, tuple[Severity, str]] = {
    "event_missing": ("damage", _RESTORE),
    "event_damaged": ("damage", _RESTORE),
    "chain_broken": (
        "damage",
        "The event before it, or this one, was changed: compare both with a backup.",
    ),
    "run_missing": ("damage", _RESTORE),
    "run_damaged": ("damage", _RESTORE),
    "run_orphan": (
        "warning",
        "Open the window or run `luthier logs rebuild`: a complete run is taken into the log.",
    ),
    "run_unfinished": ("info", "Nothing to do: a program may be saving it at this moment."),
    "event_double": ("info", "Nothing to do: the run counts once, under its lower number."),
    "event_double_differs": ("damage", "Compare both events with a backup."),
    "snapshot_missing": ("damage", _RESTORE),
    "snapshot_damaged": ("damage", _RESTORE),
    "snapshot_orphan": (
        "warning",
        "Open the window or run `luthier logs rebuild`: it is moved to quarantine/, and told of.",
    ),
    "document_missing": ("damage", _RESTORE),
    "document_damaged": ("damage", _RESTORE),
    "store_damaged": ("damage", _RESTORE),
    "checkpoint_bad": (
        "damage",
        "Keep it as evidence; compare the log with a backup and with checkpoints held elsewhere.",
    ),
    "checkpoint_missing": (
        "warning",
        "Put the checkpoints back from a backup, and compare the log with it (--against).",
    ),
    "checkpoint_none": (
        "info",
        "A program may have ended before it signed; if checkpoints were here, ask who took them.",
    ),
    "key_rotation_bad": (
        "damage",
        "It was not written by this program as it stands: compare the event with a backup.",
    ),
    "witness_contradicts": (
        "damage",
        "The log was written anew or is another copy: compare it with a backup (--against).",
    ),
    "witness_bad": (
        "damage",
        "Keep it as evidence, and get the checkpoint once more from where it came.",
    ),
    "witness_closed": ("info", "Nothing to do: the log says itself why it does not fit."),
    "witness_key_changed": (
        "damage",
        "Ask the sender, by another way than this file, whether the key was changed.",
    ),
    "witness_forked": (
        "damage",
        "Keep both files, and ask the sender for the log's own account of it.",
    ),
    "backup_differs": (
        "damage",
        "Find out which of the two is right before you restore anything: verify the backup too.",
    ),
    "backup_damaged": ("warning", "Make a new backup, and keep this one until it is verified."),
    "mark_damaged": ("warning", "Nothing to do: the next checkpoint makes the mark anew."),
    "rollback": ("damage", _ROLLED_BACK),
    "purged": ("info", "Nothing to do: a lead removed this run and said why."),
    "hidden": ("info", "Nothing to do: `luthier logs recent --hidden` lists what is hidden."),
    "backup_deleted": ("info", "Nothing to do: a lead, or the bound on backups, removed them."),
    "tmp_left": (
        "info",
        "An interrupted save left it. It holds no record and is cleared away in time.",
    ),
    "foreign_file": ("warning", "The program did not write it: move it out of the store."),
    "index_stale": (
        "info",
        "The list follows by itself; `luthier logs rebuild` makes it anew.",
    ),
    "index_damaged": ("warning", "Run `luthier logs rebuild`; the runs themselves are safe."),
    "unreadable": ("damage", "Check the drive and the rights, then verify again."),
}


_PUBLIC = {
    "event_double_differs": "event_double",
    "mark_damaged": "checkpoint_bad",
    "checkpoint_missing": "checkpoint_bad",
    "checkpoint_none": "checkpoint_bad",
}
"""Codes that differ from another in severity and advice alone, under the name they share."""


def finding(
    code: str, message: str, *, path: str | None = None, seq: int | None = None
) -> LogFinding:
    """Build the finding with *code*; its severity and advice follow from the code."""
    severity, advice = _RULES[code]
    public = _PUBLIC.get(code, code)
    return LogFinding(
        code=public, severity=severity, path=path, seq=seq, message=message, advice=advice
    )
