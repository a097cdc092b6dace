"""The keys as the command table has them, for the page of the handbook that lists them."""

from __future__ import annotations

import re

from luthier_desktop.ui.commands import COMMANDS, MENUS, plain_text, shown_keys
from luthier_desktop.ui.language import tr

PLACE = "{keys}"
"""What stands in the page where the keys come."""
_SIGN = re.compile(r"([\\`*_{}\[\]()#+.!|<>~-])")


def with_keys(text: str) -> str:
    """Return the text of a page with the keys in it, where it has a place for them."""
    return text.replace(PLACE, keys()) if PLACE in text else text


def keys() -> str:
    """Return a heading and a table for each menu, of the commands that have a key."""
    menus = dict.fromkeys([*MENUS, *(command.menu for command in COMMANDS)])
    return "\n".join(_menu(menu) for menu in menus if menu)


def _menu(menu_title: str) -> str:
    rows = [
        f"| {_plain(shown_keys(command))} | {_plain(tr(plain_text(command)))} |"
        for command in COMMANDS
        if command.menu == menu_title and command.sequences
    ]
    names = f"| {_plain(tr('Keys'))} | {_plain(tr('Command'))} |\n|---|---|"
    head = f"## {_plain(tr(menu_title).replace('&', ''))}\n\n{names}"
    return "\n".join([head, *rows, ""]) if rows else ""


def _plain(text: str) -> str:
    """Return *text* so that no sign of it means anything in Markdown."""
    return _SIGN.sub(r"\\\1", text)
