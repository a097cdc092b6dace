import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.exports.payload import (
    LARGEST_DOCUMENT_BYTES,
    LARGEST_FILE_BYTES,
    find_payload,
    payload_text,
)

# A PDF as small as they come, with the frame in an uncompressed stream.
_PDF = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/Metadata 3 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n3 0 obj<</Length %d>>stream\n%s\nendstream"
    b"\nendobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
)


def test_the_frame_is_the_mark_the_length_base64_and_the_end():
    assert payload_text(b"{}\n") == "LUTHIER-SNAPSHOT-1:3:e30K:END"


@settings(deadline=None, max_examples=60)
@given(document=st.binary(min_size=1, max_size=400), before=st.binary(), after=st.binary())
def test_a_document_is_found_again_whatever_stands_around_it(document, before, after):
    data = before + payload_text(document).encode() + after
    assert find_payload(data) == document


def test_a_file_without_a_frame_carries_nothing():
    assert find_payload(b"") is None
    assert find_payload(b"\x89PNG\r\n\x1a\nLUTHIER-SNAPSHOT-1") is None


def test_a_document_is_found_in_an_uncompressed_stream_of_a_pdf():
    frame = payload_text(b'{"schema":"luthier.rosette/2"}').encode()
    assert find_payload(_PDF % (len(frame), frame)) == b'{"schema":"luthier.rosette/2"}'


def test_two_frames_are_refused_with_both_places_even_when_they_are_alike():
    frame = payload_text(b"{}").encode()
    with pytest.raises(InputRefused, match=r"more than one design, at byte 2 and at byte 32"):
        find_payload(b"ab" + frame + b"c" + frame)


@pytest.mark.parametrize(
    ("frame", "fault"),
    [
        (b"LUTHIER-SNAPSHOT-1:", "length is missing"),
        (b"LUTHIER-SNAPSHOT-1:x:e30=:END", "length is missing"),
        (b"LUTHIER-SNAPSHOT-1:02:e30=:END", "length is missing"),
        (b"LUTHIER-SNAPSHOT-1:0::END", "length is missing"),
        (b"LUTHIER-SNAPSHOT-1:99999999:e30=:END", "length is missing"),
        (b"LUTHIER-SNAPSHOT-1:2097153:e30=:END", "2097153 is over 2097152 bytes"),
        (b"LUTHIER-SNAPSHOT-1:2:e30=:EN", "does not end after the 2 bytes"),
        (b"LUTHIER-SNAPSHOT-1:2:e3", "does not end after the 2 bytes"),
        (b"LUTHIER-SNAPSHOT-1:3:e30=:END", "base64"),
        (b"LUTHIER-SNAPSHOT-1:1:e30=:END", "base64"),
        (b"LUTHIER-SNAPSHOT-1:2:e31=:END", "base64"),
        (b"LUTHIER-SNAPSHOT-1:2:e3\n=:END", "base64"),
        (b"LUTHIER-SNAPSHOT-1:2:e-0=:END", "base64"),
    ],
)
def test_a_damaged_frame_is_refused_with_its_place(frame, fault):
    with pytest.raises(InputRefused, match=rf"The picture carries a design at byte 3 .*{fault}"):
        find_payload(b"xyz" + frame, "The picture")


def test_every_changed_letter_of_the_base64_gives_another_document_or_a_refusal():
    document = b'{"name":"a rosette"}'
    frame = payload_text(document).encode()
    for place in range(len(b"LUTHIER-SNAPSHOT-1:20:"), len(frame) - len(b":END")):
        changed = bytearray(frame)
        changed[place] ^= 1
        try:
            assert find_payload(bytes(changed)) != document
        except InputRefused:
            continue


def test_a_document_of_two_mib_is_carried_and_one_byte_more_is_refused():
    assert find_payload(payload_text(b"x" * LARGEST_DOCUMENT_BYTES).encode()) is not None
    with pytest.raises(InputRefused, match="may have 2097152"):
        payload_text(b"x" * (LARGEST_DOCUMENT_BYTES + 1))
    long = base64.b64encode(b"x" * (LARGEST_DOCUMENT_BYTES + 1))
    with pytest.raises(InputRefused, match="over 2097152 bytes"):
        find_payload(b"LUTHIER-SNAPSHOT-1:2097153:" + long + b":END")


def test_a_file_of_64_mib_is_searched_and_one_byte_more_is_refused():
    frame = payload_text(b"{}").encode()
    room = bytes(LARGEST_FILE_BYTES - len(frame))
    assert find_payload(room + frame) == b"{}"
    with pytest.raises(InputRefused, match="more than 67108864 bytes"):
        find_payload(room + frame + b"x", "The picture")
