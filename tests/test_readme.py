"""The README says what is true of the program as it is."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
from pathlib import Path
from types import ModuleType

import click

from luthier_desktop.cli.commands import luthier
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


def test_every_command_of_the_readme_is_one_that_the_program_understands() -> None:
    """Each is parsed as its user would type it, without being run."""
    lines = re.findall(r"^ {4}(?:.*\| )?\.venv/bin/luthier (.*)$", README, re.M)
    spans = re.findall(r"`luthier ([a-z][^`]*)`", README)
    assert len(lines) >= 15
    for words in [*map(shlex.split, lines), *map(shlex.split, spans)]:
        command, rest = _found(words)
        assert not isinstance(command, click.Group) or not rest, words
        options = {name for each in command.params for name in each.opts}
        asked = {word for word in rest if word.startswith("--")}
        assert asked <= options | {"--json"}, words
        if words in map(shlex.split, lines):
            command.make_context("luthier", list(rest)).close()


def _found(words: list[str]) -> tuple[click.Command, list[str]]:
    command: click.Command = luthier
    rest = list(words)
    while isinstance(command, click.Group) and rest:
        inner = command.get_command(click.Context(command), rest[0])
        assert inner is not None, words
        command, rest = inner, rest[1:]
    return command, rest


def test_every_picture_of_the_readme_is_there_and_small() -> None:
    named = set(re.findall(r"\]\((packaging/pictures/[^)]+)\)", README))
    found = {f"packaging/pictures/{path.name}" for path in (ROOT / "packaging/pictures").iterdir()}
    assert named == found
    assert all((ROOT / name).stat().st_size <= 250_000 for name in named)
