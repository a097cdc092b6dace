import json
import math

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.canonical import (
    canonical_bytes,
    canonical_object,
    canonical_value,
    sha256_hex,
    storable_bytes,
)
from luthier_desktop.storage.parsing import RECORD_LIMITS, parse_strict

numbers = st.one_of(
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, -0.0, 1.0, -1.0, 1e16, 1e21, 1e-7, 5e-324, 4503599627370497.5]),
    st.integers(-999, 999).map(float),
)
texts = st.one_of(
    st.text(),
    st.text(alphabet='"\\,:[]{}.0e+-123456789\n\x1f'),
    st.sampled_from(["1.0", "-0.0,", ":1e-07]", "\U0001f339", "\ufb33", "\ud7ff\uffff"]),
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5), st.dictionaries(texts, inner, max_size=5)
    ),
    max_leaves=25,
)


@settings(deadline=None, max_examples=300)
@given(values)
def test_the_fast_form_equals_the_reference_for_every_value(value):
    assert canonical_bytes(value) == rfc8785.dumps(value)


@settings(deadline=None, max_examples=300)
@given(values)
def test_canonical_bytes_stay_the_same_when_read_and_written_again(value):
    data = canonical_bytes(value)
    assert canonical_bytes(json.loads(data, parse_int=_number)) == data


def _number(literal):
    # 1e20 is written as 100000000000000000000, which Python reads as an integer.
    return int(literal) if abs(int(literal)) < 2**53 else float(literal)


@settings(deadline=None, max_examples=150)
@given(st.dictionaries(texts, values, max_size=5))
def test_an_object_joined_from_encoded_members_equals_the_whole(members):
    parts = {name: canonical_bytes(value) for name, value in members.items()}
    assert canonical_object(parts) == rfc8785.dumps(members)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1.0, "a": [True, None]}, b'{"a":[true,null],"b":1}'),
        ([1e-7, 1e21, 1e20, 0.00001], b"[1e-7,1e+21,100000000000000000000,0.00001]"),
        ([-0.0, 333333333.33333329, 4.50], b"[0,333333333.3333333,4.5]"),
        ({"k": 'a:1.0,\\"-0.0]'}, b'{"k":"a:1.0,\\\\\\"-0.0]"}'),
        ("\x00\x1f\x7f\n\u20ac", b'"\\u0000\\u001f\x7f\\n\xe2\x82\xac"'),
        (
            {"\U0001f600": 1, "\ufb33": 2, "\u20ac": 3},
            '{"\u20ac":3,"\U0001f600":1,"\ufb33":2}'.encode(),
        ),
    ],
)
def test_canonical_pairs(value, expected):
    assert canonical_bytes(value) == expected


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, {"a": [-math.inf]}, 2**53, "\ud800", {"\udfff": 1}, {1: 2}, b"x"]
)
def test_a_value_without_a_canonical_form_is_refused(value):
    with pytest.raises(InputRefused, match="canonical JSON form"):
        canonical_bytes(value)


@pytest.mark.parametrize("number", [2.0**53, -1e16, 1e300])
def test_a_record_with_a_number_beyond_two_to_the_53_is_refused(number):
    with pytest.raises(InputRefused, match="beyond 2"):
        storable_bytes({"value": [number]})
    with pytest.raises(InputRefused, match="beyond 2"):
        storable_bytes({"\U0001f339": number})


def test_digits_inside_a_text_are_no_number():
    record = {"id": "0" * 64, "note": "1e+300", "value": 9007199254740991.0}
    expected = '{"id":"' + "0" * 64 + '","note":"1e+300","value":9007199254740991}'
    assert storable_bytes(record) == expected.encode()


def test_the_hash_is_lower_case_sha256():
    # FIPS 180-2, appendix B.1
    assert sha256_hex(b"abc") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


@settings(deadline=None, max_examples=300)
@given(st.dictionaries(texts, values, max_size=5), st.data())
def test_the_short_way_to_read_finds_what_the_strict_parser_finds_or_gives_up(value, data):
    changed = bytearray(canonical_bytes(value))
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 1))] = data.draw(
            st.sampled_from(
                [b"", b"0", b".0", b"-", b"e-7", b" ", b'"', b"{}", b'"a":1,', b"\xff"]
            )
        )
    try:
        found = canonical_value(bytes(changed))
    except ValueError:
        return
    assert parse_strict(bytes(changed), "x", RECORD_LIMITS) == found
    assert rfc8785.dumps(found) == changed


@pytest.mark.parametrize(
    "text",
    [
        *('{"a":1.0}', '{"a":-0}', '{"a":1e-07}', '{"a":1,"a":1}', '{"b":1,"a":2}', '{"a": 1}'),
        *('{"a":9007199254740993}', '{"a":NaN}', '{"a":1e400}', '{"a":"\\ud800"}', "1.0", "[]"),
        *('{"a":"\\u0041"}', '{"a":100000000000000000000}', '{"' + "k" * 129 + '":1}', "", "{"),
        '{"\U0001f339":1,"\ufb33":2}'.replace("\ufb33", "a"),
    ],
)
def test_what_is_not_canonical_beyond_doubt_is_not_read_the_short_way(text):
    with pytest.raises(ValueError, match=r"not|key|Expect|utf|beyond|range"):
        canonical_value(text.encode())


def test_an_event_is_read_the_short_way():
    text = '{"a":"run_20260122_0000000000000321, 1.0, e-7","at":"10:11:12.000000Z","b":91.5}'
    assert canonical_value(text.encode())["b"] == 91.5
