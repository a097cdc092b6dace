import random
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused, StorageFailed
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotQuery
from luthier_desktop.storage.run_index import RunIndex
from tests.storage.make import open_store, record, run_id
from tests.storage.volume import TAGS, fill, mixed_rows, unfilled_index

RUNS = 5000
FIELDS = {
    "mode": lambda row: [row.mode],
    "tool": lambda row: [row.tool_id],
    "risk": lambda row: [row.risk_level],
    "status": lambda row: [row.status],
    "source": lambda row: [row.source],
    "event": lambda row: [row.event_type],
    "operator": lambda row: [row.operator],
    "material": lambda row: row.material_ids,
    "design": lambda row: [row.design_id, row.design_name, row.design_sha256],
    "tag": lambda row: row.tags,
}
RISK_ORDER = ["GREEN", "YELLOW", "UNKNOWN", "RED"]
SORT_KEYS = {
    "seq": (lambda row: 0, False),
    "score": (lambda row: -1 if row.score is None else row.score, True),
    "risk": (lambda row: RISK_ORDER.index(row.risk_level), True),
    "status": (lambda row: row.status, False),
    "event": (lambda row: row.event_type, False),
    "operator": (lambda row: row.operator, False),
}
QUERIES = [
    RunQuery(),
    RunQuery(mode=("RMOS",)),
    RunQuery(mode=("art_studio", "cam")),
    RunQuery(tool=("t1",)),
    RunQuery(risk=("Red",)),
    RunQuery(risk=("RED", "UNKNOWN", "red")),
    RunQuery(status=("ERROR",)),
    RunQuery(source=("legacy", "import")),
    RunQuery(event=("snapshot.saved",)),
    RunQuery(operator=("EARLY", "earliest")),
    RunQuery(operator=("op3",)),
    RunQuery(material=("holly",)),
    RunQuery(material=("holly", "koa")),
    RunQuery(risk=("RED", "YELLOW"), material=("holly", "koa")),
    RunQuery(mode=("art_studio", "cam"), since="2026-01-02"),
    RunQuery(design=("dsg_17", "ROPE 4")),
    RunQuery(tag=("éprouvÉ",)),
    RunQuery(tag=("strasse",)),
    RunQuery(text="rosette"),
    RunQuery(text="STRASSE 1 narrow"),
    RunQuery(text=run_id(321).upper()),
    RunQuery(text=f"ring {run_id(4321)} narrow"),
    RunQuery(text=run_id(321, day="20260123")),
    RunQuery(text="snap_0000000000000321"),
    RunQuery(text="0000000000000321"),
    RunQuery(text=run_id(321)[:-3]),
    RunQuery(text="zebrano"),
    RunQuery(text="\U0001f339"),
    RunQuery(text='na"rrow'),
    RunQuery(text="ring 3"),
    RunQuery(text="e%", mode=("cam",)),
    RunQuery(since="2026-01-03T12:00"),
    RunQuery(until="2026-01-02"),
    RunQuery(since="2026-01-02", until="2026-01-02T23:59:59.999999Z"),
    RunQuery(risk=("RED",), material=("holly", "pear"), since="2026-01-02"),
    RunQuery(risk=("YELLOW",), tag=("draft",), text="rope", tool=("T2", "T3")),
    RunQuery(status=("none",)),
]

_NOT_SHOWN = {
    "search", "snapshot", "setup", "entries", "workshop", "decision", "legacy", "backup", "export",
}


@pytest.fixture(scope="module")
def rows():
    return list(mixed_rows(RUNS))


@pytest.fixture(scope="module")
def index(tmp_path_factory, rows):
    filled, connection = unfilled_index(tmp_path_factory.mktemp("index") / "index.sqlite")
    fill(connection, rows)
    yield filled
    filled.close()


def expected_ids(rows, query):
    """Filter and sort in plain Python: the meaning of a query, spelled out."""
    key, falls = SORT_KEYS[query.sort]
    numbered = [(seq, row) for seq, row in enumerate(rows, start=1) if matches(row, query)]
    numbered.sort(key=lambda pair: -pair[0])
    numbered.sort(key=lambda pair: key(pair[1]), reverse=falls)
    ids = [row.run_id for _, row in numbered]
    return ids[::-1] if query.reverse else ids


def matches(row, query):
    for name, values in FIELDS.items():
        wanted = {value.casefold() for value in getattr(query, name)}
        if wanted and wanted.isdisjoint(str(value).casefold() for value in values(row)):
            return False
    words = (query.text or "").casefold().split()
    if not all(word in row.search for word in words):
        return False
    since, until = (query.since or "").removesuffix("Z"), query.until or "9"
    return row.created_at_utc >= since and row.created_at_utc[: len(until)] <= until


