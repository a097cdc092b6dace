"""The unit and the decimal sign that the window shows lengths in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import Unit
from luthier_desktop.ui import units

_NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture(params=["C", "de_DE"])
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    """A locale with a point, and one with a comma."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.mark.parametrize("unit", list(Unit))
def test_a_length_that_is_shown_reads_as_the_same(locale: str, unit: Unit) -> None:
    units.use(unit)

    @settings(deadline=None)
    @given(st.integers(min_value=0, max_value=2_000_000_000))
    def holds(millionths: int) -> None:
        length_mm = millionths / 1e6
        assert units.read(units.text(length_mm), "Width") == pytest.approx(length_mm, abs=1e-4)
        assert units.is_same(length_mm, units.read(units.text(length_mm), "Width"))

    holds()


def test_a_bare_number_is_in_the_unit_that_is_shown() -> None:
    assert units.read("2", "Width") == 2.0
    units.use(Unit.INCH)
    assert units.read("2", "Width") == 50.8
    assert units.read("2 mm", "Width") == 2.0


def test_what_is_read_is_rounded_to_a_millionth_of_a_millimetre() -> None:
    assert units.read('1/3"', "Width") == 8.466667
    assert units.read("0.1+0.2", "Width") == 0.3


def test_a_switch_is_announced_once_and_only_when_it_is_one() -> None:
    seen: list[Unit] = []

    def note() -> None:
        seen.append(units.unit())

    units.display().changed.connect(note)
    units.use(Unit.INCH)
    units.use(Unit.INCH)
    units.use(Unit.MM)
    units.display().changed.disconnect(note)
    assert seen == [Unit.INCH, Unit.MM]


def test_an_arrow_goes_by_tenths_or_by_sixty_fourths() -> None:
    shift, alt = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
    assert [units.step_mm(held) for held in (_NONE, shift, alt)] == [0.1, 1.0, 0.01]
    units.use(Unit.INCH)
    assert [units.step_mm(held) for held in (_NONE, shift, alt)] == [0.396875, 1.5875, 0.0254]


def test_a_sentence_stays_as_it_is_in_millimetres() -> None:
    sentence = "Only 0.4 mm of top is left under a 1.6 mm channel"
    assert units.worded(sentence) == sentence


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Only 0.4 mm of top is left", 'Only 0.0157" of top is left'),
        ("0.2 to 0.6 mm", '0.0079" to 0.0236"'),
        ("depth 1.6 → 1.5875 mm", 'depth 0.063" → 1/16"'),
        ("0.5-0.8 mm", '0.0197"-0.0315"'),
        ("over 0.015 mm shows", 'over 0.0006" shows'),
        ("a feed of 1500 mm/min and 3 mm² stay", "a feed of 1500 mm/min and 3 mm² stay"),
        (
            "Width: '2.5 mm x' is no length. Type 2.5 mm.",
            "Width: '2.5 mm x' is no length. Type 2.5 mm.",
        ),
        ("ring 3 of 5 stays", "ring 3 of 5 stays"),
    ],
)
def test_a_sentence_of_the_domain_is_told_in_inches(sentence: str, shown: str) -> None:
    units.use(Unit.INCH)
    assert units.worded(sentence) == shown


def test_a_comma_locale_shows_and_takes_commas(locale: str) -> None:
    sign = "," if locale == "de_DE" else "."
    assert units.text(2.5) == f"2{sign}50 mm"
    assert units.bare(2.5) == f"2{sign}50"
    assert units.number(45.5) == f"45{sign}5"
    assert units.score_text(87.54) == f"87{sign}5"
    assert units.worded("at most 0.05 mm") == f"at most 0{sign}05 mm"
    assert units.read("2,5", "Width") == units.read("2.5", "Width") == 2.5
    with pytest.raises(InputRefused, match=f"Type 2[{sign}]5 mm"):
        units.read("two", "Width")


def test_a_length_is_told_in_the_other_unit() -> None:
    assert units.other(2.38125) == '3/32"'
    assert units.other(2.5) == '≈ 3/32" (0.0984")'
    units.use(Unit.INCH)
    assert units.other(2.38125) == "2.38125 mm"
    assert units.brief(2.5) == '0.0984"'
    assert units.brief(1.5875) == '1/16"'
