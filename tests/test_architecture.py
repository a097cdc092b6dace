"""The layout holds: arrows point one way, every module stands alone, files stay small."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "luthier_desktop"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _import_alone(module: str) -> str:
    """Import *module* in an interpreter of its own; return what went wrong, or nothing."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"import {module}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    return "" if done.returncode == 0 else f"{module}: {done.stderr.strip().splitlines()[-1]}"


def test_the_import_contracts_hold() -> None:
    """The arrows of pyproject.toml are kept."""
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(tool)], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout


def test_every_module_imports_alone() -> None:
    """No module needs another one to have been imported before it."""
    modules = [_module(path) for path in SOURCES if path.name != "__main__.py"]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        faults = [fault for fault in pool.map(_import_alone, modules) if fault]
    assert faults == []


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
