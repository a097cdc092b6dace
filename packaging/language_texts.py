"""Lists every text that the window can show, read out of the source and the data.

A text is an English string of the source, written out or with holes (``Ring {0} of {1}``), or a
name or a description in ``resources``. What the rules below cannot tell is named in
``resources/languages/not_texts.json``; what is put together as the program runs in
``composed.json`` beside it. Run it to bring the catalogue of a language up to date:
new texts come in untranslated, texts that are gone leave.
"""

from __future__ import annotations

import ast
import json
import re
import string
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "luthier_desktop"
LANGUAGES = ROOT / "resources" / "languages"
NOT_TEXTS = LANGUAGES / "not_texts.json"
COMPOSED = LANGUAGES / "composed.json"
SHOWN = ("ui", "domain", "services", "storage", "exports")
"""The layers whose words reach the window; the command line speaks English alone."""

DATA = {
    "presets": ("name", "description"),
    "catalogue": ("name", "remark", "why", "source"),
}
"""Which members of the files in ``resources`` are shown."""

_UI = "luthier_desktop/ui/"
PARTS: dict[str, tuple[str, ...]] = {
    "1_editor": (f"{_UI}design_editor",),
    "2_log": (f"{_UI}run_", f"{_UI}snapshot", f"{_UI}feasib", f"{_UI}exporting", f"{_UI}backups"),
    "3_workshop": (f"{_UI}library", f"{_UI}workbench"),
    "5_checks": ("luthier_desktop/domain/feasibility", "luthier_desktop/domain/cut"),
    "6_rules": ("luthier_desktop/domain", "resources"),
    "7_errors": ("luthier_desktop/storage", "luthier_desktop/services", "luthier_desktop/exports"),
    "4_window": ("luthier_desktop",),
}
"""The files of a language, and where their texts come from; the first that fits has a text."""
MOST_VARIANTS = 16
Piece = tuple[tuple[str | None, ...], ...]
"""A part of a text: the ways it can be written, with None for what is put in."""
HOLE: Piece = ((None,),)
_NO_TEXT_CALLS = frozenset(
    {
        *("setObjectName", "getattr", "setattr", "hasattr", "TypeVar", "NewType", "compile"),
        *("execute", "executemany", "debug", "info", "critical", "exception", "getLogger"),
        *("startswith", "endswith", "removeprefix", "removesuffix", "encode", "split", "strip"),
        *("strftime", "strptime", "QColor", "QKeySequence", "glob", "rglob", "with_suffix"),
        *("resource", "Literal", "cast", "find", "rpartition", "partition", "open", "read_text"),
        *("write_text", "fromhex", "lstrip", "rstrip", "isinstance", "addPage", "setProperty"),
        *("property", "flag", "words_of", "number_of", "findChild", "import_module", "fullmatch"),
    }
)
"""Functions whose string arguments are names and patterns."""

_SQL = re.compile(
    r"\A\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|PRAGMA|BEGIN|COMMIT|ROLLBACK|ATTACH|DETACH|"
    r"WITH|ALTER|VACUUM|ANALYZE|REINDEX|SAVEPOINT|RELEASE|WHERE|FROM|ORDER BY|LIMIT|AND|OR|EXISTS|"
    r"UNION|VALUES|ON CONFLICT|NOT EXISTS|INTERSECT|GROUP BY|JOIN|LEFT JOIN)\b"
)
_HOLE = re.compile(r"\{\d+\}")
_WORD = re.compile(r"[A-Za-z]{2,}")
_UNITS = frozenset({"mm", "cm", "in", "ms", "px", "kB", "MB", "GB", "KiB", "MiB", "GiB", "min"})
_SENTENCE = re.compile(r"[A-Za-z][\w'\u2019&-]*[,.;:]?[\u00a0 ]+\S|\S[\u00a0 ]+[A-Za-z]{2,}")
_TITLE = re.compile(r"&?[A-Z](?:[a-z&-]+|[A-Z]*[a-z&-]{2,})[…:.?!]?\Z")
_MARKUP = re.compile(
    r"<[/?a-z!]|^\s*[\[{<]|[=;]\s*$|\\[dwsb]|::|^Q[A-Z]\w+ ?[{:#\[]|\(\?|^--[a-z]"
    r"|[a-z]_[a-z]+ [a-z]+_"
    r"|\b(SELECT|WHERE|ORDER BY|GROUP BY|PRAGMA|JOIN|DELETE FROM)\b"
)
_SOURCE = re.compile(r"\b(domain reference|[\w-]+\.(com|de|it|eu|dev|uk|net|js|html|org))\b")
"""Where a figure was read is named as it is."""
_LOWER = re.compile(r"[a-z]+(?:[- ][a-z]+)*\Z")


class Found(NamedTuple):
    """A text and the file, from the root, that has it."""

    text: str
    source: str


