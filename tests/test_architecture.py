"""The layout holds: arrows point one way, every module stands alone, files stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "luthier_desktop"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
PARTS = 4


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


IMPORT_EACH_ALONE = """
import importlib, sys
for module in sys.argv[1:]:
    for name in [name for name in sys.modules if name.split(".")[0] == "luthier_desktop"]:
        del sys.modules[name]
    try:
        importlib.import_module(module)
    except Exception as error:
        print(f"{module}: {error!r}")
"""


def _import_each_alone(modules: Sequence[str]) -> list[str]:
    """Import each module with none of ours imported before; return what went wrong."""
    command = [sys.executable, "-W", "error", "-c", IMPORT_EACH_ALONE, *modules]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return [*done.stdout.splitlines(), *done.stderr.splitlines()]


def test_the_import_contracts_hold() -> None:
    """The arrows of pyproject.toml are kept."""
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(tool)], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout


def test_a_module_that_needs_another_one_first_is_found(tmp_path: Path) -> None:
    package = tmp_path / "luthier_desktop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "first.py").write_text("import luthier_desktop.second\nNAME = 1\n")
    (package / "second.py").write_text("from luthier_desktop.first import NAME\n")
    command = [sys.executable, "-c", IMPORT_EACH_ALONE, "luthier_desktop.first"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.startswith("luthier_desktop.first: ImportError")


@pytest.mark.parametrize("part", range(PARTS))
def test_every_module_imports_alone(part: int) -> None:
    """No module needs another one to have been imported before it."""
    modules = [_module(path) for path in SOURCES if path.name != "__main__.py"]
    assert _import_each_alone(modules[part::PARTS]) == []


@pytest.mark.parametrize("path", SOURCES, ids=_module)
def test_files_and_functions_stay_small(path: Path) -> None:
    """A file has at most 400 lines and a function at most 50."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    functions = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION]
    assert long == []


def test_nothing_of_the_command_line_loads_qt() -> None:
    """A script that records runs on a machine without a screen never loads the window."""
    code = "import sys, luthier_desktop.cli; print([m for m in sys.modules if 'PySide' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
