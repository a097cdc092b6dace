"""A record as nodes: their names, texts and places, and where a word is found. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from luthier_desktop.domain.display import shown

LONGEST_VALUE = 400
_KINDS = {dict: ("member", "members"), list: ("entry", "entries")}

Place = tuple[int, ...]
"""A node by its position among its neighbours, from the outermost inwards."""


class Node:
    """One name and its value; what is inside is made when it is asked for first."""

    __slots__ = ("_children", "name", "parent", "row", "value")

    def __init__(self, name: str, value: Any, parent: Node | None = None, row: int = 0) -> None:
        self.name = name
        self.value = value
        self.parent = parent
        self.row = row
        self._children: list[Node] | None = None

    @property
    def children(self) -> list[Node]:
        """The nodes inside."""
        if self._children is None:
            inside = enumerate(_members(self.value))
            self._children = [Node(name, value, self, row) for row, (name, value) in inside]
        return self._children

    @property
    def count(self) -> int:
        """How many nodes are inside, without making them."""
        return len(self.value) if isinstance(self.value, dict | list) else 0

    @property
    def text(self) -> str:
        """The value on one line, shortened; of a branch how much is inside."""
        if isinstance(self.value, dict | list) and self.value:
            one, more = _KINDS[type(self.value)]
            return f"{self.count} {one if self.count == 1 else more}"
        return shown(written(self.value), LONGEST_VALUE)

    def pointer(self) -> str:
        """Return the JSON pointer (RFC 6901) of this node."""
        if self.parent is None:
            return ""
        name = self.name.replace("~", "~0").replace("/", "~1")
        return f"{self.parent.pointer()}/{name}"

    def at(self, place: Place) -> Node:
        """Return the node at a place below this one."""
        node = self
        for row in place:
            node = node.children[row]
        return node


class Record(NamedTuple):
    """A record to be shown: its outermost node, and the text of each node in their order."""

    root: Node
    texts: tuple[tuple[Place, str], ...]

    def hits(self, word: str) -> list[Place]:
        """Return where *word* stands in a name or a value, in any letter case."""
        wanted = word.casefold()
        return [place for place, text in self.texts if wanted in text] if wanted else []


def record_of(value: Any) -> Record:
    """Prepare a record; for the worker, since a record may be long."""
    return Record(Node("", value), tuple(_texts(value, ())))


NO_RECORD = Record(Node("", {}), ())


def written(value: Any) -> str:
    """Write a single value as people read it."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, dict | list):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value}"


def _texts(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    for row, (name, inside) in enumerate(_members(value)):
        here = (*place, row)
        if isinstance(inside, dict | list) and inside:
            yield here, name.casefold()
            yield from _texts(inside, here)
        else:
            yield here, f"{name}\n{written(inside)}".casefold()


def _members(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    if isinstance(value, list):
        return [(str(position), each) for position, each in enumerate(value)]
    return []
