"""JSONTestSuite, read in place: its 318 parsing files and its 22 transform files."""

import json
from collections import Counter

import pytest

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.parsing import BATCH_LIMITS, DESIGN_LIMITS, Limits, parse_strict
from tests.conftest import CORPORA

SUITE = CORPORA / "JSONTestSuite"
PLAIN = Limits(DESIGN_LIMITS.size_bytes, DESIGN_LIMITS.nodes, large_floats=True)

LONG = "has more than 128 characters"
BEYOND = "is beyond 2^53 - 1"
INFINITE = "is beyond any double"
TWICE = "stands twice in one object"
HALF = "holds half of a surrogate pair"
NOT_UTF_8 = "this is not valid UTF-8"
MARK = "there is a byte order mark"
DEEP = "nested deeper than 32 levels"

RULES = (
    *(LONG, BEYOND, INFINITE, TWICE, HALF, NOT_UTF_8, MARK, DEEP),
    "a value is expected here",
    "a comma or the end of the list or object is expected here",
    "the document ends in the middle, so it is torn",
    "something follows the end of the document",
    "a key in double quotes is expected here",
    "a text holds a backslash that begins no escape",
    "a text holds a control character",
    "a colon is expected here",
    "nothing follows this comma",
    "the document is empty",
    "is not a number that JSON knows",
)
REFUSED_ON_PURPOSE = {
    "y_object_duplicated_key.json": TWICE,
    "y_object_duplicated_key_and_value.json": TWICE,
}
CHOICES = {
    "i_number_double_huge_neg_exp": [0.0],
    "i_number_huge_exp": LONG,
    "i_number_neg_int_huge_exp": INFINITE,
    "i_number_pos_double_huge_exp": INFINITE,
    "i_number_real_neg_overflow": INFINITE,
    "i_number_real_pos_overflow": INFINITE,
    "i_number_real_underflow": [0.0],
    "i_number_too_big_neg_int": BEYOND,
    "i_number_too_big_pos_int": BEYOND,
    "i_number_very_big_negative_int": BEYOND,
    "i_object_key_lone_2nd_surrogate": HALF,
    "i_string_1st_surrogate_but_2nd_missing": HALF,
    "i_string_1st_valid_surrogate_2nd_invalid": HALF,
    "i_string_UTF-16LE_with_BOM": MARK,
    "i_string_UTF-8_invalid_sequence": NOT_UTF_8,
    "i_string_UTF8_surrogate_U+D800": NOT_UTF_8,
    "i_string_incomplete_surrogate_and_escape_valid": HALF,
    "i_string_incomplete_surrogate_pair": HALF,
    "i_string_incomplete_surrogates_escape_valid": HALF,
    "i_string_invalid_lonely_surrogate": HALF,
    "i_string_invalid_surrogate": HALF,
    "i_string_invalid_utf-8": NOT_UTF_8,
    "i_string_inverted_surrogates_U+1D11E": HALF,
    "i_string_iso_latin_1": NOT_UTF_8,
    "i_string_lone_second_surrogate": HALF,
    "i_string_lone_utf8_continuation_byte": NOT_UTF_8,
    "i_string_not_in_unicode_range": NOT_UTF_8,
    "i_string_overlong_sequence_2_bytes": NOT_UTF_8,
    "i_string_overlong_sequence_6_bytes": NOT_UTF_8,
    "i_string_overlong_sequence_6_bytes_null": NOT_UTF_8,
    "i_string_truncated-utf-8": NOT_UTF_8,
    "i_string_utf16BE_no_BOM": NOT_UTF_8,
    "i_string_utf16LE_no_BOM": NOT_UTF_8,
    "i_structure_500_nested_arrays": DEEP,
    "i_structure_UTF-8_BOM_empty_object": MARK,
}
TRANSFORMED = {
    "number_-9223372036854775808": BEYOND,
    "number_-9223372036854775809": BEYOND,
    "number_1.0": [1.0],
    "number_1.000000000000000005": [1.0],
    "number_1000000000000000": [10**15],
    "number_10000000000000000999": BEYOND,
    "number_1e-999": [0.0],
    "number_1e6": [1e6],
    "number_9223372036854775807": BEYOND,
    "number_9223372036854775808": BEYOND,
    "object_key_nfc_nfd": {"\u00e9": "NFC", "e\u0301": "NFD"},
    "object_key_nfd_nfc": {"e\u0301": "NFD", "\u00e9": "NFC"},
    "object_same_key_different_values": TWICE,
    "object_same_key_same_value": TWICE,
    "object_same_key_unclear_values": TWICE,
    "string_1_escaped_invalid_codepoint": HALF,
    "string_1_invalid_codepoint": NOT_UTF_8,
    "string_2_escaped_invalid_codepoints": HALF,
    "string_2_invalid_codepoints": NOT_UTF_8,
    "string_3_escaped_invalid_codepoints": HALF,
    "string_3_invalid_codepoints": NOT_UTF_8,
    "string_with_escaped_NULL": ["A\0B"],
}


