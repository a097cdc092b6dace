"""The handbook's pages: the same in both languages, links that lead somewhere, honest words."""

from __future__ import annotations

import re

import pytest

from luthier_desktop.services.handbook import Page, read_pages, search
from luthier_desktop.ui.language import LANGUAGES

NEVER = ("tamper", "fälschungssicher", "manipulationssicher", "legally", "rechtssicher")
LINK = re.compile(r"\[[^\]]+\]\(([^)]*)\)")
CHAPTERS = [
    "first_rosette", "rings", "feasibility", "run_log", "promises", "sharing", "exports",
    "workshop", "moving", "people", "keys", "data", "helping",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_page_and_its_links_lead_to_pages(language: str) -> None:
    pages = read_pages(language)
    assert [page.id for page in pages] == CHAPTERS
    assert all(page.text.startswith(f"# {page.title}\n\n") for page in pages)
    links = {link for page in pages for link in LINK.findall(page.text)}
    assert links
    assert links <= set(CHAPTERS)
    told = "\n".join(page.text for page in pages)
    assert not re.search(r"https?:|<\w|!\[", told)
    assert [word for word in NEVER if word in told.casefold()] == []


def test_both_languages_name_the_same_keys() -> None:
    def keys(text: str) -> list[str]:
        return sorted(
            re.findall(r"`([^`\n]+)`", text.replace("Strg", "Ctrl").replace("Umschalt", "Shift"))
        )

    for english, german in zip(read_pages("en"), read_pages("de"), strict=True):
        assert keys(english.text) == keys(german.text), english.id


def test_what_the_log_promises_stands_in_the_words_that_may_be_printed() -> None:
    page = next(page for page in read_pages() if page.id == "promises")
    for sentence in (
        "Any change to a saved run after it was saved is found by Verify.",
        "If a run disappears from the middle or the end of the log, Verify finds it, provided",
        "compare with a checkpoint kept elsewhere",
    ):
        assert sentence in page.text


def test_a_page_is_found_by_all_of_the_words_in_any_letters() -> None:
    pages = (Page("a", "A", "# A\n\nAir cut, then air again"), Page("b", "B", "# B\n\nair"))
    assert [(hit.page.id, hit.places) for hit in search(pages, "AIR")] == [("a", 2), ("b", 1)]
    assert [(hit.page.id, hit.places) for hit in search(pages, "cut air")] == [("a", 3)]
    assert search(pages, "air glue") == []
    assert [hit.page.id for hit in search(pages, " ")] == ["a", "b"]


def test_a_language_without_a_handbook_reads_the_english_one() -> None:
    assert read_pages("xx") == read_pages("en")
