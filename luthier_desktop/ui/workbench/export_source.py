"""What an export is made of: a design as it stands, or a saved snapshot."""

from __future__ import annotations

from typing import Any, NamedTuple

from luthier_desktop.domain.outgoing_text import suggested_file_name
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.picture_source import Source
from luthier_desktop.ui.design_editor.open_design import UNTITLED, OpenDesign, SavedAs
from luthier_desktop.ui.exporting.export_dialog import Subject
from luthier_desktop.ui.messages import shown

_CARRIES_DESIGN = (
    "The file carries the design as it stands now, without a record: dropped on this window, it "
    "opens again. Kept in a snapshot, it carries that with its record and proof."
)
_CARRIES_SNAPSHOT = (
    "The file carries the snapshot {} with its record and proof: dropped on this window, it "
    "opens like a share file."
)


class ExportSource(NamedTuple):
    """A design, the snapshot that it is exactly, and the open design that it stands on."""

    design: RosetteParamSpec
    snapshot: SavedAs | None = None
    bench: OpenDesign | None = None

    @property
    def source(self) -> Source:
        """What the services are told of it."""
        return self.design if self.snapshot is None else self.snapshot.snapshot_id

    def arguments(self) -> dict[str, Any]:
        """Return what a job is told of it."""
        if self.snapshot is not None:
            return {"snapshot_id": self.snapshot.snapshot_id}
        return {"design": self.design.normalised()}

    def subject(self) -> Subject:
        """Return what the dialog tells of it."""
        name = self.design.name or UNTITLED
        if self.snapshot is None:
            return Subject(name, "", _CARRIES_DESIGN, self.bench is not None)
        saved = f"{self.snapshot.name}, version {self.snapshot.version}"
        carries = _CARRIES_SNAPSHOT.format(shown(saved, 200))
        return Subject(self.snapshot.name, saved, carries, self.bench is not None)

    def file_name(self, suffix: str) -> str:
        """Suggest a name for a file that is made of it."""
        if self.snapshot is not None:
            return suggested_file_name(self.snapshot.name, self.snapshot.snapshot_id, suffix)
        name = self.design.name or "rosette"
        return suggested_file_name(name, self.design.design_id or "design", suffix)


def on_bench(open_design: OpenDesign) -> ExportSource:
    """Return the design that is shown, as the snapshot that it is where it is one."""
    design = open_design.shown
    return ExportSource(design, open_design.unchanged_snapshot(), open_design)
