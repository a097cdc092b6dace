"""Filters of the run log: what they can ask for, and those that are kept under a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from luthier_desktop.domain.errors import Conflict, InputRefused, NotFound
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.run_query_text import parse
from luthier_desktop.storage.config_file import ConfigFile
from luthier_desktop.storage.index_values import OccurringValues
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.store import Store

SCHEMA = "luthier.filters/1"
MOST_VALUES = 200
LONGEST_NAME = 60
MOST_SAVED = 100
_NEWEST_RUNS = 1000
__all__ = ["Filters", "OccurringValues", "SavedFilter"]


class SavedFilter(NamedTuple):
    """A filter under a name; *text* is its line, with ``week`` for this week as it was typed."""

    name: str
    text: str


class Filters:
    """Offers the values that occur, and keeps filters of this user in a file of their own."""

    def __init__(self, store: Callable[[], Store], config: Path, calls: OsCalls = OS) -> None:
        self._store = store
        self._file = ConfigFile(config / "filters.json", SCHEMA, "The saved filters", calls)

    def values(self, name: str, most: int = MOST_VALUES) -> OccurringValues:
        """Return the values of a filter that occur in the log, each with the count of its runs.

        There may be as many designs as runs: of them the names in the newest runs are told.

        Raises:
            InputRefused: There is no such filter.
        """
        store = self._store()
        store.catch_up()
        if name != "design":
            return store.lists.occurring(name, most)
        page = store.lists.find(RunQuery(limit=_NEWEST_RUNS))
        names = Counter(entry.design_name for entry in page.entries if entry.design_name)
        ordered = sorted(names.items(), key=lambda each: (each[0].casefold(), each[0]))
        is_all = not page.has_more and len(ordered) <= most
        return OccurringValues(tuple(ordered[:most]), is_all)

    def saved(self) -> tuple[SavedFilter, ...]:
        """Return the saved filters in the order of their names.

        Raises:
            InputRefused: The file is not one that the program wrote; it is left as it is.
        """
        document = self._file.read()
        filters = document.get("filters", [])
        if not isinstance(filters, list):
            raise self._file.refusal("filters must be a list")
        return _ordered(_saved(plain) for plain in filters)

    def save(self, saved: SavedFilter, *, replace: bool = False) -> tuple[SavedFilter, ...]:
        """Keep a filter; return all that are kept.

        Raises:
            InputRefused: The name or the line is none.
            Conflict: The name is taken.
            StorageFailed: It is not known to be saved.
        """
        kept = SavedFilter(_named(saved.name), parse(saved.text).text())

        def change(filters: list[SavedFilter]) -> list[SavedFilter]:
            others = [each for each in filters if not _is_same(each.name, kept.name)]
            if len(others) < len(filters) and not replace:
                raise Conflict(f"A filter is named {kept.name!r} already; choose another name.")
            if len(others) >= MOST_SAVED:
                raise InputRefused(f"At most {MOST_SAVED} filters are kept; delete one first.")
            return [*others, kept]

        return self._change(change)

    def rename(self, name: str, new_name: str) -> tuple[SavedFilter, ...]:
        """Give a saved filter another name; return all that are kept.

        Raises:
            InputRefused: The new name is none.
            NotFound: There is no such filter.
            Conflict: The new name is taken.
        """
        wanted = _named(new_name)

        def change(filters: list[SavedFilter]) -> list[SavedFilter]:
            found = _find(filters, name)
            others = [each for each in filters if each is not found]
            if any(_is_same(each.name, wanted) for each in others):
                raise Conflict(f"A filter is named {wanted!r} already; choose another name.")
            return [*others, found._replace(name=wanted)]

        return self._change(change)

    def delete(self, name: str) -> tuple[SavedFilter, ...]:
        """Forget a saved filter; return all that are kept.

        Raises:
            NotFound: There is no such filter.
        """

        def change(filters: list[SavedFilter]) -> list[SavedFilter]:
            found = _find(filters, name)
            return [each for each in filters if each is not found]

        return self._change(change)

    def _change(
        self, change: Callable[[list[SavedFilter]], Sequence[SavedFilter]]
    ) -> tuple[SavedFilter, ...]:
        with self._file.held():
            changed = _ordered(change(list(self.saved())))
            self._file.write({"filters": [each._asdict() for each in changed]})
        return changed


def _ordered(filters: Iterable[SavedFilter]) -> tuple[SavedFilter, ...]:
    return tuple(sorted(filters, key=lambda each: (each.name.casefold(), each.name)))


def _saved(plain: object) -> SavedFilter:
    members = plain if isinstance(plain, dict) else {}
    name, text = members.get("name"), members.get("text")
    if not isinstance(name, str) or not isinstance(text, str) or len(members) != 2:
        raise InputRefused("The saved filters: an entry must be an object with name and text.")
    return SavedFilter(name, text)


def _named(given: str) -> str:
    name = " ".join(given.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise InputRefused(
            f"The name of a filter must have 1 to {LONGEST_NAME} characters; it has {len(name)}.",
            "name",
        )
    return name


def _find(filters: Sequence[SavedFilter], name: str) -> SavedFilter:
    for each in filters:
        if each.name == name:
            return each
    raise NotFound(f"There is no saved filter {name[:LONGEST_NAME]!r} any more.")


def _is_same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