def texts(root: Path = ROOT) -> dict[str, str]:
    """Return every text that can be seen, with the first file that has it."""
    found: dict[str, str] = {}
    left_out = set(json.loads(NOT_TEXTS.read_text("utf-8"))["texts"])
    for one in (*_in_source(root), *_in_data(root)):
        if one.text not in left_out:
            found.setdefault(one.text, one.source)
    for text in json.loads(COMPOSED.read_text("utf-8"))["texts"]:
        found.setdefault(text, COMPOSED.relative_to(ROOT).as_posix())
    return found


def _in_source(root: Path) -> Iterator[Found]:
    package = root / PACKAGE.name
    paths = [path for layer in SHOWN for path in sorted((package / layer).rglob("*.py"))]
    for path in (package / "app.py", *paths):
        name = path.relative_to(root).as_posix()
        reader = _Reader(ast.parse(path.read_text("utf-8")), name)
        for text in reader.texts():
            yield Found(text, name)


class _Reader:
    """Reads the texts out of one module."""

    def __init__(self, tree: ast.Module, name: str) -> None:
        self._tree = tree
        self._has_words = "/ui/" in name or "/domain/" in name
        self._only_raised = "/exports/" in name

    def texts(self) -> Iterator[str]:
        yield from self._within(self._tree, is_raised=False, is_word=False)

    def _within(self, node: ast.AST, *, is_raised: bool, is_word: bool) -> Iterator[str]:
        """Yield the texts in *node*; a single small word counts where *is_word*."""
        templates = _templates(node) if isinstance(node, _STRINGS) else []
        if templates:
            if is_raised or not self._only_raised:
                yield from (one for one in templates if self._is_text(one, is_word=is_word))
            parts: Sequence[tuple[ast.AST, bool]] = [(part, False) for part in _values(node)]
        else:
            parts = _parts(node)
        is_raised = is_raised or isinstance(node, ast.Raise)
        for part, may_be_word in parts:
            yield from self._within(part, is_raised=is_raised, is_word=may_be_word)

    def _is_text(self, text: str, *, is_word: bool) -> bool:
        plain = _HOLE.sub("0", text)
        if any(pattern.search(plain) for pattern in (_SOURCE, _SQL, _MARKUP)):
            return False
        if not set(_WORD.findall(plain)) - _UNITS:
            return False
        if _HOLE.search(text):
            return " " in text.strip()
        if _SENTENCE.search(text) or _TITLE.match(text):
            return True
        return self._has_words and is_word and bool(_LOWER.match(text))


def _parts(node: ast.AST) -> Sequence[tuple[ast.AST, bool]]:
    """Return the parts of *node* that may hold texts, and whether one word alone is one there."""
    read = _READ.get(type(node))
    if read is not None:
        return read(node)
    return [(part, False) for part in ast.iter_child_nodes(node)]


def _of_call(node: Any) -> Sequence[tuple[ast.AST, bool]]:
    if _called(node) in _NO_TEXT_CALLS:
        return ()
    values = [one.value for one in node.keywords]
    return [(part, False) for part in (node.func, *node.args, *values)]


def _of_body(node: Any) -> Sequence[tuple[ast.AST, bool]]:
    """Leave out comments, defaults and annotations."""
    return [(part, False) for part in node.body if not _is_comment(part)]


def _of_table(node: Any) -> Sequence[tuple[ast.AST, bool]]:
    keys = [key for key in node.keys if key and _SENTENCE.search(str(getattr(key, "value", "")))]
    return [(key, False) for key in keys] + [(value, True) for value in node.values]


def _of_choice(node: Any) -> Sequence[tuple[ast.AST, bool]]:
    return ((node.body, True), (node.orelse, True))


def _of_value(node: Any) -> Sequence[tuple[ast.AST, bool]]:
    """Leave out what is compared, looked up by, or the name of what is bound."""
    return ((node.value, isinstance(node, ast.Return)),) if node.value is not None else ()


def _of_assignment(node: Any) -> Sequence[tuple[ast.AST, bool]]:
    is_listing = ast.unparse(node.targets[0]) in ("__all__", "__slots__")
    return () if is_listing else ((node.value, False),)


def _nothing(_: Any) -> Sequence[tuple[ast.AST, bool]]:
    return ()


_STRINGS = (ast.Constant, ast.JoinedStr, ast.BinOp)
_READ: dict[type[ast.AST], Callable[[Any], Sequence[tuple[ast.AST, bool]]]] = {
    ast.Call: _of_call,
    ast.Module: _of_body,
    ast.ClassDef: _of_body,
    ast.FunctionDef: _of_body,
    ast.Dict: _of_table,
    ast.IfExp: _of_choice,
    ast.Return: _of_value,
    ast.Attribute: _of_value,
    ast.Subscript: _of_value,
    ast.AnnAssign: _of_value,
    ast.FormattedValue: _of_value,
    ast.Assign: _of_assignment,
    **dict.fromkeys((ast.Compare, ast.Name, ast.MatchValue, ast.Import, ast.ImportFrom), _nothing),
}


