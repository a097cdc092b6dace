"""The handbook that ships with the program: its pages, in the order of their file names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from luthier_desktop.paths import resource

FIRST_LANGUAGE = "en"


class Page(NamedTuple):
    """One page: its id, such as ``run_log``, its title, and its text as Markdown of ours."""

    id: str
    title: str
    text: str


class Hit(NamedTuple):
    """A page that has all words of a search; *places* says how often they occur in all."""

    page: Page
    places: int


def read_pages(language: str = FIRST_LANGUAGE) -> tuple[Page, ...]:
    """Read the pages in *language*, in English where there is no such handbook."""
    root = resource("handbook")
    folder = root / language
    if not folder.is_dir():
        folder = root / FIRST_LANGUAGE
    return tuple(
        _page(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md"))
    )


def search(pages: Sequence[Page], words: str) -> list[Hit]:
    """Return the pages that have every word of *words*, all of them when there is none."""
    wanted = words.casefold().split()
    found = []
    for page in pages:
        text = page.text.casefold()
        counts = [text.count(word) for word in wanted]
        if all(counts):
            found.append(Hit(page, sum(counts)))
    return found


def _page(stem: str, text: str) -> Page:
    """Tell the parts of ``10_run_log.md`` apart, whose first line is its title."""
    return Page(stem.partition("_")[2], text.partition("\n")[0].removeprefix("# "), text)
