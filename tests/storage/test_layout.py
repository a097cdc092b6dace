import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.layout import run_path, setup_path, snapshot_path
from tests.storage.make import layout_in

RUN = "run_20260122_4g7k00000000000z"
SNAPSHOT = "snap_4g7k00000000000z"
SETUP = "setup_4g7k00000000000z"


def test_each_kind_lies_where_the_interface_says(tmp_path):
    layout = layout_in(tmp_path)
    data = tmp_path / "data"
    assert layout.real(run_path(RUN)) == data / f"runs/rmos/2026-01-22/{RUN}.json"
    assert layout.real(snapshot_path(SNAPSHOT)) == data / f"art_studio/snapshots/{SNAPSHOT}.json"
    assert layout.event_path(999) == data / "ledger/000000/000000999.json"
    assert layout.event_path(1042) == data / "ledger/000001/000001042.json"


def test_an_override_moves_only_its_folder_and_not_the_logical_path(tmp_path):
    layout = layout_in(
        tmp_path,
        RMOS_RUNS_DIR=str(tmp_path / "r"),
        ART_STUDIO_SNAPSHOTS_DIR=str(tmp_path / "s"),
        CAM_BACKUP_DIR=str(tmp_path / "b"),
    )
    assert run_path(RUN) == f"runs/rmos/2026-01-22/{RUN}.json"
    assert layout.real(run_path(RUN)) == tmp_path / f"r/2026-01-22/{RUN}.json"
    assert layout.real(snapshot_path(SNAPSHOT)) == tmp_path / f"s/{SNAPSHOT}.json"
    assert layout.real("cam/backups/x.json") == tmp_path / "b/x.json"
    assert layout.real("rules/1.json") == tmp_path / "data/rules/1.json"
    for logical in (run_path(RUN), snapshot_path(SNAPSHOT), "cam/backups/x.json", "rules/1.json"):
        assert layout.logical(layout.real(logical)) == logical


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../x", "runs/../../x", "runs//x", "a\\b", "c:x", "x\n", ".hid", "a/.b"],
)
def test_a_path_that_leads_out_of_the_store_is_refused(tmp_path, path):
    with pytest.raises(InputRefused, match="not a path inside the store"):
        layout_in(tmp_path).real(path)


@settings(deadline=None, max_examples=300)
@given(st.text("abR/.\\:-_ \n\u00e9", max_size=30))
def test_whatever_an_event_names_stays_inside_the_store(tmp_path_factory, text):
    layout = layout_in(tmp_path_factory.getbasetemp())
    try:
        real = layout.real(text)
    except InputRefused:
        return
    assert real.resolve().is_relative_to(layout.data.resolve())


@pytest.mark.parametrize("text", [RUN + "\n", RUN.upper(), RUN[:-1], RUN[:-1] + "l", "../" + RUN])
def test_what_is_no_id_of_a_run_never_becomes_a_file_name(text):
    with pytest.raises(InputRefused, match="not the id of a run"):
        run_path(text)
    with pytest.raises(InputRefused, match="not the id of a snapshot"):
        snapshot_path(text)


def test_two_copies_of_one_store_have_indexes_of_their_own(tmp_path):
    first, second = layout_in(tmp_path / "a"), layout_in(tmp_path / "b")
    names = {first.index_path("s").parent.name, second.index_path("s").parent.name}
    assert len(names) == 2
    assert all(name.startswith("s-") and len(name) == 10 for name in names)


RESERVED = (
    *("con", "prn", "aux", "nul", "CON", "Nul", "con.json", "aux.tar.gz", "nul."),
    *(f"{port}{digit}" for port in ("com", "lpt", "COM") for digit in "19¹²³"),
    *("com1.json", "lpt9.x", "lpt¹.json"),
)
OUTSIDE = (
    *("", "/", "/etc/passwd", "..", "../x", "runs/../../x", "runs/..", "runs//x", "runs/", "./x"),
    *("a\\b", "c:x", "c:/x", "x:stream", "x\n", "\nx", "x\0", ".hid", "a/.b", "a b", "x.", "x. "),
    *("runs/x ", "runs/x.", "runs./x", "\u00e9", "x\u202e", "~", "$HOME", "%TEMP%", "*", "x?"),
)


@pytest.mark.parametrize("path", [*OUTSIDE, *RESERVED, *(f"runs/{name}" for name in RESERVED)])
def test_no_path_is_opened_that_some_system_takes_for_something_else(tmp_path, path):
    with pytest.raises(InputRefused, match="not a path inside the store"):
        layout_in(tmp_path).real(path)


@pytest.mark.parametrize("path", ["console.json", "runs/com10", "a/nul-x.json", "a" * 120])
def test_paths_that_only_look_so_are_those_of_the_store(tmp_path, path):
    assert layout_in(tmp_path).logical(layout_in(tmp_path).real(path)) == path


def test_a_path_has_at_most_120_characters_below_the_data_directory(tmp_path):
    with pytest.raises(InputRefused, match="not a path inside the store"):
        layout_in(tmp_path).real("a" * 121)
    layout = layout_in(tmp_path)
    longest = [
        run_path(RUN),
        snapshot_path(SNAPSHOT),
        setup_path(SETUP),
        layout.logical(layout.event_path(999_999_999)),
        layout.logical(layout.checkpoint_path(999_999_999)),
    ]
    assert all(len(path) <= 120 and layout.real(path) for path in longest)


IDS = {
    "run": (run_path, RUN),
    "snapshot": (snapshot_path, SNAPSHOT),
    "setup": (setup_path, SETUP),
}


def spoilt(id_):
    """Every way in which an id may nearly be one."""
    head, _, tail = id_.rpartition("_")
    return [
        *("", id_ + "\n", "\n" + id_, id_ + "\0", id_ + " ", " " + id_, id_ + ".", id_ + ".json"),
        *(id_.upper(), id_[:-1], id_ + "0", f"../{id_}", f"{id_}/x", id_.replace("_", "-")),
        *(f"{head}_{tail[:-1]}{letter}" for letter in "iloui\u00e9\u0660Z:\\"),
        *(f"{id_}\u202e", f"x{id_}", id_.replace("_", "__"), *RESERVED),
    ]


@pytest.mark.parametrize("kind", IDS)
def test_what_is_nearly_an_id_never_becomes_a_file_name(kind):
    path_of, id_ = IDS[kind]
    assert path_of(id_).endswith(f"/{id_}.json")
    for other in spoilt(id_):
        with pytest.raises(InputRefused, match=f"not the id of a (stored )?{kind}"):
            path_of(other)


def test_a_date_in_digits_of_another_script_is_none():
    with pytest.raises(InputRefused, match="not the id of a run"):
        run_path(RUN.replace("2026", "\u0662\u0660\u0662\u0666"))


def test_a_place_is_in_the_store_by_whichever_way_it_is_reached(tmp_path):
    data, runs, bench = tmp_path / "data", tmp_path / "runs", tmp_path / "bench"
    for folder in (data, runs, bench):
        folder.mkdir()
    (bench / "link").symlink_to(data)
    layout = layout_in(tmp_path, RMOS_RUNS_DIR=str(runs))
    inside = (data / "a", bench / ".." / "data" / "a", bench / "link" / "a", runs / "a")
    assert [layout.holds(place) for place in inside] == [True] * len(inside)
    outside = (bench / "a", bench / "link", tmp_path / "data.svg", tmp_path / "a\0b" / "c")
    assert [layout.holds(place) for place in outside] == [False] * len(outside)
