"""What a screen reader says of a row of the check view."""

from __future__ import annotations

from luthier_desktop.ui import style
from luthier_desktop.ui.widgets import check_words as words
from luthier_desktop.ui.widgets.check_lines import IN_SETUP, NO_FIX, fix_count
from luthier_desktop.ui.widgets.check_tree import (
    Ask,
    Bar,
    CheckHead,
    Content,
    Heading,
    Number,
    Offer,
    Text,
)

_DECIDE = "Enter asks for the reason; the decision is recorded."
_KEPT = "Recorded with the run; open its design to apply it."
_APPLY = "Enter applies it as one step; undo takes it back."


def spoken(content: Content) -> str:
    """Say the row in one breath: "Residual top, red, 0.4 mm, needs at least 0.8 mm"."""
    match content:
        case CheckHead(row, decides, fixes, decided):
            said = words.spoken(row, style.risk_sign(row.status).word)
            said = ", ".join(part for part in (said, fix_count(fixes), decided) if part)
            return f"Decides the verdict: {said}" if decides else said
        case Heading(_, text, verdict, note):
            word = style.risk_sign(verdict).word.lower() if verdict else ""
            return ", ".join(part for part in (text, word, note) if part)
        case Offer(fix=fix):
            return f"Fix: {fix.text}" if fix else NO_FIX
        case Ask(decision=decision):
            return decision.offer or decision.refusal
        case Text(caption, text):
            return f"{caption}: {text}" if caption else text
        case Number(label, text, note=note):
            return f"{label} = {text}, {note}" if note else f"{label} = {text}"
        case Bar(row):
            return f"Margin: {words.margin_text(row)}"


def described(content: Content) -> str:
    """Say what lies behind the row: a check's sentence, or that a number leads to its field."""
    match content:
        case CheckHead(row):
            return words.told(row.message)
        case Offer(of=row, fix=fix) if fix:
            use = _KEPT if not row.is_live else IN_SETUP if fix.is_of_setup else _APPLY
            return f"{words.told(fix.notes)} {use}".strip()
        case Ask(decision=decision) if decision.offer:
            return _DECIDE
        case Number(path=path) if path:
            return "Enter goes to the field that holds this number."
        case _:
            return ""