def _is_comment(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _templates(node: ast.AST) -> list[str]:
    """Return the texts that *node* can become, with the choices in it made; [] for no string."""
    pieces = _pieces(node)
    if pieces is None:
        return []
    while prod(map(len, pieces)) > MOST_VARIANTS:
        most = max(pieces, key=len)
        pieces = [HOLE if piece is most else piece for piece in pieces]
    ways = product(*pieces)
    return list(dict.fromkeys(_numbered([one for part in way for one in part]) for way in ways))


def _pieces(node: ast.AST) -> list[Piece] | None:
    """Return what *node* is put together of, or None where it is no string of the source."""
    if isinstance(node, ast.Constant):
        return [(_formatted(node.value),)] if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return [_choices(part) for part in node.values]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _pieces(node.left), _pieces(node.right)
        if left is None and right is None:
            return None
        return (left or [_choices(node.left)]) + (right or [_choices(node.right)])
    return None


def _choices(part: ast.expr) -> Piece:
    if isinstance(part, ast.Constant):
        return ((str(part.value),),)
    value = part.value if isinstance(part, ast.FormattedValue) else part
    if isinstance(value, ast.IfExp):
        both = [_pieces(value.body), _pieces(value.orelse)]
        if all(pieces is not None for pieces in both):
            ways = [way for pieces in both for way in product(*(pieces or []))]
            return tuple(tuple(one for part in way for one in part) for way in ways)
    return HOLE


def _formatted(text: str) -> tuple[str | None, ...]:
    """Split a constant at the holes that ``str.format`` fills."""
    if "{" not in text:
        return (text,)
    pieces: list[str | None] = []
    try:
        for literal, field, _, _ in string.Formatter().parse(text):
            pieces += [literal] if literal else []
            pieces += [None] if field is not None else []
    except ValueError:
        return (text,)
    return tuple(pieces)


def _numbered(pieces: list[str | None]) -> str:
    count, text = 0, ""
    for piece in pieces:
        text += f"{{{count}}}" if piece is None else piece
        count += piece is None
    return text.strip()


def _values(node: ast.AST) -> list[ast.AST]:
    """Return the expressions in the holes of a string."""
    if isinstance(node, ast.JoinedStr):
        values = [one.value for one in node.values if isinstance(one, ast.FormattedValue)]
        return [one for one in values if _choices(one) == HOLE]
    if isinstance(node, ast.BinOp):
        sides = (node.left, node.right)
        return [
            inner
            for side in sides
            for inner in (_values(side) if _pieces(side) is not None else [side])
        ]
    return []


def _in_data(root: Path) -> Iterator[Found]:
    for folder, members in DATA.items():
        for path in sorted((root / "resources" / folder).glob("*.json")):
            name = path.relative_to(root).as_posix()
            document: object = json.loads(path.read_text("utf-8"))
            for text in _told(document, members):
                yield Found(text, name)


def _told(document: object, members: tuple[str, ...]) -> Iterator[str]:
    if isinstance(document, dict):
        for key, value in document.items():
            for one in value if isinstance(value, list) else [value]:
                if key in members and isinstance(one, str) and _WORD.search(one):
                    yield one
                elif not isinstance(one, str):
                    yield from _told(one, members)
    elif isinstance(document, list):
        for one in document:
            yield from _told(one, members)


def update(language: str) -> None:
    """Write the files of *language* anew: all texts of today, with what was translated before."""
    folder = LANGUAGES / language
    known = catalogue(folder)
    parts: dict[str, dict[str, str]] = {part: {} for part in PARTS}
    for text, source in sorted(texts().items()):
        parts[_part(source)][text] = known.get(text, "")
    folder.mkdir(parents=True, exist_ok=True)
    for part, found in parts.items():
        written = json.dumps({"texts": found}, ensure_ascii=False, indent=1)
        (folder / f"{part}.json").write_text(written + "\n", encoding="utf-8")


def catalogue(folder: Path) -> dict[str, str]:
    """Return the texts in the files of *folder*."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.json")):
        found |= json.loads(path.read_text("utf-8"))["texts"]
    return found


def _part(source: str) -> str:
    return next(part for part, begins in PARTS.items() if source.startswith(begins))


def main() -> int:
    """Bring the catalogue of every language up to date and tell how much is translated."""
    for folder in sorted(path for path in LANGUAGES.iterdir() if path.is_dir()):
        update(folder.name)
        for path in sorted(folder.glob("*.json")):
            found = json.loads(path.read_text("utf-8"))["texts"]
            print(f"{folder.name}/{path.name}: {sum(map(bool, found.values()))} of {len(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
