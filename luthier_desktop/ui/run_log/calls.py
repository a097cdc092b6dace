"""What the run log asks of the studio; always called on the worker."""

from __future__ import annotations

from luthier_desktop.ui.run_log.listing import ListCalls
from luthier_desktop.ui.run_log.run_reading import ReadCalls, Reading, Standing, read

RunCalls = ReadCalls


def read_at(
    calls: RunCalls, listed: ListCalls, seq: int, standing: Standing | None = None
) -> Reading | None:
    """Read the run with this number; None when there is no such run any more."""
    found = listed.entries_at([seq])
    return read(calls, found[0].run_id, standing) if found else None
