"""Bytes from outside come in by one module; what else reads or parses is named here, with why."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "luthier_desktop"

THE_WAY_IN = "storage.incoming"
READS = frozenset(
    {"open", "fdopen", "open_code", "read_bytes", "read_text", "stdin", "mmap", "readAll"}
)
PARSES = frozenset(
    {"loads", "load", "JSONDecoder", "raw_decode", "fromJson", "literal_eval", "from_json"}
)
NEVER = frozenset(
    {
        *("pickle", "shelve", "marshal", "yaml", "tomllib", "configparser", "plistlib", "xml"),
        *("zipfile", "tarfile", "unpack_archive", "model_validate_json"),
        *("QSettings", "QDataStream", "QXmlStreamReader", "QUiLoader", "QPluginLoader"),
    }
)
WORDS = READS | PARSES | NEVER
BUILT_IN = frozenset({"open", "eval", "exec"})
OPENED_NO_FILE = frozenset(
    {"dialog", "box", "Store", "calls", "_calls", "verdict", "check", "gate", "self"}
    | {"KeySheet", "ColumnDialog", "staff", "CodeDialog"}
)
"""What has an ``open`` of another meaning, and the system calls of the store."""

LOADED_NO_FILE = frozenset({"backups", "deeds", "self"})
"""What has a ``load`` of another meaning: a backup by its name, a page of entries."""

OWN_READERS = {
    "cli.session": "standard input, as bytes that go the one way in",
    "cli.signing_in": "nothing: it asks whether standard input is a terminal",
    "services.bundles": "the checker and the words that go with a bundle",
    "services.endings": "what this program wrote when it ended badly, to be shown as text",
    "services.handbook": "the pages of the handbook, which go with the program",
    "services.job_process": "answers of our own second process",
    "services.licences": "the licences of the parts, which go with the program",
    "services.recorder": "whether the rules file of this version is there already",
    "storage.canonical": "bytes that are compared with their own canonical form",
    "storage.index_build": "nothing: it makes a file that it wrote durable",
    "storage.index_query": "the cursor of a page",
    "storage.index_writer": "columns of the index",
    "storage.machine": "the number of this machine, as the system gives it",
    "storage.os_calls": "the system calls of the store",
    "storage.parsing": "strict JSON itself",
    "storage.run_lists": "columns of the index",
    "storage.snapshot_index": "columns of the index",
    "storage.snapshot_writer": "columns of the index",
    "ui.job_runner": "answers of our own second process",
    "ui.workbench.handing_over": "one known word from the window that is open already",
    "ui.language": "the texts of another language, which ship with the program",
    "ui.window_state": "the layout of the window",
    "ui.workbench.printing_sheets": "nothing: it opens the dialog of the printer",
}
"""Modules that read a file or parse in another way than strictly, and what."""

STRICT_PARSERS = {
    "services.backup_reader": "a backup that the ledger proved, or one that it names no more",
    "services.backups": "a backup before it is stored: what is too large could not be read",
    "services.catalogue_lists": "a list that came the one way in, with limits of its own",
    "services.bundle_parts": "events and stored reports",
    "services.batch_forms": "the outline of a batch that came the one way in",
    "services.draft_lines": "lines of a journal whose hashes are right",
    "services.rules_file": "the rules that a stored report names",
    "services.share_export": "a stored snapshot",
    "services.share_inspection": "a share file that came the one way in, or a stored snapshot",
    "services.share_reading": "the snapshot and the run inside such a share file",
    "services.sharing": "such a share file again, for the witness in it",
    "services.snapshots": "stored snapshots",
}
"""Modules outside the store that parse what is in their hands already."""

PROVEN_READER = "services.catalogue"
"""Reads own entries fast: their bytes are proven against the ledger, and were written strictly."""

XML_WRITER = "exports.svg_tree"
_WRITES_XML = "from xml.etree.ElementTree import Element, SubElement, tostring"
"""Writing XML needs no parser, and this module has none."""


def module(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def found_in(source: str) -> set[str]:
    """Name every way to read or parse that *source* mentions, called or not, by any alias."""
    return {name for node in ast.walk(ast.parse(source)) for name in _names(node)}


def _names(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {part for alias in node.names for part in alias.name.split(".")} & WORDS
    if isinstance(node, ast.ImportFrom):
        if (node.module or "").startswith("luthier_desktop"):
            return set()
        return {*(node.module or "").split("."), *(alias.name for alias in node.names)} & WORDS
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return {node.id} & BUILT_IN
    if isinstance(node, ast.Attribute):
        base = _last_word(node.value)
        is_other = base in {"open": OPENED_NO_FILE, "load": LOADED_NO_FILE}.get(node.attr, ())
        return set() if is_other else {node.attr} & WORDS
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("getattr"):
        return {ast.literal_eval(arg) for arg in node.args if isinstance(arg, ast.Constant)}
    return set()


def _last_word(base: ast.AST) -> str:
    """Return the last name of what an attribute is asked of."""
    if isinstance(base, ast.Call):
        return _last_word(base.func)
    return base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    sources = {module(path): path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}
    return {name: found_in(source) for name, source in sources.items()}


def test_nothing_reads_or_parses_but_the_one_way_in_and_what_reads_its_own(
    found: dict[str, set[str]],
) -> None:
    """A new module that must is named above with what it reads; else it calls `take_in`."""
    readers = {name for name, ways in found.items() if ways & (READS | PARSES)}
    assert readers - {THE_WAY_IN, *OWN_READERS} == set()
    assert set(found) & set(OWN_READERS) <= readers


def test_strict_parsing_without_the_one_way_in_is_for_what_is_stored() -> None:
    users = {
        module(path) for path in PACKAGE.rglob("*.py") if "parse_strict" in path.read_text("utf-8")
    }
    outside_the_store = {name for name in users if not name.startswith("storage.")}
    assert outside_the_store - set(STRICT_PARSERS) == set()


def test_nothing_runs_or_unpacks_what_it_reads(found: dict[str, set[str]]) -> None:
    never = NEVER | {"eval", "exec"}
    used = {name: ways & never for name, ways in found.items() if ways & never}
    assert used == {XML_WRITER: {"xml"}, PROVEN_READER: {"model_validate_json"}}
    assert _WRITES_XML in (PACKAGE / "exports" / "svg_tree.py").read_text("utf-8").splitlines()


def test_only_what_asks_for_documents_lets_them_in() -> None:
    letting_in = {
        module(path) for path in PACKAGE.rglob("*.py") if "incoming import" in path.read_text()
    }
    asking = ("batches", "bench", "catalogue", "designs", "presets", "setups", "trust")
    inside = {"storage.against", "storage.evidence"}
    asking = (*asking, "legacy", "legacy_deed", "pin_files")
    asking = (*asking, "sharing", "share_carriers", "share_inspection")
    asking = (*asking, "setup_book", "catalogue_lists", "backup_states", "workshop_settings")
    asking = (*asking, "diagnostics")
    inside |= {"storage.legacy_folder", "storage.full_backup_manifest"}
    assert letting_in - {f"services.{name}" for name in asking} <= inside


@pytest.mark.parametrize(
    "source",
    [
        "import json\njson.loads(data)",
        "from json import loads as read",
        "import json as j\nread = j.loads",
        "getattr(json, 'loads')(data)",
        "open(path)",
        "reading = open",
        "Path(path).open('rb')",
        "path.read_text()",
        "list(map(Path.read_bytes, paths))",
        "import sys\nsys.stdin.read()",
        "import pickle",
        "from xml.etree import ElementTree",
        "eval(text)",
        "from PySide6.QtCore import QSettings as Q",
    ],
)
def test_a_module_that_reads_in_its_own_way_is_found(source: str) -> None:
    assert found_in(source)


def test_a_dialog_that_is_opened_reads_no_file() -> None:
    assert found_in("dialog.open()\nStore.open(layout)") == set()
