"""The lines of text that a row of the check view consists of, with their ink."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from luthier_desktop.ui import style
from luthier_desktop.ui.widgets import check_words as words
from luthier_desktop.ui.widgets.check_decision import Decision
from luthier_desktop.ui.widgets.check_tree import (
    Ask,
    Bar,
    CheckHead,
    Content,
    Heading,
    Level,
    Number,
    Offer,
    Text,
)

SMALL_GAP = style.GRID // 2
NO_FIX = "No single change of one field clears this."
IN_SETUP = "In the setup, not in this design: shown only."


class Ink(Enum):
    """How a text is written: its size and weight."""

    PLAIN = "plain"
    STRONG = "strong"
    SMALL = "small"
    LINK = "link"

    @property
    def size(self) -> float:
        """The size as a factor of the view's font."""
        return 0.92 if self is Ink.SMALL else 1.0

    @property
    def is_bold(self) -> bool:
        """Whether the text stands out by its weight."""
        return self is Ink.STRONG


class Line(NamedTuple):
    """A text on the left, one on the right (or below it, where there is no room)."""

    left: str
    left_ink: Ink
    left_colour: str
    right: str = ""
    right_ink: Ink = Ink.PLAIN
    right_colour: str = ""
    gap: int = SMALL_GAP


def lines_of(content: Content) -> list[Line]:
    """Return the lines of a row, at least one."""
    match content:
        case CheckHead():
            return _check(content)
        case Heading():
            return [_heading(content)]
        case Text(caption, text):
            colours = style.tokens()
            lines = [Line(caption, Ink.SMALL, colours.muted, gap=0)] if caption else []
            return [*lines, Line(text, Ink.PLAIN, colours.text)]
        case Offer():
            return _offer(content)
        case Ask(decision=decision):
            return [_ask(decision)]
        case Number():
            return _number(content)
        case Bar(row):
            colours = style.tokens()
            text = words.margin_text(row)
            return [Line("Margin", Ink.SMALL, colours.muted, text, Ink.PLAIN, colours.text)]


def _check(head: CheckHead) -> list[Line]:
    colours = style.tokens()
    row = head.row
    sign = style.risk_sign(row.status)
    where = words.place_text(row)
    lines = [
        Line(
            words.plain(row.title),
            Ink.STRONG if head.decides else Ink.PLAIN,
            colours.text,
            words.value_text(row),
            Ink.STRONG,
            colours.text,
        ),
        Line(
            ", ".join(part for part in (sign.word, where, fix_count(head.fixes)) if part),
            Ink.STRONG,
            sign.colour,
            words.limit_text(row),
            Ink.SMALL,
            colours.muted,
        ),
    ]
    if head.decided:
        lines.append(Line(head.decided, Ink.STRONG, colours.text))
    if not head.decides:
        return lines
    caption = Line("Decides the verdict", Ink.SMALL, colours.muted)
    message = words.told(row.message)
    return [caption, *lines, *([Line(message, Ink.PLAIN, colours.text)] if message else [])]


def fix_count(fixes: int) -> str:
    """Count fixes: "1 fix"; "" for none."""
    return f"{fixes} {'fix' if fixes == 1 else 'fixes'}" if fixes else ""


def _offer(offer: Offer) -> list[Line]:
    colours = style.tokens()
    fix = offer.fix
    if fix is None:
        return [Line(NO_FIX, Ink.SMALL, colours.muted)]
    if not offer.of.is_live:  # recorded with a run, to be read
        first, notes = Line(fix.text, Ink.PLAIN, colours.text), words.told(fix.notes)
    elif fix.is_of_setup:
        first = Line(fix.text, Ink.PLAIN, colours.text)
        notes = "\n".join(part for part in (IN_SETUP, words.told(fix.notes)) if part)
    else:
        first = Line(fix.text, Ink.PLAIN, colours.text, "Fix", Ink.STRONG, colours.link)
        notes = words.told(fix.notes)
    return [first, *([Line(notes, Ink.SMALL, colours.muted)] if notes else [])]


def _ask(decision: Decision) -> Line:
    colours = style.tokens()
    if decision.refusal:
        return Line(decision.refusal, Ink.SMALL, colours.muted)
    return Line(decision.offer, Ink.PLAIN, colours.text, "Decide", Ink.STRONG, colours.link)


def _heading(heading: Heading) -> Line:
    colours = style.tokens()
    if heading.level is Level.LANE:
        return Line(heading.text, Ink.STRONG, colours.text, heading.note, Ink.SMALL, colours.muted)
    return Line(heading.text, Ink.PLAIN, colours.muted)


def _number(number: Number) -> list[Line]:
    colours = style.tokens()
    ink, colour = (Ink.LINK, colours.link) if number.path else (Ink.PLAIN, colours.text)
    line = Line(number.label, Ink.PLAIN, colours.text, number.text, ink, colour)
    return [line, Line(number.note, Ink.SMALL, colours.muted)] if number.note else [line]
