"""What is said to the user, and how text from outside is shown: as plain text, always."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget

from luthier_desktop.domain import display
from luthier_desktop.ui.language import tr

_ISOLATE = "\u2068"
_END_ISOLATE = "\u2069"
_MARKS = (_ISOLATE, _END_ISOLATE)
_ISOLATES = re.compile(f"([{_ISOLATE}{_END_ISOLATE}])")
LONGEST_SENTENCE = 1000
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def shown(text: str, longest: int = display.LONGEST_SHOWN) -> str:
    """Return the display form of a name: one line, nothing hidden, isolated, elided at 80.

    Control, direction and zero-width characters appear as ``⟨U+202E⟩``; the stored form is
    unchanged. The whole is set between FSI and PDI, so that it cannot turn its neighbours.
    """
    return f"{_ISOLATE}{display.shown(text, longest)}{_END_ISOLATE}"


def sentence(text: str) -> str:
    """Return a sentence for a place of its own: one line, nothing hidden, not endless.

    Names that `shown` has isolated in it stay so.
    """
    parts = _ISOLATES.split(text[:LONGEST_SENTENCE])
    end = "…" if len(text) > LONGEST_SENTENCE else ""
    return "".join(part if part in _MARKS else display.in_full(part) for part in parts) + end


def plain(label: QLabel, text: str) -> None:
    """Show *text* on *label* in the window's language: no markup is read out of it."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(tr(text))


class PlainLabel(QLabel):
    """A label that never reads markup; the text it begins with is in the window's language."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(tr(text))


def set_tool_tip(owner: QWidget | QAction, text: str) -> None:
    """Give *owner* the tool tip *text*, shown as it is and wrapped."""
    owner.setToolTip(tool_tip(text))


def tool_tip(text: str) -> str:
    """Return *text* for a tool tip, in the window's language and escaped: no markup is read."""
    return f"<qt>{tr(text).translate(_ESCAPED)}</qt>" if text else ""


def menu_text(text: str) -> str:
    """Return *text* for a menu or a button: an ampersand is an ampersand, not a mnemonic."""
    return text.replace("&", "&&")


def title_text(text: str) -> str:
    """Return *text* for a window title, where ``[*]`` has a meaning of its own."""
    return text.replace("[*]", "[*][*]")


class Messages(QObject):
    """Carries what panels have to say to the one window that shows it.

    ``said``: a short word in passing (a toast). ``failed``: one sentence of a failure that no
    panel shows itself. ``warned``: what is wrong for as long as it lasts (the banner), "" ends it.
    ``alarmed``: the same for what must not be missed (the red banner).
    *offer* is asked about the sentence of a refusal; it says whether it shows that with a way out.
    """

    said = Signal(str)
    failed = Signal(str)
    warned = Signal(str)
    alarmed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offer: Callable[[str], bool] | None = None

    def say(self, sentence: str) -> None:
        """Show a short sentence for a few seconds, such as what was copied."""
        self.said.emit(sentence)

    def warn(self, sentence: str) -> None:
        """Show *sentence* across the window until it is replaced; "" takes it away."""
        self.warned.emit(sentence)

    def alarm(self, sentence: str) -> None:
        """Show *sentence* in red across the window until it is replaced; "" takes it away."""
        self.alarmed.emit(sentence)

    def fail(self, error: Exception, show: Callable[[str], None] | None = None) -> None:
        """Show a failure of ours with *show* (the panel's error line); report a bug as a bug."""
        from luthier_desktop.domain.errors import LuthierError, NotAllowed

        if not isinstance(error, LuthierError):
            sys.excepthook(type(error), error, error.__traceback__)
        elif isinstance(error, NotAllowed) and self.offer and self.offer(error.sentence):
            return
        elif show is not None:
            show(error.sentence)
        else:
            self.failed.emit(error.sentence)
