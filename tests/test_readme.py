"""The README says what is true of the program as it is."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

from luthier_desktop.services.studio import open_studio

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


def test_the_worked_example_of_the_readme_is_what_the_program_answers(tmp_path: Path) -> None:
    example = re.search(r'^ {4}(\{"outer_diameter_mm": 100.*?\}\})$', README, re.M | re.S)
    assert example is not None
    plain = json.loads(example[1])
    with open_studio(tmp_path / "data") as studio:
        red = studio.feasibility.preview(studio.designs.read(example[1].encode(), "the example"))
        plain["channel"]["depth_mm"] = 1.4
        mended = json.dumps(plain).encode()
        yellow = studio.feasibility.preview(studio.designs.read(mended, "the example"))
    assert (red.risk_bucket, red.score) == ("RED", 30.3)
    assert red.binding is not None
    assert (red.binding.check_id, round(red.binding.value or 0.0, 9)) == ("C1", -0.4)
    assert (yellow.risk_bucket, yellow.score) == ("YELLOW", 77.5)
