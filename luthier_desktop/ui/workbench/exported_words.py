"""The files that were made of a snapshot, each in a line."""

from __future__ import annotations

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.services.export_log import Exported
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.messages import shown

MOST_LINES = 5


def exported_of(studio: Studio, snapshot_id: str) -> tuple[str, ...]:
    """Tell the files that were made of a snapshot, newest first; on the worker."""
    try:
        made = studio.exporting.of_snapshot(snapshot_id)
    except LuthierError:
        return ()  # that the log cannot be read is told where it is shown
    more = len(made) - MOST_LINES
    rest = (f"… and {more} more; search the run log for {snapshot_id}.",) if more > 0 else ()
    return (*map(_told, made[:MOST_LINES]), *rest)


def _told(one: Exported) -> str:
    damaged = "; the record of that is damaged" if one.damaged else ""
    return (
        f"Exported {one.created_at_utc[:10]}: {shown(one.name)}, {one.size_bytes:,} bytes, "
        f"recorded as {one.run_id}{damaged}"
    )