def verdict(path, limits=PLAIN):
    """Return the value of a document, or the rule that its refusal names."""
    try:
        return parse_strict(path.read_bytes(), "x", limits)
    except InputRefused as error:
        sentence = error.sentence
    named = [rule for rule in RULES if rule in sentence]
    assert (sentence[:3], len(sentence) < 200, len(named)) == ("x: ", True, 1), sentence
    return named[0]


def verdicts(kind, limits=PLAIN):
    found = sorted((SUITE / "test_parsing").glob(f"{kind}_*.json"))
    return {path.name: verdict(path, limits) for path in found}


def refused(found):
    return {name: rule for name, rule in found.items() if rule in RULES}


def test_every_invalid_document_is_refused_with_the_rule_that_it_breaks():
    found = verdicts("n")
    assert (len(found), len(refused(found))) == (188, 188)
    assert Counter(found.values()) == {
        "a value is expected here": 49,
        "a comma or the end of the list or object is expected here": 37,
        "the document ends in the middle, so it is torn": 25,
        "something follows the end of the document": 17,
        "a key in double quotes is expected here": 15,
        "a text holds a backslash that begins no escape": 14,
        NOT_UTF_8: 12,
        "a text holds a control character": 4,
        "a colon is expected here": 4,
        "nothing follows this comma": 3,
        "is not a number that JSON knows": 3,
        "the document is empty": 2,
        DEEP: 2,
        MARK: 1,
    }


def test_every_valid_document_is_read_but_two_that_name_a_key_twice():
    found = verdicts("y")
    assert len(found) == 95
    assert refused(found) == REFUSED_ON_PURPOSE


def test_each_document_that_a_reader_may_judge_as_it_likes_has_its_verdict():
    found = verdicts("i")
    assert found == {f"{name}.json": rule for name, rule in CHOICES.items()}
    assert (len(found), len(refused(found))) == (35, 33)


@pytest.mark.parametrize("name", TRANSFORMED)
def test_no_document_is_read_as_something_else_than_it_says(name):
    assert verdict(SUITE / "test_transform" / f"{name}.json") == TRANSFORMED[name]


def test_all_documents_of_the_corpus_have_a_verdict():
    assert len(list((SUITE / "test_parsing").glob("*.json"))) == 188 + 95 + 35
    names = {path.stem for path in (SUITE / "test_transform").glob("*.json")}
    assert names == set(TRANSFORMED)


@pytest.mark.parametrize("limits", [DESIGN_LIMITS, BATCH_LIMITS])
def test_what_the_program_keeps_has_no_float_beyond_the_bound_either(limits):
    found = {
        name: rule for name, rule in refused(verdicts("y", limits)).items() if rule != TWICE
    }
    assert found == dict.fromkeys(
        [
            "y_number.json",
            "y_number_real_capital_e.json",
            "y_number_real_exponent.json",
            "y_number_real_fraction_exponent.json",
            "y_object_extreme_numbers.json",
        ],
        BEYOND,
    )


def test_a_lax_reader_would_not_pass():
    accepted, crashed = [], []
    for path in sorted((SUITE / "test_parsing").glob("n_*.json")):
        try:
            json.loads(path.read_bytes())
        except ValueError:
            continue
        except RecursionError:
            crashed.append(path.stem)
        else:
            accepted.append(path.stem)
    assert "n_number_NaN" in accepted
    assert "n_structure_100000_opening_arrays" in crashed