def all_pages(index, query):
    ids = []
    while True:
        page = index.find(query)
        assert len(page.entries) <= query.limit
        assert page.has_more == (page.next_cursor is not None)
        ids += [entry.run_id for entry in page.entries]
        if not page.has_more:
            return ids
        assert len(page.entries) == query.limit
        query = query.model_copy(update={"cursor": page.next_cursor})


@pytest.mark.parametrize(
    "query", QUERIES, ids=lambda query: "-".join(sorted(query.model_fields_set))
)
def test_every_filter_and_page_size_lists_each_matching_run_once_newest_first(index, rows, query):
    expected = expected_ids(rows, query)
    assert index.ids(query) == expected
    numbers = index.numbers(query)
    assert (numbers.typecode, [rows[seq - 1].run_id for seq in numbers]) == ("q", expected)
    assert index.count(query) == len(expected)
    for limit in (1, 7, 50, 1000):
        if limit * 400 >= len(expected):
            assert all_pages(index, query.model_copy(update={"limit": limit})) == expected


@pytest.mark.parametrize("sort", list(SORT_KEYS))
@pytest.mark.parametrize("reverse", [False, True])
def test_every_order_lists_each_run_once_and_reversed_is_exactly_reversed(
    index, rows, sort, reverse
):
    for query in (RunQuery(), RunQuery(risk=("RED", "YELLOW")), RunQuery(text="rope")):
        sorted_query = query.model_copy(update={"sort": sort, "reverse": reverse, "limit": 333})
        expected = expected_ids(rows, sorted_query)
        assert all_pages(index, sorted_query) == expected
        assert index.ids(sorted_query) == expected


some = st.lists(st.integers(0, 10**6), max_size=2)
asked = st.fixed_dictionaries(
    {
        "sort": st.sampled_from(sorted(SORT_KEYS)),
        "reverse": st.booleans(),
        "text": st.sampled_from([None, "o", "ro", "rope 1", "größe", "istanbul", "00042"]),
        "since": st.sampled_from([None, "2025-12-31", "2026-01-02T10:00:00Z", "2026-01-09"]),
        "until": st.sampled_from([None, "2026-01-01", "2026-01-03T01:02:03.5", "2027-01-01"]),
    }
)


@pytest.fixture(scope="module")
def check_query(index, rows):
    """Hand the volume in as one function: hypothesis would print 5,000 rows otherwise."""

    def check(picks, members):
        filters = {}
        for name, numbers in picks.items():
            found = [FIELDS[name](rows[number % RUNS]) for number in numbers]
            filters[name] = tuple(value for values in found for value in values if value)
        query = RunQuery(**filters, **members, limit=997)
        expected = expected_ids(rows, query)
        assert all_pages(index, query) == index.ids(query) == expected
        assert index.count(query) == len(expected)

    return check


@settings(deadline=None, max_examples=50)
@given(picks=st.dictionaries(st.sampled_from(sorted(FIELDS)), some, max_size=3), members=asked)
def test_any_query_means_what_it_says(check_query, picks, members):
    check_query(picks, members)


def test_pages_stay_whole_while_new_runs_come_in(tmp_path):
    store = open_store(tmp_path)
    for number in range(10):
        record(store, run_id(number))
    store.catch_up()
    first = store.index.find(RunQuery(limit=4))
    for number in range(10, 15):
        record(store, run_id(number))
    store.catch_up()
    rest = all_pages(store.index, RunQuery(limit=4, cursor=first.next_cursor))
    assert [entry.run_id for entry in first.entries] + rest == [
        run_id(number) for number in reversed(range(10))
    ]
    store.close()


def test_entries_come_in_the_order_that_was_asked_for(index):
    ids = [run_id(number) for number in random.Random(3).sample(range(RUNS), 1200)]
    found = index.entries([*ids, "run_unknown"])
    assert [entry.run_id for entry in found] == ids
    assert index.entries_at([10**8, *(entry.seq for entry in found)]) == found


def test_an_entry_holds_what_the_row_says(index, rows):
    entry = index.entries([rows[41].run_id])[0]
    expected = rows[41].model_dump(exclude=_NOT_SHOWN)
    shown = {"seq": 42, "damaged": False, "hidden": False, "purged": False, "hidden_by": None}
    assert entry.model_dump() == expected | shown


@pytest.mark.parametrize("cursor", ["", "x", "WzFd", "\u20ac", "bnVsbA", "W10" * 50])
def test_a_cursor_that_is_none_is_refused(index, cursor):
    with pytest.raises(InputRefused, match="begin at the first page"):
        index.find(RunQuery(cursor=cursor))
    with pytest.raises(InputRefused, match="begin at the first page"):
        index.snapshots(SnapshotQuery(cursor=cursor + "x"))


def test_a_cursor_of_another_order_is_refused(index):
    cursor = index.find(RunQuery(limit=1)).next_cursor
    with pytest.raises(InputRefused, match="begin at the first page"):
        index.find(RunQuery(cursor=cursor, sort="score"))


