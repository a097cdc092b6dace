"""JSONTestSuite as files that somebody opens: each is refused with its rule, none crashes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.parsing import SHARE_LIMITS, parse_strict
from tests.conftest import CORPORA
from tests.services.share_forgery import forged, shared

TWICE, BEYOND = 2, 5
"""Keys that stand twice, and numbers beyond 2^53 - 1: sound JSON that is refused on purpose."""
UNDERFLOWS = {"i_number_double_huge_neg_exp.json", "i_number_real_underflow.json"}
FILES = sorted((CORPORA / "JSONTestSuite" / "test_parsing").glob("*.json"))


def strict_refusal(path: Path) -> str:
    """Return what the rules of strict JSON say of a file; empty when they say nothing."""
    try:
        parse_strict(path.read_bytes(), "The file", SHARE_LIMITS)
    except InputRefused as error:
        return error.sentence
    return ""


def test_every_file_of_the_corpus_is_damaged_and_says_by_which_rule(studio: Studio) -> None:
    assert len(FILES) == 95 + 188 + 35
    told = {}
    for path in FILES:
        preview = studio.sharing.inspect(path.read_bytes())
        assert (preview.state, preview.can_be_kept, preview.design) == ("damaged", False, None)
        (finding,) = preview.findings
        assert 10 < len(finding.sentence) < 400
        strict = strict_refusal(path)
        told[path.name] = finding.sentence == strict
        assert strict == "" or told[path.name], (path.name, finding.sentence, strict)
    refused = [name for name, by_rule in told.items() if by_rule]
    assert len([name for name in refused if name.startswith("n_")]) == 188
    assert len([name for name in refused if name.startswith("y_")]) == TWICE + BEYOND
    assert {name for name in told if not told[name] and name.startswith("i_")} == UNDERFLOWS


@pytest.mark.parametrize("part", ["snapshot", "run", "rules"])
def test_no_file_of_the_corpus_passes_for_a_part_of_a_share_file(
    studio: Studio, tmp_path: Path, part: str
) -> None:
    whole = json.loads(shared(studio, tmp_path).read_bytes())
    texts = []
    for path in FILES:
        try:
            texts.append(path.read_bytes().decode())
        except UnicodeDecodeError:
            continue
    for text in texts[:: 3 if part == "snapshot" else 16]:
        data = forged(
            canonical_bytes(whole), lambda document, text=text: document.update({part: text})
        )
        assert studio.sharing.inspect(data).state == (
            "damaged" if part == "snapshot" else "changed"
        )
