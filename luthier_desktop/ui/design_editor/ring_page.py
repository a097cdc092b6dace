"""The fields of the selected ring."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from luthier_desktop.domain.patterns.counts import TILED
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor import ring_edits
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.edits import Edit
from luthier_desktop.ui.design_editor.field_page import FieldPage, length_fields, settle
from luthier_desktop.ui.design_editor.field_table import OF_RING, FieldSpec, belongs
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.materials_field import MaterialsField, MaterialSource
from luthier_desktop.ui.design_editor.mosaic.opening import TilePainting
from luthier_desktop.ui.design_editor.pattern_fields import NAMES, PatternFields
from luthier_desktop.ui.design_editor.swatches import Swatches
from luthier_desktop.ui.design_editor.table_fields import Read, TableFields
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.widgets.fields import ChoiceField

LENGTHS = {
    "width_mm": "The ring's radial width.",
    "measured_width_mm": "The width of the real part; it overrides the nominal width everywhere.",
    "gap_before_mm": "Bare wood between this ring and the one inside it.",
    "tile_length_mm": "Length of one tile along the ring, at its mean radius.",
    "inlay_thickness_mm": "Height of the inlay before levelling.",
}
ABSENT = {
    "measured_width_mm": "none",
    "tile_length_mm": "by the pattern",
    "inlay_thickness_mm": "none",
}


class RingPage(FieldPage):
    """Shows the selected ring; without one its fields are empty and closed."""

    def __init__(
        self,
        document: DesignDocument,
        names: MaterialNames,
        swatches: Swatches,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._shown: str | None = None
        self.fields = length_fields(LENGTHS, ring_edits.FIELD_NAMES, self._enter)
        self._family = self._family_choice()
        source = MaterialSource(names, swatches)
        self._others = TableFields(OF_RING, self._enter_other, source)
        self._pattern = PatternFields(document, source, self)
        self.tiles = TilePainting(document, names, swatches, self)
        self._pattern.tile.paintRequested.connect(self.tiles.begin)
        self._materials = MaterialsField(names, swatches)
        self._materials.entered.connect(self._enter_materials)
        self._arrange()
        document.changed.connect(self.refresh)
        document.selectionChanged.connect(self.refresh)
        units.display().changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the selected ring as it is now."""
        design: RosetteParamSpec = self._document.design
        position = self._document.selected_position
        other = self._document.selected_id != self._shown
        self._shown = self._document.selected_id
        self.open_to_input(position is not None)
        ring = None if position is None else design.ring_params[position]
        for name, field in self.fields.items():
            field.show_length(None if ring is None else getattr(ring, name), anew=other)
        self._others.show(
            lambda path: None if ring is None else ring_edits.field_value(ring, path), anew=other
        )
        self._pattern.refresh(ring, anew=other)
        family = None if ring is None else ring.pattern_type
        others = [spec.path for spec in OF_RING if not belongs(spec.path, family)]
        self.leave_out([*others, *self._pattern.left_out(family), *_without_tiles(ring)])
        self._family.show_choice(None if ring is None else ring.pattern_type.value)
        self._materials.show_materials((ring.materials or ()) if ring is not None else ())

    def has_field(self, path: str) -> bool:
        """Return whether the page holds the field of this path, or the list that it is in."""
        return super().has_field(path.partition("[")[0])

    def focus_field(self, path: str) -> None:
        """Bring a field, or the list that it is in, into sight and give it the focus."""
        super().focus_field(path.partition("[")[0])

    def read_tile(self, path: str) -> None:
        """Make a PNG file the tile of the selected ring."""
        self._pattern.read_tile(path)

    def _enter(self, name: str, text: str) -> None:
        position = self._document.selected_position
        if position is None:
            return

        def build(design: RosetteParamSpec) -> Edit | None:
            number = design.ring_params[position].ring_index
            what = f"{ring_edits.FIELD_NAMES[name]} of ring {number}"
            optional = name in ring_edits.OPTIONAL_LENGTHS and not text.strip()
            value_mm = None if optional else units.read(text, what)
            return ring_edits.set_length(design, position, name, value_mm)

        settle(self.fields[name], self._document.attempt(build))
        self.refresh()

    def _enter_other(self, spec: FieldSpec, read: Read) -> str:
        position = self._document.selected_position
        if position is None:
            return ""

        def build(design: RosetteParamSpec) -> Edit | None:
            number = design.ring_params[position].ring_index
            value = read(f"{spec.name} of ring {number}")
            return ring_edits.set_field(design, position, spec, value)

        return self._document.attempt(build)

    def _enter_family(self) -> None:
        position = self._document.selected_position
        if position is not None:
            family = PatternFamily(self._family.currentData())
            self._document.attempt(
                lambda design: ring_edits.set_family(design, position, family)
            )

    def _enter_materials(self, materials: tuple[str, ...]) -> None:
        position = self._document.selected_position
        if position is not None:
            self._document.attempt(
                lambda design: ring_edits.set_materials(design, position, materials)
            )

    def _family_choice(self) -> ChoiceField:
        choice = ChoiceField("Pattern", "The family of the ring's pattern.")
        for family in PARAMETERS:
            choice.addItem(tr(ring_edits.family_text(family)), family.value)
        choice.activated.connect(self._enter_family)
        return choice

    def _arrange(self) -> None:
        self.add("pattern_type", "Pattern", self._family)
        for name, field in self.fields.items():
            field.setPlaceholderText(tr(ABSENT.get(name, "")))
            self.add(name, ring_edits.FIELD_NAMES[name], field)
        self.add("materials", "Materials", self._materials, wide=True)
        for path, widget in self._pattern.widgets.items():
            self.add(path, NAMES[path], widget, wide=True)
        for spec in OF_RING:
            self.add(spec.path, spec.name, self._others.widgets[spec.path])


def _without_tiles(ring: RingParam | None) -> tuple[str, ...]:
    """Return the length of a tile where there are none, unless it is given all the same."""
    is_idle = ring is not None and ring.pattern_type not in TILED and ring.tile_length_mm is None
    return ("tile_length_mm",) if is_idle else ()
