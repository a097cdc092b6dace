"""The command line obeys the roles: each command that writes, each role and nobody signed in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from luthier_desktop.domain.operators import ROLES
from luthier_desktop.domain.permissions import RIGHTS, Right
from luthier_desktop.services.export_kinds import KINDS
from luthier_desktop.services.studio import open_studio
from tests.cli.conftest import Luthier
from tests.services.builders import deep, design_bytes

RUN = "run_20260122_0000000000000000"
SNAPSHOT = "snap_0000000000000000"
WHY = "the shop has decided so"
NOWHERE = "nowhere"
DESIGN = design_bytes(design_id="dsg_1", **deep(1.7))
GREEN = design_bytes(design_id="dsg_1", **deep(1.4))
RED = design_bytes(design_id="dsg_1", **deep(2.0))
BATCH = json.dumps({"specs": [json.loads(DESIGN)]}).encode()

WRITING: dict[str, tuple[Right, bytes]] = {
    "feasibility single -": ("check", DESIGN),
    "feasibility batch -": ("check", BATCH),
    "snapshots save - --name Rose": ("save", DESIGN),
    f"snapshots delete {SNAPSHOT} --reason why": ("delete_snapshot", b""),
    f"snapshots restore {SNAPSHOT}": ("delete_snapshot", b""),
    f"snapshots tag {SNAPSHOT} --add x": ("tag", b""),
    f"snapshots baseline {SNAPSHOT}": ("baseline", b""),
    f"snapshots export {SNAPSHOT} --out {NOWHERE}.rosette": ("share", b""),
    "snapshots import -": ("import", DESIGN),
    f"logs hide {RUN} --reason why": ("hide", b""),
    f"logs unhide {RUN} --reason why": ("hide", b""),
    f"logs purge {RUN} --reason why": ("purge", b""),
    "logs rebuild": ("rebuild", b""),
    "logs acknowledge --reason why": ("acknowledge_rollback", b""),
    "logs rotate-key --reason why": ("rotate_key", b""),
    f"logs repair --from {NOWHERE}": ("repair", b""),
    f"logs keep-witness {NOWHERE}": ("keep_witness", b""),
    "logs export --out a.csv": ("export", b""),
    "setups use setup_workshop": ("use_setup", b""),
    "setups import -": ("edit_setups", b"{}"),
    "setups duplicate setup_workshop --name Mine": ("edit_setups", b""),
    "catalogue remove tools none --reason why": ("edit_catalogue", b""),
    "decisions accept - --check C1 --reason why": ("accept", DESIGN),
    "decisions override - --check C1 --reason fifteen-characters": ("override", RED),
    "backups create": ("settings_backup", b""),
    "backups restore cam_backup_20260122T101112_123456Z.json": ("restore_backup", b""),
    "backups delete cam_backup_20260122T101112_123456Z.json --reason why": (
        "delete_backup", b"",
    ),
    f"backups full create --to {NOWHERE}": ("full_backup", b""),
    "operators add nina --name Nina --role viewer --no-pin": ("operators", b""),
    "operators role other --role operator": ("operators", b""),
    "operators disable other --reason why": ("operators", b""),
    f"import-legacy {NOWHERE}": ("import_legacy", b""),
    **{
        f"export {row.kind} - --out a{row.suffixes[0]}": (row.right, GREEN)
        for row in KINDS.values()
    },
}
"""Each command with the right that it takes, and what it reads from standard input."""


@pytest.fixture
def shop(data_dir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Set up one operator of each role, without PINs, and stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    with open_studio(data_dir) as studio:
        for role in reversed(ROLES):
            studio.operators.add(role, role.capitalize(), role)
        studio.operators.add("other", "Max", "viewer")
    return data_dir


def refusals(data_dir: Path) -> int:
    """Count the refusals in the ledger, from its files."""
    files = (data_dir / "ledger").rglob("*.json")
    return sum(json.loads(file.read_bytes())["event"] == "operator.refused" for file in files)


@pytest.mark.parametrize("command", WRITING)
def test_a_command_does_what_the_role_may_and_else_refuses_with_one_event(
    luthier: Luthier, shop: Path, command: str
) -> None:
    right, stdin = WRITING[command]
    least = ROLES.index(RIGHTS[right])
    told = 0
    for place, who in enumerate((None, *ROLES), start=-1):
        option = "--as" if command.startswith("logs export") else "--operator"
        named = () if who is None else (option, who)
        answer = luthier(*command.split(), *named, stdin=stdin)
        if place >= least:
            assert answer.code != 6, answer.err
            assert answer.code != 2, answer.err
            continue
        told += 1
        assert (answer.code, answer.out) == (6, ""), (who, answer.err)
        assert answer.err.startswith("luthier: Only ")
        assert refusals(shop) == told
    assert refusals(shop) == told >= 2
