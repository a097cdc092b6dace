"""The fields of the design as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from luthier_desktop.domain.feasibility.findings import Assumed
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor import design_edits
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.edits import Edit
from luthier_desktop.ui.design_editor.field_page import FieldPage, length_fields, settle
from luthier_desktop.ui.design_editor.field_table import OF_DESIGN, FieldSpec
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.materials_field import MaterialChoice
from luthier_desktop.ui.design_editor.swatches import Swatches
from luthier_desktop.ui.design_editor.table_fields import Read, TableFields, assumed_text
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.widgets.fields import TextField

LENGTHS = {
    "outer_diameter_mm": "Diameter of the rosette's outer edge.",
    "inner_diameter_mm": "Diameter of the rosette's inner edge.",
    "soundhole_diameter_mm": "Diameter of the round soundhole; it is cut last.",
    "channel.depth_mm": "Depth of the channel below the top's face.",
    "top.thickness_mm": "Thickness of the top when the channel is routed.",
    "fingerboard.width_mm": "Width of the fingerboard's end over the rosette.",
    "fingerboard.end_distance_mm": "From the fingerboard's end to the soundhole's centre.",
}
TOP_WOOD = "top.material_id"
ORDER = (
    "outer_diameter_mm",
    "inner_diameter_mm",
    "soundhole_diameter_mm",
    "soundhole_edge",
    TOP_WOOD,
    "top.thickness_mm",
    "channel.depth_mm",
    "channel.layout",
    "channel.clearance_mm",
    "channel.glue",
    "top.face_removal_mm",
    "top.back_removal_mm",
    "top.backed",
    "top.rosette_limit_diameter_mm",
    "fingerboard.width_mm",
    "fingerboard.end_distance_mm",
)


class DesignPage(FieldPage):
    """Shows diameters, soundhole, top, channel and fingerboard.

    *later*: its fields are made by ``fill``, or as soon as somebody asks for one.
    """

    def __init__(
        self,
        document: DesignDocument,
        names: MaterialNames,
        swatches: Swatches,
        parent: QWidget | None = None,
        *,
        later: bool = False,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._names = names
        self._swatches = swatches
        self._is_filled = False
        self._assumed: Mapping[str, Assumed] = {}
        if not later:
            self.fill()

    def fill(self) -> None:
        """Make the fields, unless they are there already."""
        if self._is_filled:
            return
        self._is_filled = True
        self.fields = length_fields(LENGTHS, design_edits.LENGTHS, self._enter)
        self._name = TextField("name", "Name", "The design's title.")
        self._name.entered.connect(self._enter_name)
        self._top = MaterialChoice("Wood of the top", self._names, self._swatches)
        self._top.activated.connect(self._enter_top)
        self._others = TableFields(OF_DESIGN, self._enter_other)
        self._arrange()
        self._document.changed.connect(self.refresh)
        units.display().changed.connect(self._show_in_unit)
        self.refresh()
        self.show_assumed(self._assumed)

    def has_field(self, path: str) -> bool:
        """Return whether the page holds the field of this path, open for input."""
        self.fill()
        return super().has_field(path)

    def show_assumed(self, assumed: Mapping[str, Assumed]) -> None:
        """Show in grey what is taken where the design has nothing, and where it is from."""
        self._assumed = assumed
        if not self._is_filled:
            return
        for path, field in self.fields.items():
            field.setPlaceholderText(tr(assumed_text(assumed.get(path), units.brief)))
        self._others.show_assumed(assumed)
        wood = assumed.get(TOP_WOOD)
        self._top.setPlaceholderText(tr(assumed_text(wood, self._names.name)))

    def _show_in_unit(self) -> None:
        self.show_assumed(self._assumed)

    def refresh(self) -> None:
        """Show the design as it is now."""
        design: RosetteParamSpec = self._document.design
        for path, field in self.fields.items():
            field.show_length(design_edits.value_at(design, path))
        self._others.show(partial(design_edits.value_at, design))
        self._name.show_value(design.name or "")
        top = design_edits.value_at(design, TOP_WOOD)
        if top is None:
            self._top.setCurrentIndex(-1)
        else:
            self._top.show_material(top)

    def _enter(self, path: str, text: str) -> None:
        def build(design: RosetteParamSpec) -> Edit | None:
            optional = path not in design_edits.REQUIRED and not text.strip()
            value_mm = None if optional else units.read(text, design_edits.LENGTHS[path])
            return design_edits.set_length(design, path, value_mm)

        settle(self.fields[path], self._document.attempt(build))
        self.refresh()

    def _enter_other(self, spec: FieldSpec, read: Read) -> str:
        return self._document.attempt(
            lambda design: design_edits.set_field(design, spec, read(spec.name))
        )

    def _enter_name(self, _: str, text: str) -> None:
        name = text.strip() or None
        refusal = self._document.attempt(
            lambda design: design_edits.set_choice(design, "name", name, "Name")
        )
        settle(self._name, refusal)

    def _enter_top(self) -> None:
        wood = str(self._top.currentData())
        self._document.attempt(
            lambda design: design_edits.set_choice(design, TOP_WOOD, wood, "Wood of the top")
        )

    def _arrange(self) -> None:
        self.add("name", "Name", self._name, wide=True)
        names = {path: name.removesuffix(" when routed") for path, name in
                 design_edits.LENGTHS.items()} | {spec.path: spec.name for spec in OF_DESIGN}
        fields: dict[str, QWidget] = {**self.fields, **self._others.widgets, TOP_WOOD: self._top}
        names[TOP_WOOD] = "Wood of the top"
        for path in ORDER:
            self.add(path, names[path], fields[path])
        self.end()

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        self.fill()
        super().showEvent(event)
