"""One page of the handbook: text that ships with the program, and nothing else.

This is the only place where Markdown is shown. What is handed in comes from
``resources/handbook`` and from the command table; links lead to other pages, and nothing is
loaded, neither from the disk nor from anywhere else.
"""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QPalette,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.style import GRID, tokens

_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_LINE_PERCENT = 128
_ABOVE_HEADING = 6 * GRID


class PageView(QTextBrowser):
    """Shows a page; ``pageWanted(id)`` asks for the one that a link names."""

    pageWanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("handbookPage")
        self.setAccessibleName(tr("Page of the handbook"))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(GRID * 5)
        self.anchorClicked.connect(self._follow)

    def show_text(self, text: str) -> None:
        """Show the Markdown of a page from its beginning."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Link, QColor(tokens().accent))
        self.setPalette(palette)
        self.document().setMarkdown(text, _FEATURES)
        self._space_lines()
        self.setExtraSelections([])
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def mark(self, words: str) -> int:
        """Mark every place of these words and go to the first; return how many there are."""
        found: list[QTextCursor] = []
        for word in words.split():
            cursor = self.document().find(word)
            while not cursor.isNull():
                found.append(cursor)
                cursor = self.document().find(word, cursor)
        self.setExtraSelections([_marked(cursor) for cursor in found])
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if found:
            self._go_to(min(cursor.selectionStart() for cursor in found))
        return len(found)

    def step(self, forward: int) -> None:
        """Go to the next marked place, or for -1 to the one before; round at the ends."""
        places = sorted(one.cursor.selectionStart() for one in self.extraSelections())
        if not places:
            return
        here = self.textCursor().position()
        if forward > 0:
            self._go_to(next((at for at in places if at > here), places[0]))
        else:
            self._go_to(next((at for at in reversed(places) if at < here), places[-1]))

    def _go_to(self, position: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _space_lines(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spacing = QTextBlockFormat()
        proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        spacing.setLineHeight(_LINE_PERCENT, proportional)
        cursor.mergeBlockFormat(spacing)
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() > 1:
                apart = QTextBlockFormat()
                apart.setTopMargin(_ABOVE_HEADING)
                QTextCursor(block).mergeBlockFormat(apart)
            block = block.next()

    def _follow(self, link: QUrl) -> None:
        self.pageWanted.emit(link.toString())

    # Qt overrides

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Load nothing, whatever a page names."""


def _marked(cursor: QTextCursor) -> QTextEdit.ExtraSelection:
    colours = tokens()
    marked = QTextEdit.ExtraSelection()
    marked.cursor = cursor
    marked.format.setBackground(QColor(colours.accent))
    marked.format.setForeground(QColor(colours.base))
    return marked
