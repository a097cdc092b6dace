from __future__ import annotations

import zlib

import base45
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.exports.qr import NamedDesign, is_qr_text, modules, qr_text, read_qr_text

SHA = "ab" * 32


def noise(size_bytes: int) -> bytes:
    """Return what cannot be packed."""
    import hashlib

    return b"".join(hashlib.sha256(b"%d" % at).digest() for at in range(size_bytes // 32 + 1))


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300))
def test_a_document_comes_back_also_with_line_ends_and_a_lost_blank(document: bytes) -> None:
    text = qr_text(document, SHA)
    for pasted in (text, f"\n  {text}\r\n", text.rstrip(" "), f"{text}  "):
        assert is_qr_text(pasted)
        assert read_qr_text(pasted) == document


def test_a_design_too_large_for_version_25_is_named() -> None:
    text = qr_text(noise(2000), SHA, "snap_1")
    assert text == f"LUTHIER1-ID:{SHA}:snap_1"
    assert read_qr_text(f" {text}\n") == NamedDesign(SHA, "snap_1")
    assert is_qr_text(text)


def test_the_largest_text_still_is_a_code_of_version_25_in_letters() -> None:
    size = next(n for n in range(960, 700, -1) if qr_text(noise(n)[:n], SHA)[8] == ":")
    code = segno.make_qr(qr_text(noise(size)[:size], SHA), error="M", boost_error=False)
    assert (code.mode, code.error) == ("alphanumeric", "M")
    assert code.version <= 25
    assert len(modules(f"LUTHIER1-ID:{SHA}:" + "x" * 64)) <= 117


def packed(data: bytes) -> str:
    return "LUTHIER1:" + base45.b45encode(data).decode()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello", "begins with LUTHIER1:"),
        ("LUTHIER1-ID:xyz:", "begins with LUTHIER1:"),
        ("LUTHIER1:", "damaged or incomplete"),
        ("LUTHIER1:::::::", "damaged or incomplete"),
        ("LUTHIER1:abc", "damaged or incomplete"),
        (packed(zlib.compress(b"{}"))[:-4], "damaged or incomplete"),
        (packed(zlib.compress(b"{}") + b"more"), "damaged or incomplete"),
        (packed(zlib.compress(bytes(2**21 + 1), 9)), "more than 2 MiB"),
        ("LUTHIER1:" + "0" * 5000, "at most 4296"),
    ],
)
def test_what_is_no_such_text_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InputRefused, match=reason):
        read_qr_text(text)
