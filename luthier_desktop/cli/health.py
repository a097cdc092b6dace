"""``luthier health``."""

from __future__ import annotations

import click

from luthier_desktop.cli.session import Session, members, with_session


@click.command(epilog="Example: luthier health --json")
@with_session
def health(session: Session) -> int:
    """Say whether the program and its store are well; makes the store when there is none."""
    with session.studio() as studio:
        found = studio.diagnostics()
    lines = members(
        {
            "program": f"luthier {found['version']}, Python {found['python']}",
            "system": found["system"],
            "data": found["data_dir"],
            "config": found["config_dir"],
            "state": found["state_dir"],
            "cache": found["cache_dir"],
            "writable": "yes" if found["writable"] else "no",
            "events": str(found["events"]),
            "index": found["index"],
        }
    )
    problems = [f"problem: {problem}" for problem in found["problems"]] or ["all is well"]
    notes = [f"note: {note}" for note in found["notes"]]
    session.answer(found, [*lines, *notes, *problems])
    return 0 if found["ok"] else 1
