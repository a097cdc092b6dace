"""The texts of other languages: all that the source says, with the same holes, and no others."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(path for path in (ROOT / "resources" / "languages").iterdir() if path.is_dir())
HOLE = re.compile(r"\{\d+\}")
MNEMONIC = re.compile(r"&(?=\w)")
HOW = "run packaging/language_texts.py in the environment of packaging/dev.py, then translate"


@cache
def language_texts() -> ModuleType:
    path = ROOT / "packaging" / "language_texts.py"
    spec = importlib.util.spec_from_file_location("language_texts", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def entries(folder: Path) -> list[tuple[str, str]]:
    found = []
    for path in sorted(folder.glob("*.json")):
        found += list(json.loads(path.read_text("utf-8"))["texts"].items())
    return found


def said(source: str) -> list[str]:
    reader = language_texts()._Reader(ast.parse(source), "luthier_desktop/ui/some.py")
    return list(reader.texts())


def test_every_language_has_the_texts_of_the_source_each_once() -> None:
    texts = Counter(language_texts().texts().keys())
    for folder in FOLDERS:
        known = Counter(english for english, _ in entries(folder))
        assert (known - texts, texts - known) == (Counter(), Counter()), HOW


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.name))
def test_every_text_is_translated_with_its_holes_and_its_mnemonic(folder: Path) -> None:
    faults = [
        english
        for english, text in entries(folder)
        if not text
        or set(HOLE.findall(english)) != set(HOLE.findall(text))
        or len(MNEMONIC.findall(english)) != len(MNEMONIC.findall(text))
        or text != text.strip()
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("label.setText('Save it.')", ["Save it."]),
        ("say('Put it ' 'there.')", ["Put it there."]),
        ("say('Put it ' + place)", ["Put it {0}"]),
        ("say(f'Ring {at} of {count:,}')", ["Ring {0} of {1}"]),
        ("T = 'Ring {} of {name}'", ["Ring {0} of {1}"]),
        (
            'say(f\'{n} run{"s" if n != 1 else ""} left\')',
            ["{0} runs left", "{0} run left"],
        ),
        ("say(f'of {\"inner ring\" if n else name}')", ["of {0}", "inner ring"]),
        ("def words():\n    return 'inner'", ["inner"]),
        ("def words():\n    'A word.'", []),
        ("w.setObjectName('Some name')", []),
        ("a = x['Some key'] if y == 'Some word' else b", []),
        ("run('SELECT a FROM b')", []),
        ("say(f'{a} · {b:.2f} mm')", []),
        ("mode('raw')", []),
    ],
)
def test_what_is_a_text_and_what_is_not(source: str, found: list[str]) -> None:
    assert said(source) == found