@pytest.mark.parametrize("time", ["yesterday", "22.1.2026", "2026-01-22 10:11", "2026-1-2", ""])
def test_a_time_that_is_none_is_refused(index, time):
    with pytest.raises(InputRefused, match="no UTC date or time"):
        index.find(RunQuery(since=time))
    with pytest.raises(InputRefused, match="no UTC date or time"):
        index.count(RunQuery(until=time))


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path)
    for number in range(30):
        record(opened, run_id(number), mode=("art_studio", "cam")[number % 2])
    opened.catch_up()
    yield opened
    opened.close()


def test_an_index_that_followed_equals_one_that_was_built_anew(tmp_path, store):
    followed = store.index.dump()
    assert followed["integrity"] == [("ok",)]
    assert len(followed["runs"]) == 30
    fresh = RunIndex(tmp_path / "fresh" / "index.sqlite", store.ledger)
    fresh.rebuild()
    assert fresh.dump() == followed
    rebuilt = store.rebuild()
    assert (rebuilt.runs, rebuilt.events) == (30, 31)
    assert store.index.dump() == followed
    fresh.close()


def damage(path, how):
    data = path.read_bytes()
    path.unlink()
    if how in BAD_BYTES:
        path.write_bytes(BAD_BYTES[how](data))
    elif how in BAD_TABLES:
        path.write_bytes(data)
        connection = sqlite3.connect(path)
        connection.executescript(BAD_TABLES[how])
        connection.close()


def flipped(data):
    changed, source = bytearray(data), random.Random(5)
    for _ in range(300):
        changed[source.randrange(len(data))] = source.randrange(256)
    return bytes(changed)


BAD_BYTES = {
    "shortened": lambda data: data[:5000],
    "overwritten": lambda data: b"this is no database " * 1000,
    "emptied": lambda data: b"",
    "random bytes": flipped,
}
BAD_TABLES = {
    "another schema": "PRAGMA user_version = 99; DROP TABLE runs;",
    "without a table": "DROP TABLE sets;",
}


@pytest.mark.parametrize("how", ["deleted", *BAD_BYTES, *BAD_TABLES])
def test_a_bad_index_is_set_aside_and_built_anew(tmp_path, store, how):
    expected = store.index.dump()
    path = store.index.path
    store.close()
    damage(path, how)
    again = open_store(tmp_path, seed=2)
    again.catch_up()
    if how == "random bytes" and again.index.path.read_bytes()[:6] == b"SQLite":
        # Bytes that no query has met yet are met by a rebuild at the latest.
        again.rebuild()
    assert again.index.stale == ""
    assert again.index.ids(RunQuery(mode=("cam",))) == [run_id(n) for n in range(29, 0, -2)]
    assert again.index.dump() == expected
    if how == "overwritten":
        assert len(list(path.parent.glob("index.sqlite.corrupt-*"))) == 1
    again.close()


def test_an_index_of_an_older_state_of_another_ledger_is_built_anew(tmp_path, store):
    path = store.index.path
    store.close()
    other = open_store(tmp_path / "other", seed=5)
    for number in range(50):
        record(other, run_id(number + 500))
    other.catch_up()
    other.close()
    path.write_bytes(other.index.path.read_bytes())
    again = open_store(tmp_path, seed=2)
    again.catch_up()
    assert again.index.ids(RunQuery(limit=1000)) == [run_id(n) for n in reversed(range(30))]
    again.close()


def test_an_index_that_another_program_holds_is_told_as_stale_and_nothing_is_lost(
    store, monkeypatch
):
    monkeypatch.setattr("time.sleep", lambda _: None)
    record(store, run_id(77))
    store.index.find(RunQuery())
    other = sqlite3.connect(store.index.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    store.index._open().execute("PRAGMA busy_timeout=5")
    store.catch_up()
    assert "may miss the newest entries" in store.index.stale
    with pytest.raises(StorageFailed, match="The runs themselves are safe"):
        store.index.find(RunQuery())
    other.execute("ROLLBACK")
    other.close()
    store.catch_up()
    assert store.index.stale == ""
    assert store.index.find(RunQuery(limit=1)).entries[0].run_id == run_id(77)


def test_without_a_place_for_the_index_the_log_is_listed_all_the_same(tmp_path, store):
    store.close()
    cache = store.layout.cache
    cache.rename(tmp_path / "moved")
    cache.write_text("a file in the place of the cache directory")
    viewer = open_store(tmp_path, seed=2)
    viewer.catch_up()
    assert viewer.index.count(RunQuery()) == 30
    viewer.close()


def test_the_tags_of_the_volume_hold_what_folds_to_the_same_word():
    assert {tag.casefold() for tag in TAGS} == {"classical", "éprouvé", "draft", "strasse"}
