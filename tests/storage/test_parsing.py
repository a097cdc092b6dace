import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage import parsing
from luthier_desktop.storage.parsing import (
    RECORD_LIMITS,
    Limits,
    parse_strict,
)

SMALL = Limits(size_bytes=1000, nodes=20, text_characters=30, key_characters=10)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "rose.json: the document is empty"),
        (b" \n\t", "the document is empty"),
        (b'{"a": [1, 2', "byte 11: the document ends in the middle, so it is torn"),
        (b'{"a": "half a te', "the document ends in the middle, so it is torn"),
        (b'{"a": 1,}', "byte 7 (line 1, column 8): not valid JSON, nothing follows this comma"),
        (b'{"a": [1,\n2 , ]}', "byte 12 (line 2, column 3): not valid JSON, nothing follows"),
        (b'{"a": 1} x', "byte 9 (line 1, column 10): not valid JSON, something follows the end"),
        (b'{\n"\xc3\xa4" 1}', "byte 7 (line 2, column 5): not valid JSON, a colon is expected"),
        (b'{a: 1}', "byte 1 (line 1, column 2): not valid JSON, a key in double quotes is"),
        (b'{"a": b}', "byte 6 (line 1, column 7): not valid JSON, a value is expected"),
        (b'{"a": [1 2]}', "byte 9 (line 1, column 10): not valid JSON, a comma or the end of"),
        (b'["a\\q"]', "byte 3 (line 1, column 4): not valid JSON, a text holds a backslash"),
        (b'["a\tb"]', "byte 3 (line 1, column 4): not valid JSON, a text holds a control char"),
        (b'["a\n]', "byte 3 (line 1, column 4): not valid JSON, a text holds a control char"),
        (b'\xef\xbb\xbf{"a": 1}', "byte order mark"),
        (b'\xff\xfe{\x00', "byte order mark"),
        (b'{"a": "\xff"}', "byte 7: this is not valid UTF-8"),
        (b'{"width_mm": 1, "width_mm": 2}', 'the key "width_mm" stands twice'),
        (b'{"a": {"b": 1, "b": 1}}', 'the key "b" stands twice'),
        (b'{"a": NaN}', "byte 6, a: NaN is not a number that JSON knows"),
        (b"[Infinity]", "byte 1: Infinity is not"),
        (b"[-Infinity]", "byte 1: -Infinity is not"),
        (b"[1e400]", "byte 1: the number 1e400 is beyond 2^53 - 1"),
        (b"[9007199254740992]", "byte 1: the number 9007199254740992 is beyond 2^53 - 1"),
        (b"[9007199254740992.0]", "is beyond 2^53 - 1"),
        (b'{"outer_diameter_mm": 1E22}', "byte 22, outer_diameter_mm: the number 1E22 is beyond"),
        (b"[" + b"9" * 100_000 + b"]", "is beyond 2^53 - 1"),
        (b"[0." + b"1" * 200 + b"]", "has more than 128 characters"),
        (b'{"a": ["\\ud800"]}', "a[0]: the text holds half of a surrogate pair"),
        (b'{"\\udfff": 1}', "a key holds half of a surrogate pair"),
        (b"[" * 33 + b"]" * 33, "byte 32: lists and objects are nested deeper than 32 levels"),
        (b"[" * 100_000, "nested deeper than 32 levels"),
        (b'{"a":' * 100_000, "nested deeper than 32 levels"),
    ],
)
def test_a_document_that_breaks_a_rule_is_refused_with_its_place(data, sentence):
    with pytest.raises(InputRefused) as refused:
        parse_strict(data, "rose.json")
    assert sentence in refused.value.sentence
    assert refused.value.sentence.startswith("rose.json: ")
    assert len(refused.value.sentence) < 200


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b" " * 1001, "the document has 1,001 bytes; at most 1,000 bytes are read"),
        (b"[" + b"1," * 20 + b"1]", "the document has more than 20 values"),
        (b'{"a": {"b": "' + b"x" * 31 + b'"}}', "a.b: the text has 31 characters; at most 30"),
        (b'{"' + b"k" * 11 + b'": 1}', "a key has 11 characters; at most 10"),
    ],
)
def test_a_document_beyond_a_limit_is_refused_with_the_limit(data, sentence):
    with pytest.raises(InputRefused) as refused:
        parse_strict(data, "rose.json", SMALL)
    assert sentence in refused.value.sentence


