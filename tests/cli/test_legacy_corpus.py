"""The data directory that the web ToolBox itself wrote, read in place; counted with grep."""

from __future__ import annotations

from tests.cli.conftest import Luthier
from tests.cli.test_import_legacy import imported
from tests.conftest import SAMPLES


def test_the_sample_of_the_web_system_itself(luthier: Luthier) -> None:
    code, told = imported(luthier, SAMPLES / "legacy")
    assert (code, told["added"]) == (1, 56)
    assert (len(told["runs"]), len(told["snapshots"]), len(told["backups"])) == (45, 10, 1)
    assert len(told["skipped"]) == 2
    said = [
        fault for kind in ("runs", "snapshots") for one in told[kind] for fault in one["faults"]
    ]
    counts = {
        words: sum(words in fault for fault in said)
        for words in ("64 zeros", "BANANA', which", "holds no design", "does not match", "markup")
    }
    assert counts == {
        "64 zeros": 5,
        "BANANA', which": 4,
        "holds no design": 16,
        "does not match": 4,
        "markup": 1,
    }
    assert sum("call themselves the baseline" in fault for fault in said) == 2
    assert len(luthier("snapshots", "list", "--json").json()["items"]) == 10
    assert luthier("logs", "verify").code == 0
