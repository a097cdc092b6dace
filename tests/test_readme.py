"""The README says what is true of the program as it is."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _key_table() -> ModuleType:
    path = ROOT / "packaging" / "key_table.py"
    spec = importlib.util.spec_from_file_location("key_table", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_key_table_of_the_readme_is_that_of_the_commands() -> None:
    """Mended by ``python3 packaging/key_table.py`` in the environment of dev.py."""
    assert _key_table().with_table(README) == README


def test_the_first_two_commands_of_the_readme_are_the_ones_that_a_bare_machine_needs() -> None:
    """They come before everything else that the README says."""
    commands = [line.strip() for line in README.splitlines() if line.startswith("    ")][:2]
    assert commands == ["python3 packaging/dev.py run", "python3 packaging/dev.py test"]
