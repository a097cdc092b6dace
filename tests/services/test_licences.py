"""The licences that go with the program: every part of its own is named, Qt's texts are whole."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from luthier_desktop.services.licences import read_licences

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_every_dependency_is_named_with_its_licence() -> None:
    told = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    names = [re.split(r"[<>=;\[ ]", one)[0] for one in told]
    parts = read_licences().parts
    heads = [line.partition(":")[0] for line in parts.splitlines() if not line.startswith(" ")]
    assert [name for name in names if not any(name in head for head in heads)] == []
    assert "|" not in parts


def test_the_texts_that_qt_asks_for_are_whole() -> None:
    texts = read_licences()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in texts.lgpl
    assert texts.lgpl.rstrip().endswith("Library.")
    assert "END OF TERMS AND CONDITIONS" in texts.gpl
