"""The inspector: every field of the selected ring and of the design, checked as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QGroupBox, QHBoxLayout, QScrollArea, QWidget

from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor import design_edits, ring_edits
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.edits import Edit
from luthier_desktop.ui.design_editor.fields import ChoiceField, LengthField, TextField
from luthier_desktop.ui.design_editor.lengths import mm_text, parse_mm
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.materials_field import MaterialChoice, MaterialsField
from luthier_desktop.ui.design_editor.swatches import Swatches

RING_LENGTHS = {
    "width_mm": "The ring's radial width.",
    "measured_width_mm": "The width of the real part; it overrides the nominal width everywhere.",
    "gap_before_mm": "Bare wood between this ring and the one inside it.",
    "tile_length_mm": "Length of one tile along the ring, at its mean radius.",
    "inlay_thickness_mm": "Height of the inlay before levelling.",
}
DESIGN_LENGTHS = {
    "outer_diameter_mm": "Diameter of the rosette's outer edge.",
    "inner_diameter_mm": "Diameter of the rosette's inner edge.",
    "soundhole_diameter_mm": "Diameter of the round soundhole; it is cut last.",
    "top.thickness_mm": "Thickness of the top when the channel is routed.",
    "channel.depth_mm": "Depth of the channel below the top's face.",
    "fingerboard.width_mm": "Width of the fingerboard's end over the rosette.",
    "fingerboard.end_distance_mm": "From the fingerboard's end to the soundhole's centre.",
}
NOT_WRITTEN = "by the pattern"


class Inspector(QScrollArea):
    """The selected ring's fields on the left, the design's on the right."""

    def __init__(
        self,
        document: DesignDocument,
        names: MaterialNames,
        swatches: Swatches,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._ring_shown: str | None = None
        self.setObjectName("inspector")
        self.setAccessibleName("Inspector")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._ring_fields = self._lengths(RING_LENGTHS, ring_edits.FIELD_NAMES, self._enter_ring)
        self._design_fields = self._lengths(
            DESIGN_LENGTHS, design_edits.LENGTHS, self._enter_design
        )
        self._family = self._family_choice()
        self._materials = MaterialsField(names, swatches)
        self._materials.entered.connect(self._enter_materials)
        self._name = TextField("Name", "The design's title.")
        self._name.entered.connect(self._enter_name)
        self._top = MaterialChoice("Wood of the top", names, swatches)
        self._top.activated.connect(self._enter_top)
        self._ring_box = self._ring_form()
        self._arrange()
        document.changed.connect(self._refresh)
        document.selectionChanged.connect(self._refresh)
        self._refresh()

    def focus_field(self, path: str) -> bool:
        """Give the field of this path the focus; False when the inspector has no such field."""
        targets: dict[str, QWidget] = {
            **self._ring_fields, **self._design_fields, "pattern_type": self._family,
            "name": self._name, "top.material_id": self._top,
        }
        if path == "materials":
            self._materials.focus_first()
            return True
        target = targets.get(path)
        if target is None or not target.isEnabled():
            return False
        self.ensureWidgetVisible(target)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(target, TextField):
            target.selectAll()
        return True

    def show_assumed(self, assumed: Mapping[str, object]) -> None:
        """Show the shop's values in grey where the design has none."""
        for path, field in self._design_fields.items():
            value = assumed.get(path)
            shown = f"{mm_text(value)} (shop)" if isinstance(value, int | float) else ""
            field.setPlaceholderText(shown)

    def _refresh(self) -> None:
        design = self._document.design
        for path, field in self._design_fields.items():
            value = design_edits.value_at(design, path)
            field.show_value("" if value is None else mm_text(value))
        self._name.show_value(design.name or "")
        top = design.top.material_id if design.top else None
        if top is None:
            self._top.setCurrentIndex(-1)
        else:
            self._top.show_material(top)
        self._refresh_ring(design)

    def _refresh_ring(self, design: RosetteParamSpec) -> None:
        position = self._document.selected_position
        other = self._document.selected_id != self._ring_shown
        self._ring_shown = self._document.selected_id
        self._ring_box.setEnabled(position is not None)
        if position is None:
            self._ring_box.setTitle("No ring selected")
            for field in self._ring_fields.values():
                field.reset_to("")
            self._materials.show_materials(())
            return
        ring = design.ring_params[position]
        self._ring_box.setTitle(f"Ring {ring.ring_index}")
        for name, field in self._ring_fields.items():
            value = getattr(ring, name)
            text = "" if value is None else mm_text(value)
            (field.reset_to if other else field.show_value)(text)
        self._family.show_choice(ring.pattern_type.value)
        self._materials.show_materials(ring.materials or ())

    def _enter_ring(self, name: str, text: str) -> None:
        position = self._document.selected_position
        if position is None:
            return

        def build(design: RosetteParamSpec) -> Edit | None:
            ring = design.ring_params[position]
            what = f"{ring_edits.FIELD_NAMES[name]} of ring {ring.ring_index}"
            optional = name in ring_edits.OPTIONAL_LENGTHS and not text.strip()
            value_mm = None if optional else parse_mm(text, what)
            return ring_edits.set_length(design, position, name, value_mm)

        self._settle(self._ring_fields[name], self._document.attempt(build))

    def _enter_design(self, path: str, text: str) -> None:
        def build(design: RosetteParamSpec) -> Edit | None:
            optional = path not in design_edits.REQUIRED and not text.strip()
            value_mm = None if optional else parse_mm(text, design_edits.LENGTHS[path])
            return design_edits.set_length(design, path, value_mm)

        self._settle(self._design_fields[path], self._document.attempt(build))

    def _enter_name(self, text: str) -> None:
        name = text.strip() or None
        refusal = self._document.attempt(
            lambda design: design_edits.set_choice(design, "name", name, "Name")
        )
        self._settle(self._name, refusal)

    def _enter_top(self) -> None:
        wood = str(self._top.currentData())
        self._document.attempt(
            lambda design: design_edits.set_choice(design, "top.material_id", wood, "Top")
        )

    def _enter_family(self) -> None:
        position = self._document.selected_position
        if position is not None:
            family = next(own for own in PARAMETERS if own.value == self._family.currentData())
            self._document.attempt(
                lambda design: ring_edits.set_family(design, position, family)
            )

    def _enter_materials(self, materials: tuple[str, ...]) -> None:
        position = self._document.selected_position
        if position is not None:
            self._document.attempt(
                lambda design: ring_edits.set_materials(design, position, materials)
            )

    def _settle(self, field: TextField, refusal: str) -> None:
        """Keep refused text with its reason; show the design's value after a good edit."""
        if refusal:
            field.refuse(refusal)
            return
        field.reset_to(field.text())
        self._refresh()

    def _lengths(
        self, tips: dict[str, str], names: dict[str, str], enter: Callable[[str, str], None]
    ) -> dict[str, LengthField]:
        fields = {}
        for path, tip in tips.items():
            field = LengthField(names[path], tip)
            field.setFont(style.number_font())
            field.entered.connect(partial(enter, path))
            fields[path] = field
        return fields

    def _family_choice(self) -> ChoiceField:
        choice = ChoiceField("Pattern", "The family of the ring's pattern.")
        for family in PARAMETERS:
            choice.addItem(ring_edits.family_text(family), family.value)
        choice.activated.connect(self._enter_family)
        return choice

    def _ring_form(self) -> QGroupBox:
        box, form = _form("Ring")
        form.addRow("Pattern", self._family)
        for name, field in self._ring_fields.items():
            form.addRow(ring_edits.FIELD_NAMES[name], field)
        form.addRow("Materials", self._materials)
        for name in ring_edits.OPTIONAL_LENGTHS:
            if name in self._ring_fields:
                self._ring_fields[name].setPlaceholderText("none")
        self._ring_fields["tile_length_mm"].setPlaceholderText(NOT_WRITTEN)
        return box

    def _design_form(self) -> QGroupBox:
        box, form = _form("Design")
        form.addRow("Name", self._name)
        for path, field in self._design_fields.items():
            if path == "top.thickness_mm":
                form.addRow("Wood of the top", self._top)
            form.addRow(_short(design_edits.LENGTHS[path]), field)
        return box

    def _arrange(self) -> None:
        page = QWidget(self)
        line = QHBoxLayout(page)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * style.GRID)
        line.addWidget(self._ring_box, 1)
        line.addWidget(self._design_form(), 1)
        self.setWidget(page)


def _form(title: str) -> tuple[QGroupBox, QFormLayout]:
    box = QGroupBox(title)
    form = QFormLayout(box)
    form.setContentsMargins(2 * style.GRID, style.GRID, 2 * style.GRID, style.GRID)
    form.setHorizontalSpacing(2 * style.GRID)
    form.setVerticalSpacing(style.GRID)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return box, form


def _short(name: str) -> str:
    return name.removesuffix(" when routed")
