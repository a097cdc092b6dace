"""How the fields of the library read what is typed, in either unit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import Unit
from luthier_desktop.domain.setup_fields import SETUP_FIELDS
from luthier_desktop.ui import units
from luthier_desktop.ui.library import setup_specs
from luthier_desktop.ui.library.spec import Spec

FEED = Spec("cut.feed_mm_min", "Feed", "feed", "mm/min")
RPM = Spec("cut.spindle_rpm", "Spindle speed", "number", "rpm")
AREA = Spec("machine.work_area_mm", "Work area", "area")


@pytest.mark.parametrize(
    ("unit", "typed", "mm_min"),
    [
        (Unit.MM, "1080", 1080.0),
        (Unit.MM, "50 in/min", 1270.0),
        (Unit.MM, "50ipm", 1270.0),
        (Unit.INCH, "50", 1270.0),
        (Unit.INCH, "1080 mm/min", 1080.0),
    ],
)
def test_a_feed_is_read_in_the_unit_typed_or_shown(unit: Unit, typed: str, mm_min: float) -> None:
    units.use(unit)
    assert FEED.read(typed) == mm_min


@given(st.floats(1, 100_000))
@settings(deadline=None, max_examples=100)
def test_a_feed_that_is_shown_reads_as_nearly_the_same(mm_min: float) -> None:
    for unit in Unit:
        units.use(unit)
        assert FEED.read(FEED.write(mm_min)) == pytest.approx(mm_min, abs=0.0128)


def test_an_area_is_three_lengths() -> None:
    assert AREA.read("400 x 16 in \u00d7 75") == [400.0, 406.4, 75.0]
    assert AREA.write((400.0, 400.0, 75.0)) == "400.00 mm x 400.00 mm x 75.00 mm"


@pytest.mark.parametrize("typed", ["fast", "nan", "inf", "1_000", "1e999", "12 mm"])
def test_what_is_no_number_is_refused_by_the_fields_name(typed: str) -> None:
    with pytest.raises(InputRefused, match="Spindle speed"):
        RPM.read(typed)


def test_every_field_of_a_setup_stands_on_one_page_once() -> None:
    groups = (*setup_specs.OF_SETUP, *setup_specs.OF_CUTS, *setup_specs.OF_TOP)
    paths = [spec.path for group in groups for spec in group.specs]
    assert sorted(paths) == sorted(SETUP_FIELDS)
