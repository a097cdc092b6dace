"""Lengths: every form that a luthier types, in both units, and what is refused."""

import contextlib

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import (
    Unit,
    change_text,
    inch_fraction,
    length_in,
    length_text,
    other_unit_text,
    parse_length,
)

MM, INCH = Unit.MM, Unit.INCH


@pytest.mark.parametrize(
    ("text", "unit", "mm"),
    [
        ("2.5", MM, 2.5),
        ("2,5", MM, 2.5),
        (".5", MM, 0.5),
        ("5.", MM, 5.0),
        ("2.5 mm", MM, 2.5),
        ("2.5MM", INCH, 2.5),
        ("2", INCH, 50.8),
        ("0.1in", MM, 2.54),
        ("0.1 inch", MM, 2.54),
        ('3/32"', MM, 2.38125),
        ("3/32″", MM, 2.38125),
        ("3/32''", MM, 2.38125),
        ("3/32", INCH, 2.38125),
        ("3/32", MM, 0.09375),
        ("1 1/16", INCH, 26.9875),
        ('1 1/16"', MM, 26.9875),
        ("1 1/16 in", MM, 26.9875),
        ("1½ in", MM, 38.1),
        ("½in", MM, 12.7),
        ("1-1/16", INCH, 23.8125),
        ("2*1.5+0.2", MM, 3.2),
        ("2*1.5+0.2", INCH, 81.28),
        ("2 \u00d7 1,5 \u2212 0,2", MM, 2.8),
        ("2*(0.5+1)", MM, 3.0),
        ("(0.5 + 1) in", MM, 38.1),
        ("1in + 0.2", MM, 25.6),
        ("1in + 0.2", INCH, 30.48),
        ("10mm/4", MM, 2.5),
        ("1in/10mm", MM, 2.54),
        ("-0.3", MM, -0.3),
        ("--0.3", MM, 0.3),
        ("3*-1", MM, -3.0),
        ("  4  ", MM, 4.0),
        ("6/2*3", MM, 9.0),
        ("8/2/2", MM, 2.0),
        ("1.5/2", MM, 0.75),
        ("3/1.5", MM, 2.0),
        ("12 3", MM, None),
        ("1 1/16 1/16", MM, None),
        ("", MM, None),
        ("   ", MM, None),
        ("abc", MM, None),
        ("2.5 cm", MM, None),
        ("2.5 mm mm", MM, None),
        ("2mm*3mm", MM, None),
        ("2/3mm*0", MM, 0.0),
        ("3/(2mm)", MM, None),
        ("1/0", MM, None),
        ("1/(2-2)", MM, None),
        ("1/0mm", MM, None),
        ("(1", MM, None),
        ("1)", MM, None),
        ("1+", MM, None),
        ("*2", MM, None),
        ("1..2", MM, None),
        ("1,000.5", MM, None),
        ("1,2,3", MM, None),
        ("1e3", MM, None),
        ("nan", MM, None),
        ("inf", MM, None),
        ("9" * 99, MM, None),
        ("1" * 101, MM, None),
        ("__import__('os')", MM, None),
        ("2**3", MM, None),
        ("٣", MM, None),
        ("(" * 90 + "1", MM, None),
    ],
)
def test_a_typed_length_is_read_in_mm_or_refused(text, unit, mm):
    if mm is None:
        with pytest.raises(InputRefused) as refused:
            parse_length(text, "Width", unit)
        assert refused.value.sentence.startswith("Width: ")
        assert refused.value.sentence.endswith(' Type 2.5 mm, 3/32" or 2*1.5+0.2.')
    else:
        assert parse_length(text, "Width", unit) == pytest.approx(mm, abs=1e-12)


def test_the_refusal_says_what_is_wrong_and_where():
    with pytest.raises(InputRefused, match=r"'2 \) 3' is not a length: '\)' at character 3"):
        parse_length("2 ) 3", "Width")
    with pytest.raises(InputRefused, match="'cm' is no unit: mm, in and \" are known"):
        parse_length("2 cm", "Width")
    with pytest.raises(InputRefused, match=r"Type 2,5 mm, 3/32\" or 2\*1,5\+0,2\."):
        parse_length("x", "Width", decimal=",")


@pytest.mark.parametrize(
    ("mm", "unit", "text"),
    [
        (2.5, MM, "2.50 mm"),
        (0.123456, MM, "0.123456 mm"),
        (-0.0, MM, "0.00 mm"),
        (2.38125, INCH, '3/32"'),
        (26.9875, INCH, '1 1/16"'),
        (25.4, INCH, '1"'),
        (-1.5875, INCH, '-1/16"'),
        (0.0, INCH, '0"'),
        (2.5, INCH, '0.098425"'),
    ],
)
def test_a_length_is_written_as_a_bench_reads_it(mm, unit, text):
    assert length_text(mm, unit) == text


