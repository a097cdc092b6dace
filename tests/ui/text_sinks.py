"""Finds where the window's code hands a text that is no literal to what may read markup in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

ESCAPED = frozenset({"tool_tip", "PlainLabel"})
MNEMONIC = frozenset({"menu_text"})
TITLE = frozenset({"title_text"})
LINE = frozenset({"sentence", "shown"})
HELPERS = ESCAPED | MNEMONIC | TITLE | LINE
"""Of ``ui.messages``: what makes a text fit for each of the four kinds of places."""

CONSTANT = frozenset(
    {
        *("command.text", "command.tip", "shown_keys(command)", "PROGRAM", "menu_title"),
        *(
            "question.title",
            "question.verb",
            "form.title",
            "form.verb",
            "of.begin",
            "one.text",
            "one.tip",
            "field.words",
        ),
        *("self", "owner", "parent", "window", "self._window", "self._owner"),
    }
)
"""Tables of literals, the program's name, and parents, which are no text."""

TABLES = {
    "Command": (1, 6),
    "OptionField": (2,),
    "Question": (1, 4),
    "Form": (1, 3),
    "RowsOf": (2,),
    "Errand": (1, 4),
    "Work": (1, 4),
}
"""Which arguments of each table's entry are literals wherever one is made."""

NEVER = frozenset(
    {
        *("QLabel", "QTextEdit", "QTextBrowser", "QTextDocument", "QErrorMessage", "QStaticText"),
        *("QInputDialog", "QProgressDialog", "QToolTip", "QWhatsThis", "QSplashScreen"),
        *("QGraphicsTextItem", "QWizardPage", "QCommandLinkButton", "QSystemTrayIcon"),
        *("setHtml", "insertHtml", "appendHtml", "toHtml", "setMarkdown", "insertMarkdown"),
        *("setDefaultStyleSheet", "setOpenExternalLinks", "setOpenLinks", "RichText", "AutoText"),
    }
)
"""Classes and methods that read markup; only ``ui.messages`` may name them."""

MODULES = frozenset({"QtWidgets", "QtGui"})
"""Imported as a whole they would hide which class is meant."""

STATIC_BOXES = frozenset({"about", "critical", "information", "question", "warning"})
SETTERS = {
    "setToolTip": (-1, ESCAPED),
    "setTabToolTip": (-1, ESCAPED),
    "setWhatsThis": (-1, ESCAPED),
    "setInformativeText": (0, ESCAPED),
    "setLabelText": (-1, ESCAPED),
    "addRow": (0, ESCAPED),
    "setStatusTip": (-1, LINE),
    "setWindowTitle": (0, TITLE),
    "setTitle": (0, MNEMONIC),
    "setTabText": (-1, MNEMONIC),
    "addTab": (-1, MNEMONIC),
    "addMenu": (0, MNEMONIC),
    "addAction": (0, MNEMONIC),
    "addSection": (0, MNEMONIC),
    "addButton": (0, MNEMONIC),
}
"""Which argument of each method is the text, the last for -1, and which helpers fit it."""

BUILDERS = {
    **dict.fromkeys(("QAction", "QMenu", "Menu", "QGroupBox", "QToolBar"), ((0,), MNEMONIC)),
    **dict.fromkeys(("QPushButton", "QCheckBox", "QRadioButton"), ((0,), MNEMONIC)),
    "QDockWidget": ((0,), TITLE),
    "QFileDialog": ((1,), TITLE),
    "QMessageBox": ((1, 2), LINE),
}
"""Which arguments of each constructor are texts, and which helpers fit them."""

PLAIN_BOX = "setTextFormat(Qt.TextFormat.PlainText)"


def faults_in(source: str) -> list[str]:
    """Return a line for each place of *source* that breaks a rule."""
    tree = ast.parse(source)
    return [f"{line}: {told}" for line, told in sorted(set(_Reader(tree).faults()))]


