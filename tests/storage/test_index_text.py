"""Searches over so many runs that their texts are read through, or looked up in the index."""

import pytest

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage import index_query
from luthier_desktop.storage.index_schema import RUNS, IndexDamaged, connect
from luthier_desktop.storage.index_sets import SetWriter, set_of
from luthier_desktop.storage.index_text import FEW

LAST = FEW + 4000


def text_of(seq):
    rare = " zebrano" if seq % 900 == 7 else ""
    return f"run_20260122_{seq:016d}\nrosette {seq % 40}{rare}"


def is_event_alone(seq):
    """Some numbers belong to events without a run; from 8192 on there is no gap."""
    return seq < 8192 and seq % 1000 == 3


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    made = connect(tmp_path_factory.mktemp("texts") / "index.sqlite")
    made.execute("BEGIN IMMEDIATE")
    seqs = [seq for seq in range(1, LAST + 1) if not is_event_alone(seq)]
    writer = SetWriter(made)
    for seq in seqs:
        writer.add([(RUNS, "")], seq)
    writer.flush()
    rows = [(seq, text_of(seq)) for seq in seqs]
    made.executemany("INSERT INTO searched VALUES (?, ?)", rows)
    made.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", rows)
    made.executemany(
        "INSERT INTO runs (seq, run_id, created_at_utc, event_type, mode, status, risk_level, "
        "warnings, source, operator, material_ids, tags, score_key, latest_so_far) "
        "VALUES (?, ?, '', '', '', '', '', 0, '', '', '[]', '[]', ?, '')",
        [(seq, str(seq), float(seq * 37 % 101)) for seq in seqs],
    )
    made.execute("COMMIT")
    yield made
    made.close()


def expected(*words):
    return [
        seq
        for seq in range(LAST, 0, -1)
        if not is_event_alone(seq) and all(word in text_of(seq) for word in words)
    ]


@pytest.mark.parametrize(
    "text",
    ["rosette", "zebrano", "rosette 17", "17", "te", "rosette zebrano", "nowhere", "ZEBRANO"],
)
def test_words_find_every_run_whose_text_holds_them(connection, text):
    found = expected(*text.lower().split())
    query = RunQuery(text=text)
    assert list(index_query.numbers(connection, query)) == found
    assert index_query.count(connection, query) == len(found)
    assert index_query.chosen(connection, query) == set_of(found)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("text", [None, "rosette", "te"])
def test_many_runs_stand_by_their_score_and_then_by_their_number(connection, text, reverse):
    query = RunQuery(sort="score", reverse=reverse, text=text)
    falling = sorted(expected(*[text] if text else []), key=lambda seq: (seq * 37 % 101, seq))
    found = list(index_query.numbers(connection, query))
    assert found == (falling if reverse else falling[::-1])


def test_texts_that_are_not_those_of_the_runs_are_told(connection):
    connection.execute("BEGIN")
    connection.execute("DELETE FROM searched WHERE seq = 600")
    try:
        with pytest.raises(IndexDamaged):
            index_query.chosen(connection, RunQuery(text="te"))
    finally:
        connection.execute("ROLLBACK")
