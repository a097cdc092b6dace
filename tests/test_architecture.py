"""The layout holds: arrows point one way, every module stands alone, files stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "luthier_desktop"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
ALONE = str(Path(__file__).with_name("imports_alone.py"))


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _import_each_alone(folder: Path) -> list[str]:
    """Import each module with none imported before that is not its own; return what is told."""
    command = [sys.executable, "-W", "error", ALONE, str(folder), "luthier_desktop"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    return [*done.stdout.splitlines(), *done.stderr.splitlines()]


def test_the_import_contracts_hold() -> None:
    """The arrows of pyproject.toml are kept."""
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(tool)], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout


NEEDY = {
    "in a cycle": (
        "import luthier_desktop.second\nNAME = 1\n",
        "from luthier_desktop.first import NAME\n",
        "luthier_desktop.first: ImportError",
    ),
    "by a name of the package": (
        "import luthier_desktop\nNAME = luthier_desktop.second.NAME\n",
        "NAME = 1\n",
        "luthier_desktop.first: AttributeError",
    ),
    "only sometimes": (
        "import sys\nassert 'luthier_desktop.second' in sys.modules\n",
        "if False:\n    import luthier_desktop.first\n",
        "luthier_desktop.first: AssertionError",
    ),
}


@pytest.mark.parametrize("how", NEEDY)
def test_a_module_that_needs_another_one_first_is_found(tmp_path: Path, how: str) -> None:
    package = tmp_path / "luthier_desktop"
    package.mkdir()
    first, second, told = NEEDY[how]
    for name, text in {"__init__": "", "first": first, "second": second, "third": ""}.items():
        (package / f"{name}.py").write_text(text)
    count, *found = _import_each_alone(tmp_path)
    assert count == "4"
    assert [line.partition("(")[0] for line in found] == [told]


def test_every_module_imports_alone() -> None:
    """No module needs another one to have been imported before it."""
    modules = [path for path in SOURCES if path.name != "__main__.py"]
    assert _import_each_alone(ROOT) == [str(len(modules))]


def _too_large(path: Path) -> list[str]:
    """Tell of a file of more than 400 lines, and of functions of more than 50."""
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    found = [f"{path}: {lines} lines"] if lines > LONGEST_FILE else []
    return found + [
        f"{path}: {node.name}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]


@pytest.mark.parametrize("folder", ["luthier_desktop", "tests", "resources", "packaging"])
def test_files_and_functions_stay_small(folder: str) -> None:
    """A file has at most 400 lines and a function at most 50, those of the tests too."""
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files
    assert [fault for path in files for fault in _too_large(path)] == []


def test_what_is_too_large_is_found(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("def long():\n" + "    pass\n" * 49)
    assert _too_large(path) == []
    path.write_text("def long():\n" + "    pass\n" * 50)
    assert _too_large(path) == [f"{path}: long"]
    path.write_text("\n" * 401)
    assert _too_large(path) == [f"{path}: 401 lines"]


def test_nothing_of_the_command_line_loads_qt() -> None:
    """A script that records runs on a machine without a screen never loads the window."""
    code = "import sys, luthier_desktop.cli; print([m for m in sys.modules if 'PySide' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
