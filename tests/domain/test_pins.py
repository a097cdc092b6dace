"""Which PINs may be chosen, and how long nobody may try after wrong ones."""

import pytest

from luthier_desktop.domain.pins import pin_refusal, wait_s


@pytest.mark.parametrize(
    ("pin", "role", "word"),
    [
        ("123", "viewer", "at least 4"),
        ("48291", "lead", "at least 6"),
        ("x" * 65, "lead", "at most 64"),
        ("6969", "operator", "first that anybody would try"),
        ("222222", "lead", "first that anybody would try"),
        ("345678", "lead", "first that anybody would try"),
        ("87654321", "lead", "first that anybody would try"),
        (" 482913", "lead", "no blanks at its ends"),
        ("4829\u202e13", "lead", "cannot be seen"),
    ],
)
def test_a_pin_that_does_not_do_is_refused_with_its_reason(pin, role, word):
    assert word in pin_refusal(pin, role)


@pytest.mark.parametrize(
    ("pin", "role"),
    [("4829", "operator"), ("482913", "lead"), ("spruce and koa", "lead"), ("1357", "viewer")],
)
def test_a_sensible_pin_or_pass_phrase_does(pin, role):
    assert pin_refusal(pin, role) == ""


def test_after_the_fifth_wrong_pin_the_wait_doubles_up_to_a_quarter_of_an_hour():
    waits = [wait_s(failures) for failures in range(4, 13)]
    assert waits == [0, 30, 60, 120, 240, 480, 900, 900, 900]
    assert wait_s(10**6) == 900