def test_the_other_unit_is_told_beside_with_the_nearest_64th():
    assert other_unit_text(2.5, MM) == '≈ 3/32" (0.0984")'
    assert other_unit_text(2.38125, MM) == '3/32"'
    assert other_unit_text(0.1, MM) == '0.0039"'
    assert other_unit_text(2.38125, INCH) == "2.38125 mm"
    assert other_unit_text(2.5, MM, ",") == '≈ 3/32" (0,0984")'


def test_columns_of_numbers_have_two_more_decimals_in_inches():
    assert (length_in(2.5, MM), length_in(2.5, INCH)) == ("2.50", "0.0984")
    assert length_in(2.5, INCH, decimal=",") == "0,0984"


LENGTHS = st.floats(-2000, 2000, allow_nan=False).map(lambda x: round(x, 6))
UNITS = st.sampled_from(Unit)
MARKS = st.sampled_from((".", ","))


@given(LENGTHS, UNITS, UNITS, MARKS)
@settings(deadline=None, max_examples=100)
def test_reading_what_is_written_gives_the_length_to_a_thousandth(mm, unit, shown, decimal):
    text = length_text(mm, unit, decimal)
    assert abs(parse_length(text, "Width", shown, decimal) - mm) <= 0.001
    bare = text.removesuffix(" mm").removesuffix('"')
    assert abs(parse_length(bare, "Width", unit, decimal) - mm) <= 0.001


@given(st.integers(-64 * 80, 64 * 80))
@settings(deadline=None)
def test_every_64th_of_an_inch_is_written_as_a_fraction_and_read_exactly(count):
    mm = count * 25.4 / 64
    text = length_text(mm, INCH)
    assert "." not in text
    assert parse_length(text, "Width") == pytest.approx(mm, abs=1e-9)


SPACES = st.sampled_from(("", " ", "  "))


@given(st.floats(0, 500).map(lambda x: round(x, 4)), UNITS, MARKS, SPACES, st.data())
@settings(deadline=None, max_examples=100)
def test_every_form_of_one_length_is_read_as_the_same_length(value, unit, decimal, gap, data):
    words = ("mm", " MM") if unit is MM else ("in", '"', "″", " inch")
    number = f"{value:.4f}".replace(".", decimal)
    wanted = value * unit.in_mm
    forms = (
        number,
        f"{number}{gap}{data.draw(st.sampled_from(words))}",
        f"({number}){gap}*{gap}1",
        f"{number}{gap}+{gap}0",
        f"2{gap}*{gap}{number}{gap}/{gap}2",
        f"-{gap}(0{gap}-{gap}{number})",
    )
    for form in forms:
        assert abs(parse_length(form, "Width", unit, decimal) - wanted) <= 1e-6


@given(st.integers(0, 40), st.integers(1, 63), st.sampled_from((2, 4, 8, 16, 32, 64)), UNITS)
@settings(deadline=None)
def test_whole_inches_and_a_fraction_are_one_number(whole, top, bottom, unit):
    assume(top < bottom)
    wanted = (whole + top / bottom) * 25.4
    assert parse_length(f'{whole} {top}/{bottom}"', "Width", unit) == pytest.approx(wanted)
    assert parse_length(f"{whole} {top}/{bottom}", "Width", INCH) == pytest.approx(wanted)


@given(st.text(max_size=40) | st.text(alphabet='0123456789.,/*+-() in"m½', max_size=40))
@settings(deadline=None, max_examples=200)
def test_any_text_is_a_length_or_a_sentence(text):
    with contextlib.suppress(InputRefused):
        assert abs(parse_length(text, "Width")) <= 2**53 - 1


@given(LENGTHS)
@settings(deadline=None)
def test_a_fraction_is_offered_only_where_it_is_the_length(mm):
    text = inch_fraction(mm)
    if text is not None:
        assert abs(parse_length(f'{text}"', "Width") - mm) <= 1e-6


def test_a_change_is_said_in_millimetres():
    assert change_text(2.5, 3.0) == "2.5 to 3.0 mm"
    assert change_text(2.0, 2.38125) == "2.0 to 2.38125 mm"
    assert change_text(None, 1.4) == "set to 1.4 mm"
    assert change_text(1.4, None) == "1.4 mm taken away"
