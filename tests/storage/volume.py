"""Many runs with mixed attributes, brought into an index without their files."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from luthier_desktop.storage import index_schema
from luthier_desktop.storage.index_writer import IndexWriter
from luthier_desktop.storage.ledger import Ledger, ReadEvent
from luthier_desktop.storage.run_index import RunIndex
from luthier_desktop.storage.run_row import RunRow, search_text
from tests.storage.make import layout_in, run_id

MODES = ("art_studio", "art_studio", "art_studio", "cam")
RISKS = ("GREEN", "GREEN", "YELLOW", "RED", "UNKNOWN")
STATUSES = ("OK", "OK", "OK", "BLOCKED")
EVENTS = ("feasibility.checked", "feasibility.checked", "snapshot.saved", "export.written")
MATERIALS = ("holly", "gaboon_ebony", "koa", "pear", "abalone", "cherry")
TAGS = ("classical", "Éprouvé", "draft", "STRASSE", "straße")
SOURCES = ("window", "cli", "import", "legacy")
WORDS = ("Rosette", "Torres", "Straße", "Größe", "rope", "İstanbul", "rose \U0001f339")


def mixed_rows(count: int, *, start: int = 0, seed: int = 7) -> Iterator[RunRow]:
    """Yield the rows of runs *start* to *count*; the same number always gives the same row."""
    began = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(start, count):
        pick = random.Random(seed * 1_000_003 + number)
        risk = pick.choice(RISKS)
        # Now and then the clock had been wrong by hours.
        wrong = timedelta(hours=pick.choice((-30, 5))) if pick.random() < 0.002 else timedelta()
        at = began + timedelta(minutes=number) + wrong
        name = f"{pick.choice(WORDS)} {pick.randrange(50)}"
        warnings = [f"ring {pick.randrange(8)} is narrow"] * pick.randrange(3)
        rare = "zebrano" if number % 4001 == 1 else ""
        identity = run_id(number)
        yield RunRow(
            run_id=identity,
            created_at_utc=at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            event_type=pick.choice(EVENTS),
            mode="rmos" if number % 997 == 5 else pick.choice(MODES),
            tool_id=pick.choice((None, "T1", "T2", "T3")),
            status="ERROR" if number % 1009 == 3 else pick.choice(STATUSES),
            risk_level=risk,
            score=None if risk == "UNKNOWN" else round(pick.uniform(0, 100), 1),
            warnings=len(warnings),
            source=pick.choice(SOURCES),
            operator=_operator(number, count, pick),
            design_id=f"dsg_{pick.randrange(200)}",
            design_name=name,
            design_sha256=f"{pick.randrange(300):064x}",
            material_ids=tuple(pick.sample(MATERIALS, pick.randrange(4))),
            tags=tuple(pick.sample(TAGS, pick.randrange(3))),
            search=search_text(identity, name, *warnings, rare),
        )


def _operator(number: int, count: int, pick: random.Random) -> str:
    if number * 20 < count:
        return pick.choice(("early", "Earliest"))
    return f"op{pick.randrange(9)}"


def unfilled_index(path: Path) -> tuple[RunIndex, sqlite3.Connection]:
    """Return an empty index at *path* and a connection that fills it."""
    connection = index_schema.connect(path)
    return RunIndex(path, Ledger(layout_in(path.parent))), connection


def fill(connection: sqlite3.Connection, rows: Iterable[RunRow]) -> None:
    """Bring *rows* into the index, the first as event 1."""
    connection.execute("BEGIN IMMEDIATE")
    writer = IndexWriter(connection)
    for seq, row in enumerate(rows, start=1):
        members = {"event": row.event_type, "run_id": row.run_id, "row": row.plain(), "files": []}
        writer.apply(ReadEvent(seq, "", members))
    writer.finish()
    connection.execute("COMMIT")
    connection.close()
