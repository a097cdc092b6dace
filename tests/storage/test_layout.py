import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.layout import run_path, snapshot_path
from tests.storage.make import layout_in

RUN = "run_20260122_4g7k00000000000z"
SNAPSHOT = "snap_4g7k00000000000z"


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
