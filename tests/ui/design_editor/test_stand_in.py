from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.path_cache import PathCache
from luthier_desktop.ui.design_editor.ring_columns import Column
from luthier_desktop.ui.design_editor.ring_model import RingModel
from luthier_desktop.ui.design_editor.ring_table import RingTable


def tiled(width_mm: float, count: int = 200) -> RosetteParamSpec:
    """Return one ring of *count* tiles and a plain one round it."""
    ladder = {"pattern_type": "LADDER", "pattern": {"count": count}}
    return RosetteParamSpec.read(
        {
            "inner_diameter_mm": 80.0,
            "outer_diameter_mm": 100.0,
            "ring_params": [
                {"ring_index": 0, "width_mm": width_mm, "materials": ["holly", "koa"], **ladder},
                {"ring_index": 1, "width_mm": 1.0, "materials": ["holly"]},
            ],
        },
        "design",
    )


def test_a_ring_of_many_tiles_stands_in_while_it_is_dragged_and_is_drawn_when_it_rests(
    qapp: QApplication,
) -> None:
    cache = PathCache()
    first = cache.rings(tiled(3.0), hurried=False)
    dragged = cache.rings(tiled(4.0), hurried=True)
    assert dragged[0].pieces is first[0].pieces
    assert (dragged[0].radii, dragged[0].is_exact) == ((40.0, 44.0), False)
    rested = cache.rings(tiled(4.0), hurried=False)
    assert (rested[0].built, rested[0].is_exact) == ((40.0, 44.0), True)


@pytest.mark.parametrize(("width_mm", "count"), [(6.0, 200), (4.0, 20), (4.0, 201)])
def test_a_ring_that_would_look_wrong_or_is_quick_is_drawn_at_every_step(
    qapp: QApplication, width_mm: float, count: int
) -> None:
    cache = PathCache()
    cache.rings(tiled(3.0, 20 if count == 20 else 200), hurried=False)
    assert cache.rings(tiled(width_mm, count), hurried=True)[0].is_exact


def test_a_step_of_a_drag_asks_for_the_changed_ring_and_the_radii_alone(
    editor: DesignEditor, table: RingTable, design: RosetteParamSpec
) -> None:
    model = table.model()
    assert isinstance(model, RingModel)
    told: list[tuple[int, int, int, int]] = []
    model.dataChanged.connect(
        lambda a, b: told.append((a.row(), a.column(), b.row(), b.column()))
    )
    first, *others = design.ring_params
    wider = first.model_copy(update={"width_mm": 2.5})
    editor.set_design(design.model_copy(update={"ring_params": (wider, *others)}), "Widen")
    assert told[:2] == [(0, 0, 0, Column.VERDICT), (0, Column.INNER, 2, Column.OUTER)]
