"""A query as a line of text: what is read, what is refused where, and the way back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.display import in_full
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.run_query_text import (
    LONGEST_LINE,
    QueryRefused,
    WrittenQuery,
    format_query,
    parse,
    parse_query,
)
from luthier_desktop.domain.time_words import LocalClock

EAST = timezone(timedelta(hours=2))
# A Wednesday, 00:30 in the east and still Tuesday in UTC.
CLOCK = LocalClock(datetime(2026, 11, 17, 22, 30, tzinfo=UTC), EAST)


def test_a_line_names_filters_times_and_words() -> None:
    line = (
        'verdict:red,yellow event:snapshot.saved since:2026-11-16 tool:"1.0 mm",v-bit plain  words'
    )
    assert parse_query(line, CLOCK) == RunQuery(
        risk=("RED", "YELLOW"),
        event=("snapshot.saved",),
        since="2026-11-15T22:00:00Z",
        tool=("1.0 mm", "v-bit"),
        text="plain words",
    )


def test_what_was_read_is_written_in_one_order() -> None:
    line = 'deep risk:RED tag:a verdict:green tag:"b c",a hidden:yes sort:score reverse:yes'
    assert format_query(parse_query(line, CLOCK), CLOCK) == (
        'verdict:red,green tag:a,"b c" hidden:yes sort:score reverse:yes deep'
    )


@pytest.mark.parametrize(
    ("written", "since", "until"),
    [
        ("today", "2026-11-17T22:00:00Z", "2026-11-18T21:59:59Z"),
        ("yesterday", "2026-11-16T22:00:00Z", "2026-11-17T21:59:59Z"),
        ("week", "2026-11-15T22:00:00Z", "2026-11-22T21:59:59Z"),
        ("MONTH", "2026-10-31T22:00:00Z", "2026-11-30T21:59:59Z"),
        ("year", "2025-12-31T22:00:00Z", "2026-12-31T21:59:59Z"),
        ("3d", "2026-11-14T22:30:00Z", "2026-11-14T22:30:00Z"),
        ("2H", "2026-11-17T20:30:00Z", "2026-11-17T20:30:00Z"),
        ("2026-02-28", "2026-02-27T22:00:00Z", "2026-02-28T21:59:59Z"),
        ("2026-11-16T10:30", "2026-11-16T08:30:00Z", "2026-11-16T08:30:59Z"),
        ('"2026-11-16 10:30:05"', "2026-11-16T08:30:05Z", "2026-11-16T08:30:05Z"),
        ("2026-11-16Z", "2026-11-16Z", "2026-11-16Z"),
        ("2026-11-16T10:30:05.25Z", "2026-11-16T10:30:05.25Z", "2026-11-16T10:30:05.25Z"),
    ],
)
def test_times_are_local_unless_they_say_z(written: str, since: str, until: str) -> None:
    query = parse_query(f"since:{written} until:{written}", CLOCK)
    assert (query.since, query.until) == (since, until)


def test_a_word_for_a_time_is_kept_as_it_was_written() -> None:
    assert parse("since:week red").text() == "since:week red"


def test_a_week_and_a_day_begin_where_the_clocks_of_the_place_say() -> None:
    there = CLOCK._replace(zone=UTC)
    assert parse_query("since:today", there).since == "2026-11-17T00:00:00Z"
    assert format_query(RunQuery(since="2026-11-17T00:00:00Z"), there) == "since:2026-11-17"
    assert format_query(RunQuery(since="2026-11-17T00:00:00Z"), CLOCK) == (
        "since:2026-11-17T00:00:00Z"
    )
    assert format_query(RunQuery(since="2026-01-22"), CLOCK) == "since:2026-01-22Z"


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [
        ("deep foo:bar", 6, "no filter foo:"),
        ("verdict:crimson", 1, "one of green, yellow, red, unknown"),
        ("a tool:", 3, "a value is missing after tool:"),
        ("tool:a,,b", 1, "a value is missing after tool:"),
        ('tag:""', 1, "is empty"),
        ('tool:"1.0 mm', 6, "quote is not closed"),
        ('"a"b', 1, "blank is missing"),
        ('tag:"a\\q"', 7, "after \\ comes"),
        ('tag:"\\u{110000}"', 6, "after \\ comes"),
        ("since:2026-02-30", 1, "is no time"),
        ("since:1200-01-01", 1, "is no time"),
        ("x until:soon", 3, "is no time"),
        ("since:today since:week", 13, "takes one value, once"),
        ("hidden:perhaps", 1, "one of yes, no"),
        ("sort:colour", 1, "one of seq, score"),
        ("x" * (LONGEST_LINE + 1), LONGEST_LINE + 1, "at most 4,000"),
    ],
)
def test_a_fault_is_told_with_its_place(line: str, column: int, told: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        parse(line)
    assert refused.value.sentence.startswith(f"Column {column}: ")
    assert told in refused.value.sentence
    assert (refused.value.start, refused.value.path) == (column - 1, f"column {column}")


@pytest.mark.parametrize("word", ['3/32"', "12:30", "C:\\x", "a,b", "=cmd", "x:", "<img", "|"])
def test_words_that_only_look_special_are_words(word: str) -> None:
    assert parse(word).asked == RunQuery(text=word)


def test_what_hides_is_written_so_that_it_is_seen() -> None:
    line = format_query(RunQuery(tool=('a\u202e"\\\n\x1bb',)), CLOCK)
    assert line == 'tool:"a\\u{202e}\\"\\\\\\n\\u{1b}b"'
    assert parse(line).asked.tool == ('a\u202e"\\\n\x1bb',)


VALUE = st.text(min_size=1, max_size=12) | st.sampled_from(["a:b", "tool:x", '"', "\\", ",", " "])
VALUES = st.lists(VALUE, max_size=3, unique=True).map(tuple)
MOMENT = st.integers(631_152_000, 3_786_912_000).map(
    lambda second: datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
)
TIME = (
    st.none()
    | MOMENT
    | MOMENT.map(lambda text: f"{text[:10]}Z")
    | st.sampled_from(["2026-11-15T22:00:00Z", "2026-11-16T21:59:59Z", "2026-11-16T00:00Z"])
)
QUERIES = st.builds(
    RunQuery,
    risk=st.lists(st.sampled_from(["GREEN", "YELLOW", "RED", "UNKNOWN"]), unique=True).map(tuple),
    source=st.lists(st.sampled_from(["window", "cli", "import", "legacy"]), unique=True).map(
        tuple
    ),
    **dict.fromkeys(("event", "status", "tool", "material", "operator", "tag"), VALUES),
    design=VALUES,
    mode=VALUES,
    text=st.lists(VALUE, max_size=4).map(lambda words: " ".join(" ".join(words).split()) or None),
    hidden=st.booleans(),
    reverse=st.booleans(),
    sort=st.sampled_from(["seq", "score", "status", "risk", "event", "operator"]),
    since=TIME,
    until=TIME,
)


@given(QUERIES)
@settings(deadline=None, max_examples=80)
def test_every_query_comes_back_from_its_line(query: RunQuery) -> None:
    line = format_query(query, CLOCK)
    assert in_full(line) == line
    assert parse_query(line, CLOCK) == query
    assert WrittenQuery.of(parse_query(line, CLOCK), CLOCK).text() == line


@given(st.text(max_size=60) | st.text('abtag:",\\ \n', max_size=30))
@settings(deadline=None, max_examples=80)
def test_any_line_is_read_or_refused_in_a_sentence(line: str) -> None:
    written, refused = read(line)
    if refused is None:
        assert parse(written.text()) == written
    else:
        assert 0 <= refused.start <= refused.end <= len(line)
        assert refused.sentence.endswith(".")


def read(line: str) -> tuple[WrittenQuery, QueryRefused | None]:
    try:
        return parse(line), None
    except QueryRefused as refused:
        return WrittenQuery(RunQuery()), refused
