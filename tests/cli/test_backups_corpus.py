"""The real file of the web ToolBox: what it holds and what it lacks."""

from __future__ import annotations

from tests.cli.conftest import Luthier
from tests.conftest import SAMPLES


def test_the_real_backup_of_the_web_toolbox_is_listed(luthier: Luthier) -> None:
    (path,) = (SAMPLES / "legacy" / "cam" / "backups").glob("cam_settings_*.json")
    told = luthier("backups", "show", path, "--json").json()
    assert "the names of 7 post-processors" in told["holds"][0]
    assert "setups, materials and woods" in told["lacks"][0]
    assert any("'IDC Woodcraft CNC Router'" in held for held in told["holds"])
    lacks = " ".join(told["lacks"])
    assert "the names of 151 tools of 'IDC Woodcraft CNC Router'" in lacks  # counted by hand
    assert "the number of flutes of the tools" in lacks
