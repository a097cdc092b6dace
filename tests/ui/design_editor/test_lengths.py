"""Lengths as they are typed and shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.ui.design_editor.lengths import mm_text, number_text, parse_mm


@pytest.mark.parametrize(
    ("text", "value_mm"),
    [("2.5", 2.5), ("2,5", 2.5), (" 2.5 mm ", 2.5), ("2.5mm", 2.5), (".5", 0.5), ("-1", -1.0)],
)
def test_plain_numbers_decimal_commas_and_the_unit_are_read(text, value_mm):
    assert parse_mm(text, "Width") == value_mm


@pytest.mark.parametrize("text", ["", "mm", "1e3", "inf", "nan", "2.5.1", "two", "1,2,3"])
def test_other_text_is_refused_with_what_was_meant(text):
    with pytest.raises(InputRefused, match=r"Width: .* is not a length in mm"):
        parse_mm(text, "Width")


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=2_000_000_000))
def test_what_is_shown_reads_as_the_same_length(millionths):
    value_mm = millionths / 1_000_000
    assert parse_mm(mm_text(value_mm), "Width") == pytest.approx(value_mm, abs=1e-9)


def test_decimals_are_shown_as_far_as_they_say_something():
    assert number_text(3.0) == "3.00"
    assert number_text(3.0, 1) == "3.0"
    assert number_text(0.123456) == "0.123456"
    assert number_text(-0.0) == "0.00"
