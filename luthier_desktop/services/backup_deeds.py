"""The run of something that was done with backups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luthier_desktop.domain.run import EventType
from luthier_desktop.services.recording import Deed, without_report
from luthier_desktop.services.requests import reduced_sha256, versions
from luthier_desktop.storage.backup_rows import BackupRow


def backup_deed(
    event_type: EventType,
    row: BackupRow,
    request: Mapping[str, Any],
    outputs: Mapping[str, Any] | None = None,
) -> Deed:
    """Return the run; its row is taken out of its summary."""
    asked = {**request, "kind": row.kind, "name": row.name, "versions": versions()}
    return Deed(
        event_type=event_type,
        status="OK",
        decision=without_report({"kind": row.kind, "name": row.name}),
        request=asked,
        request_sha256=reduced_sha256(asked),
        summary=row.plain(),
        outputs=outputs or {},
    )
