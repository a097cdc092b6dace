"""T5: eight programs record at once."""

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.layout import run_path
from luthier_desktop.storage.verify import verify
from tests.storage.contender import WANTED
from tests.storage.contest import PROGRAMS, contend, won_and_lost
from tests.storage.make import open_store, run_id

RUNS_EACH = 50


def test_eight_programs_record_fifty_runs_each_and_every_one_is_there(tmp_path):
    numbers = [int(line) for lines in contend(tmp_path, RUNS_EACH) for line in lines]
    total = PROGRAMS * RUNS_EACH
    # Each program tells besides that its session began, and one opens the epoch it signs.
    assert (len(numbers), len(set(numbers))) == (total, total)
    assert set(numbers) < set(range(1, total + PROGRAMS + 2))
    store = open_store(tmp_path, seed=99)
    store.catch_up()
    report = verify(store, "deep")
    assert (report.findings, report.ok) == ((), True)
    assert (report.events, report.runs) == (total + PROGRAMS + 1, total)
    wanted = {run_id(n * 1_000_000 + at) for n in range(1, 9) for at in range(RUNS_EACH)}
    assert set(store.index.ids(RunQuery(limit=1000))) == wanted


def test_programs_without_an_exclusive_step_would_lose_runs(tmp_path):
    said = contend(tmp_path, 15, "careless", programs=4)
    numbers = [int(line) for lines in said for line in lines]
    assert len(set(numbers)) < len(numbers)
    assert verify(open_store(tmp_path, seed=99), "full").runs < len(numbers)


def test_of_eight_programs_that_want_one_id_one_wins_and_seven_are_told(tmp_path):
    said = contend(tmp_path, 0)
    assert won_and_lost(said) == (1, PROGRAMS - 1)
    lines = [line for (line,) in said]
    (winner,) = [line.split()[1] for line in lines if line.startswith("won")]
    path = open_store(tmp_path, seed=99).layout.real(run_path(run_id(WANTED)))
    assert sha256_hex(path.read_bytes()) == winner
    told = [line for line in lines if line.startswith("conflict")]
    assert all("exists already with other content; it was left as it is" in line for line in told)
    store = open_store(tmp_path, seed=98)
    store.catch_up()
    report = verify(store, "deep")
    assert (report.ok, report.runs, report.findings) == (True, 1, ())


def test_without_an_exclusive_step_several_would_win(tmp_path):
    won, _ = won_and_lost(contend(tmp_path, 0, "careless"))
    assert won > 1
