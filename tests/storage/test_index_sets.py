import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.storage.index_schema import IndexDamaged, connect
from luthier_desktop.storage.index_sets import (
    PART,
    SetWriter,
    all_of,
    first_of,
    next_value,
    read_set,
    read_span,
    selector,
    set_of,
)

numbers = st.sets(
    st.one_of(st.integers(0, 3 * PART), st.integers(PART - 3, PART + 40), st.integers(0, 10**6)),
    max_size=150,
)


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    made = connect(tmp_path_factory.mktemp("sets") / "index.sqlite")
    yield made
    made.close()


def written(connection, sets):
    connection.execute("DELETE FROM sets")
    writer = SetWriter(connection)
    for value, members in sets.items():
        for number in members:
            writer.add([(1, value)], number)
    writer.flush()


@settings(deadline=None, max_examples=60)
@given(members=numbers, others=numbers, most=st.integers(0, 60))
def test_a_set_holds_what_was_added_in_both_orders(connection, members, others, most):
    written(connection, {"a": members, "b": others})
    found = read_set(connection, 1, "a", "b")
    rising = sorted(members | others)
    assert list(all_of(found, newest_first=False)) == rising
    assert list(all_of(found)) == rising[::-1]
    assert first_of(found, most) == rising[::-1][:most]
    assert first_of(found, most, newest_first=False) == rising[:most]
    assert found == set_of(rising) == read_span(connection, 1, "a", "c")
    assert [at for at, chosen in enumerate(selector(found)) if chosen] == rising
    assert found.bit_count() == len(rising)


@settings(deadline=None, max_examples=30)
@given(members=numbers, gone=numbers)
def test_what_is_discarded_is_gone_and_the_rest_stays(connection, members, gone):
    written(connection, {"a": members})
    writer = SetWriter(connection)
    for number in gone:
        writer.discard([(1, "a")], number)
    assert set(all_of(read_set(connection, 1, "a"))) == members - gone


def test_a_dense_set_takes_an_eighth_of_a_byte_a_number_and_a_sparse_one_two(connection):
    written(connection, {"dense": range(2 * PART), "sparse": [5, PART + 5]})
    sizes = connection.execute("SELECT value, sum(length(seqs)) FROM sets GROUP BY value")
    assert dict(sizes.fetchall()) == {"dense": 2 * PART // 8, "sparse": 4}


def test_values_follow_one_another_in_both_ways(connection):
    written(connection, {"b": [1], "a": [2], "c": [3]})
    assert next_value(connection, 1, None, falls=False) == "a"
    assert next_value(connection, 1, "a", falls=False) == "b"
    assert next_value(connection, 1, "c", falls=False) is None
    assert next_value(connection, 1, None, falls=True) == "c"
    assert next_value(connection, 1, "b", falls=True) == "a"


@pytest.mark.parametrize("packed", [b"\x01", b"\x01" * 514, "text", 5])
def test_a_set_that_cannot_be_ours_is_told(connection, packed):
    written(connection, {"a": [1]})
    connection.execute("UPDATE sets SET seqs = ?", (packed,))
    with pytest.raises(IndexDamaged):
        read_set(connection, 1, "a")
    connection.execute("UPDATE sets SET seqs = x'0100', part = ?", (2**40,))
    with pytest.raises(IndexDamaged):
        read_set(connection, 1, "a")
    assert issubclass(IndexDamaged, sqlite3.DatabaseError)