class _Reader:
    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        self._values: dict[str, list[ast.expr | None]] = {}
        self._returns: dict[str, list[ast.expr | None]] = {}
        self._deciding: set[str] = set()
        self._fitting: frozenset[str] = frozenset()
        self._foreign: set[str] = set()
        for node in ast.walk(tree):
            self._note(node)

    def _note(self, node: ast.AST) -> None:
        """Note what every name is bound to anywhere in the module, and what functions return."""
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._bind(target, node.value)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr | ast.AugAssign):
            self._bind(node.target, node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            self._bind_each(node.target, node.iter)
        elif isinstance(node, ast.arg):
            self._values.setdefault(node.arg, []).append(None)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            self._bind(node.optional_vars, None)
        elif isinstance(node, ast.FunctionDef):
            found = [one.value for one in ast.walk(node) if isinstance(one, ast.Return)]
            self._returns.setdefault(node.name, []).extend(found or [None])

    def _bind(self, target: ast.expr, value: ast.expr | None) -> None:
        if isinstance(target, ast.Name):
            self._values.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple | ast.List):
            whole = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
            parts: list[ast.expr | None] = [None] * len(target.elts)
            if whole and isinstance(value, ast.Tuple):
                parts = list(value.elts)
            for one, part in zip(target.elts, parts, strict=True):
                self._bind(one, part)

    def _bind_each(self, target: ast.expr, among: ast.expr) -> None:
        entries = among.elts if isinstance(among, ast.Tuple | ast.List) else [None]
        for entry in entries:
            self._bind(target, entry)

    def faults(self) -> Iterator[tuple[int, str]]:
        source = ast.unparse(self._tree)
        if source.count("QMessageBox(") > source.count(PLAIN_BOX):
            yield 1, "a message box without PlainText"
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield from self._imports(node)
            elif isinstance(node, ast.Name | ast.Attribute):
                yield from self._names(node)
            elif isinstance(node, ast.Constant) and node.value in (NEVER | SETTERS.keys()):
                yield node.lineno, f"{node.value} by its name"
            elif isinstance(node, ast.Call):
                yield from self._calls(node)

    def _imports(self, node: ast.Import | ast.ImportFrom) -> Iterator[tuple[int, str]]:
        for alias in node.names:
            last = alias.name.rpartition(".")[2]
            renamed = alias.asname not in (None, alias.name)
            watched = last in NEVER | BUILDERS.keys() | HELPERS
            if last in NEVER | MODULES or alias.name == "*" or (renamed and watched):
                yield node.lineno, f"import of {alias.name}"
            if last in HELPERS and not _is_ours(node):
                self._foreign.add(last)

    def _names(self, node: ast.Name | ast.Attribute) -> Iterator[tuple[int, str]]:
        word = node.attr if isinstance(node, ast.Attribute) else node.id
        if word in NEVER:
            yield node.lineno, word
        loose = isinstance(node, ast.Attribute) and id(node) not in self._called
        if loose and word in SETTERS:
            yield node.lineno, f"{word} handed on"

    def _calls(self, node: ast.Call) -> Iterator[tuple[int, str]]:
        word = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
        if word in STATIC_BOXES and ast.unparse(node.func).startswith("QMessageBox."):
            yield node.lineno, f"QMessageBox.{word}"
        if any(isinstance(one, ast.Starred) for one in node.args) and word in (
            SETTERS.keys() | BUILDERS.keys()
        ):
            yield node.lineno, f"{word} with unseen arguments"
            return
        places, self._fitting = BUILDERS.get(word, ((), frozenset()))
        if word in SETTERS and isinstance(node.func, ast.Attribute):
            place, self._fitting = SETTERS[word]
            places = (place % max(len(node.args), 1),)
        texts = [node.args[place] for place in places if place < len(node.args)]
        if places:
            names = ("text", "title", "toolTip", "label", "labelText")
            texts += [one.value for one in node.keywords if one.arg in names]
        for text in texts:
            if not self._is_plain(text):
                yield node.lineno, f"{word}({ast.unparse(text)})"

    def _is_plain(self, text: ast.expr | None) -> bool:
        """Whether *text* is a literal, made of literals, no text at all, or of a helper."""
        if text is None:
            return False
        if isinstance(text, ast.Constant) or ast.unparse(text) in CONSTANT or _is_action(text):
            return True
        if isinstance(text, ast.FormattedValue) and _is_number(text):
            return True
        if isinstance(text, ast.Name):
            return self._is_plain_name(text.id, self._values)
        if isinstance(text, ast.Call):
            return self._is_plain_call(text)
        parts = _parts(text)
        return bool(parts) and all(map(self._is_plain, parts))

    def _is_plain_call(self, call: ast.Call) -> bool:
        if isinstance(call.func, ast.Name):
            word = call.func.id
            if word == "tr":
                return all(map(self._is_plain, call.args))
            return self._fits(word) or self._is_plain_name(word, self._returns)
        if not isinstance(call.func, ast.Attribute):
            return False
        if call.func.attr == "tr":
            return all(map(self._is_plain, call.args))
        if call.func.attr in ("rstrip", "strip", "lower", "capitalize"):
            return self._is_plain(call.func.value)
        return call.func.attr == "toggleViewAction"

    def _fits(self, word: str) -> bool:
        return word in BUILDERS or (word in self._fitting and word not in self._foreign)

    def _is_plain_name(self, name: str, among: dict[str, list[ast.expr | None]]) -> bool:
        """Whether everything that the module binds to *name* is plain; unknown is not."""
        if name not in among or name in self._deciding:
            return False
        self._deciding.add(name)
        plain = all(map(self._is_plain, among[name]))
        self._deciding.discard(name)
        return plain


def _parts(text: ast.expr) -> list[ast.expr]:
    """Return what a text is put together of; nothing where that is not known."""
    if isinstance(text, ast.JoinedStr | ast.BoolOp | ast.Dict):
        return list(text.values)
    if isinstance(text, ast.Tuple | ast.List):
        return list(text.elts)
    if isinstance(text, ast.IfExp):
        return [text.body, text.orelse]
    if isinstance(text, ast.BinOp):
        return [text.left, text.right]
    return [text.value] if isinstance(text, ast.FormattedValue | ast.Subscript) else []


def _is_action(text: ast.expr) -> bool:
    """Whether this is a command's action, which ``ui.commands`` made."""
    return ast.unparse(text).startswith(("self._actions[", "self.commands["))


def _is_number(value: ast.FormattedValue) -> bool:
    """Whether the format is one that only a number can have."""
    spec = ast.unparse(value.format_spec) if value.format_spec is not None else ""
    return any(mark in spec for mark in (",", ".1f", ".0f", "d"))


def _is_ours(node: ast.Import | ast.ImportFrom) -> bool:
    modules = ("luthier_desktop.ui.messages", "luthier_desktop.ui.commands")
    return isinstance(node, ast.ImportFrom) and node.module in modules
