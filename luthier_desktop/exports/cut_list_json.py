"""A cut list as JSON for programs: every table as a list of objects, lengths in mm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from luthier_desktop.domain.cut_list.model import CutList
from luthier_desktop.domain.cut_list.tables import tables
from luthier_desktop.exports.svg_notes import Notes

SCHEMA = "luthier.cut_list/1"

Encode = Callable[[Any], bytes]
"""Gives the RFC 8785 form."""


def json_bytes(cut: CutList, notes: Notes, encode: Encode) -> bytes:
    """Return the file; a table without rows is an empty list, an absent cell null."""
    about = {
        "name": notes.name,
        "verdict": notes.risk,
        "score": notes.score,
        "design_sha256": notes.design_sha256,
        "record": notes.record,
    }
    return encode(
        {
            "schema": SCHEMA,
            "design": about,
            "guitars": cut.guitars,
            **{table.key: _objects(table.columns, table.rows) for table in tables(cut)},
        }
    )


def _objects(columns: Any, rows: Any) -> list[dict[str, Any]]:
    keys = [column.key for column in columns]
    return [dict(zip(keys, row, strict=True)) for row in rows]
