"""A snapshot as people read it in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from luthier_desktop.cli.session import members
from luthier_desktop.domain.display import shown


def snapshot_lines(document: dict[str, Any], exports: Sequence[dict[str, Any]] = ()) -> list[str]:
    """Tell a snapshot, one member a line, and the files that were made of it."""
    score = document["score"]
    why = f" ({shown(document['reason'], 300)})" if "reason" in document else ""
    told = members(
        {
            "snapshot": document["snapshot_id"],
            "name": shown(document["name"]),
            "description": shown(document["description"], 300),
            "notes": shown(document["notes"], 300),
            "tags": shown(", ".join(document["tags"])),
            "saved": document["created_at_utc"],
            "version": f"{document['version']}{', the baseline' if document['baseline'] else ''}",
            "verdict": document["verdict"] + ("" if score is None else f", {score:.1f}"),
            "state": document["state"] + why,
            "design hash": document["design_sha256"] or "-",
            "run": document["run_id"],
            "parent": document["parent_snapshot_id"] or "-",
        }
    )
    return [*told, *map(_export_line, exports)]


def _export_line(export: dict[str, Any]) -> str:
    damaged = ", its run is damaged" if export["damaged"] else ""
    return (
        f"exported      {export['created_at_utc']}  {shown(export['kind'])}  "
        f"{shown(export['name'])}, {export['bytes']:,} bytes, {export['run_id']}{damaged}"
    )
