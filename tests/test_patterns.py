"""Every pattern must match alike in each Python that the program is for."""

import ast
import re
from pathlib import Path

SOURCES = sorted(Path("luthier_desktop").rglob("*.py"))
_NEVER_GIVES_BACK = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+|\(\?>")
"""A group that is repeated and keeps all it took: Python 3.11.0 to 3.11.4 match it wrongly."""


def _offenders(source: str) -> list[str]:
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    decoded = (text.decode("latin-1") if isinstance(text, bytes) else text for text in texts)
    return [text for text in decoded if isinstance(text, str) and _NEVER_GIVES_BACK.search(text)]


def test_no_pattern_repeats_a_group_without_giving_back() -> None:
    assert SOURCES
    found = {path.name: _offenders(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_such_a_pattern_would_be_found() -> None:
    assert _offenders('P = rb"a(?:b)*+"') == ["a(?:b)*+"]
    assert _offenders('P = "(?>a)"') == ["(?>a)"]
    assert _offenders('P = "[a-b]*+(c)+"') == []
