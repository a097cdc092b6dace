"""What the hands of the monkey do: keys, words, clicks, and any command by its name."""

from __future__ import annotations

import random

from luthier_desktop.ui.commands import COMMANDS, plain_text

WIDE, HIGH = 1366, 768
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
KEYS = (
    "Tab", "Tab", "Tab", "shift+Tab", "Up", "Down", "Down", "Left", "Right", "Return", "space",
    "Escape", "Escape", "Escape", "Delete", "Insert", "Home", "End", "Prior", "Next", "BackSpace",
    "F1", "F2", "F5", "F5", "F6", "shift+F6", "F7", "F8", "ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4",
    "ctrl+5", "ctrl+6", "ctrl+k", "ctrl+z", "ctrl+z", "ctrl+y", "ctrl+s", "ctrl+n", "ctrl+e",
    "ctrl+p", "ctrl+o", "ctrl+d", "ctrl+u", "ctrl+f", "ctrl+t", "ctrl+w", "ctrl+Up", "ctrl+Down",
    "ctrl+Right", "shift+Right", "alt+Right", "ctrl+a", "ctrl+c", "ctrl+v", "ctrl+0", "alt+f",
    "alt+e", "alt+v", "alt+w", "alt+h", "question", "slash", "period", "comma", "plus", "minus",
    "Menu", "F10", "ctrl+g", "ctrl+Return", "ctrl+Next", "ctrl+Prior", "ctrl+Tab", "shift+Down",
    "shift+d", "shift+e", "ctrl+x", "ctrl+i", "ctrl+l", "ctrl+r", "ctrl+j", "ctrl+m", "ctrl+b",
    "alt+Up", "alt+Down", "alt+Left", "ctrl+BackSpace", "ctrl+Delete", "ctrl+shift+z",
)  # fmt: skip
TYPED = ("2.5", "1/16", '3/32"', "herringbone", "-1", "1e9", "0", "a b c", "((((", "ring", "é")
_ENDS = ("quit",)
NAMES = tuple(plain_text(one) for one in COMMANDS if one.id not in _ENDS)


def action(chance: random.Random) -> str:
    """Return the next thing to do, in the words of xdotool."""
    kind = chance.random()
    if kind < 0.53:
        return f"key --delay 4 {chance.choice(KEYS)}"
    if kind < 0.62:
        return f"key --delay 4 {chance.choice(LETTERS)}"
    if kind < 0.69:
        return f"type --delay 4 '{chance.choice(TYPED)}'"
    if kind < 0.72:
        return _command(chance)
    return _mouse(chance, kind)


def _command(chance: random.Random) -> str:
    """Choose any command from the palette: what has no key is reached by this alone."""
    return "\n".join(
        (
            "key --delay 20 Escape Escape Escape ctrl+k",
            "sleep 0.15",
            f"type --delay 4 '{chance.choice(NAMES)}'",
            "sleep 0.05",
            "key Return",
            "sleep 0.3",
        )
    )


def _mouse(chance: random.Random, kind: float) -> str:
    place = _place(chance)
    if kind < 0.90:
        return f"{place} click {chance.choice((1, 1, 1, 1, 3))}"
    if kind < 0.95:
        return f"{place} click {chance.choice((4, 5))}"
    if kind < 0.97:
        return f"{place} click --repeat 2 --delay 20 1"
    return f"{place} mousedown 1 {_place(chance)} mouseup 1"


def _place(chance: random.Random) -> str:
    return f"mousemove {chance.randrange(WIDE)} {chance.randrange(HIGH)}"