def test_too_many_values_are_refused_before_the_parser_builds_any():
    with pytest.raises(InputRefused, match="more than 20 values"):
        parse_strict(b"[" + b"x," * 20 + b"x]", "rose.json", SMALL)
    with pytest.raises(InputRefused, match="a value is expected here"):
        parse_strict(b"[" + b"x," * 18 + b"x]", "rose.json", SMALL)


def test_commas_inside_texts_are_no_values():
    text = "," * 29
    assert parse_strict(f'["{text}", "\\"{text[:20]}"]'.encode(), "x", SMALL)[0] == text


def test_an_object_of_very_many_members_is_refused_before_its_schema_is_asked():
    members = ",".join(f'"{number}": 0' for number in range(257))
    with pytest.raises(InputRefused, match="a: the object has 257 members; at most 256 are"):
        parse_strict(f'{{"a": {{{members}}}}}'.encode(), "x")


def test_a_key_that_hides_something_is_shown_in_the_sentence_and_kept_in_the_path():
    with pytest.raises(InputRefused) as refused:
        parse_strict('{"a\u202eb": "\\ud800"}'.encode(), "x")
    assert refused.value.sentence.startswith("x: a⟨U+202E⟩b: the text holds half")
    assert refused.value.path == "a\u202eb"


def test_brackets_and_quotes_inside_a_text_are_no_levels():
    text = '"' + "[{" * 50 + '\\"' + "[" * 50 + '\\\\"'
    assert parse_strict(f"[{text}]".encode(), "x") == ["[{" * 50 + '"' + "[" * 50 + "\\"]


def test_the_deepest_document_that_is_allowed_is_read():
    value = parse_strict(b"[" * 32 + b"]" * 32, "x")
    for _ in range(31):
        value = value[0]
    assert value == []


def test_the_largest_numbers_that_are_allowed_are_read():
    data = b"[9007199254740991, -9007199254740991, 9007199254740991.0, 0." + b"1" * 126 + b"]"
    assert parse_strict(data, "x")[:3] == [2**53 - 1, -(2**53) + 1, 2.0**53 - 1]


def test_canonically_equal_but_different_keys_stay_distinct():
    assert parse_strict('{"\u00e9": 1, "e\u0301": 2}'.encode(), "x") == {"\u00e9": 1, "e\u0301": 2}


def refusal(data):
    try:
        parse_strict(data, "x")
    except InputRefused as error:
        return error.sentence
    return None


@settings(deadline=None, max_examples=400)
@given(st.one_of(st.binary(max_size=60), st.text('{}[]",:\\u01dDeE+-.tfn \x00', max_size=60)))
def test_any_bytes_are_read_or_refused_with_a_sentence(data):
    sentence = refusal(data if isinstance(data, bytes) else data.encode())
    assert sentence is None or sentence.startswith("x: ")


TOO_MANY = {
    "objects of one": b'{"":0}',
    "empty objects": b"{}",
    "empty lists": b"[ ]",
    "lists in lists": b"[[[[[[[[]]]]]]]]",
    "texts": b'"a"',
    "backslashes": b'"\\\\"',
    "texts that look like lists": b'["[{,"]',
}


@pytest.mark.parametrize("kind", TOO_MANY)
def test_too_many_values_are_counted_before_anything_is_built(kind, monkeypatch):
    monkeypatch.setattr(parsing, "_load", lambda *_: pytest.fail("it was parsed"))
    unit = TOO_MANY[kind]
    count = (RECORD_LIMITS.size_bytes - 2) // (len(unit) + 1)
    document = b"[" + b",".join([unit] * count) + b"]"
    with pytest.raises(InputRefused, match="more than 200,000 values"):
        parse_strict(document, "run.json", RECORD_LIMITS)


@pytest.mark.parametrize(
    ("unit", "values"),
    [
        *((b"{}", 1), (b"[ ]", 1), (b'"\\\\"', 1)),
        *((b"[[]]", 2), (b'{"a":","}', 2), (b'["[{,"]', 2)),
    ],
)
def test_as_many_values_as_allowed_are_read_and_more_are_refused(unit, values):
    limits = Limits(size_bytes=10_000, nodes=1 + 50 * values)
    assert len(parse_strict(b"[" + b",".join([unit] * 50) + b"]", "x", limits)) == 50
    with pytest.raises(InputRefused, match="more than"):
        parse_strict(b"[" + b",".join([unit] * 51) + b"]", "x", limits)
