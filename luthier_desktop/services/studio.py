"""The composition root: one `Studio` holds every service, over one store."""

from __future__ import annotations

import getpass
import os
import platform
import socket
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from luthier_desktop import __version__, paths
from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.operators import OWNER, Operator
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run import Source
from luthier_desktop.services.actor import Actor
from luthier_desktop.services.backups import Backups
from luthier_desktop.services.batches import Batches
from luthier_desktop.services.bench import Bench
from luthier_desktop.services.bundles import Bundles
from luthier_desktop.services.catalogue_book import CatalogueBook
from luthier_desktop.services.catalogue_edits import CatalogueEdits
from luthier_desktop.services.clock import Clock, SystemClock
from luthier_desktop.services.comparing import Comparing
from luthier_desktop.services.decisions import Decisions
from luthier_desktop.services.designs import design_sha256
from luthier_desktop.services.diagnostics import diagnostics
from luthier_desktop.services.drafts import Drafts
from luthier_desktop.services.export_choices import ExportChoices
from luthier_desktop.services.exporting import Exporting, Shop
from luthier_desktop.services.feasibility import Feasibility
from luthier_desktop.services.feeds import Feeds
from luthier_desktop.services.filters import Filters
from luthier_desktop.services.full_backups import FullBackups
from luthier_desktop.services.hiding import Hiding
from luthier_desktop.services.legacy import Legacy
from luthier_desktop.services.log_tables import LogTables
from luthier_desktop.services.operators import Operators
from luthier_desktop.services.picture_source import Library, Sources
from luthier_desktop.services.recent_files import RecentFiles
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.services.recording import Stamper
from luthier_desktop.services.run_copies import RunCopies
from luthier_desktop.services.run_list import RunList
from luthier_desktop.services.run_proofs import RunProofs
from luthier_desktop.services.runs import Runs
from luthier_desktop.services.setup_book import SetupBook
from luthier_desktop.services.setup_edits import SetupEdits
from luthier_desktop.services.setups import Setups
from luthier_desktop.services.sharing import Access, Sharing
from luthier_desktop.services.snapshot_marks import SnapshotMarks
from luthier_desktop.services.snapshots import Snapshots
from luthier_desktop.services.trust import Trust
from luthier_desktop.services.upkeep import Upkeep
from luthier_desktop.services.workshop_log import WorkshopLog
from luthier_desktop.services.workshop_settings import WorkshopSettings
from luthier_desktop.storage.drafts import DraftFolder
from luthier_desktop.storage.layout import STORE_FILE, StoreLayout
from luthier_desktop.storage.ledger import Ledger
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.place import short_of_space
from luthier_desktop.storage.session import Session
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.tail import tail_fault


class Acting(NamedTuple):
    """Who works, and from where."""

    operator: Operator
    source: Source


class Studio:
    """Everything a user can do; the store is opened when it is first needed.

    Previews, reading designs and the starter content need no store and may run on any thread.
    All else is done from one thread at a time: in the window the short worker's.
    """

    def __init__(
        self,
        layout: StoreLayout,
        clock: Clock,
        acting: Acting,
        calls: OsCalls = OS,
        bench: Bench | None = None,
    ) -> None:
        self._layout = layout
        self._calls = calls
        self._clock = clock
        self._acting = acting
        self._opened: Store | None = None
        self.actor = Actor(self._records, acting.operator)
        self.operators = Operators(self.store, self._records, self.actor, clock)
        stamper = Stamper(clock, lambda: self.actor.operator, acting.source)
        self._recorder = Recorder(self.store, stamper, self.actor)
        self._bench = bench or Bench(layout.data, clock)
        self.designs = self._bench.designs
        self.batches = Batches()
        self.catalogue = self._bench.catalogue
        self.workshop = WorkshopLog(self._records)
        self.catalogue.follow(self.workshop.state)
        book = SetupBook(self._records, self._recorder, self.workshop, self._keep_settings)
        self.setups = Setups(book, self._recorder, self.catalogue.woods_now)
        self.setup_edits = SetupEdits(book, self._recorder, self.catalogue.woods_now)
        entries = CatalogueBook(self._recorder, self.workshop, self.catalogue, self._keep_settings)
        self.catalogue_edits = CatalogueEdits(
            entries, self._recorder, lambda: self.actor.operator.name
        )
        self.feeds = Feeds(self.setups, self.setup_edits, self.catalogue)
        self.presets = self._bench.presets
        self.runs = Runs(self.store, lambda: self.materials, self.actor)
        self.run_list = RunList(self.store, self._records)
        self.upkeep = Upkeep(self.store, clock, self.actor)
        self.hiding = Hiding(self.store, self.actor)
        self.snapshot_marks = SnapshotMarks(self.store, self.actor)
        self.bundles = Bundles(self.store, self._recorder)
        self.legacy = Legacy(self.store, self._recorder, self.designs)
        self.log_tables = LogTables(self.store, self._recorder)
        self.copies = RunCopies(self.store)
        self.filters = Filters(self.store, layout.config, calls)
        self.export_choices = ExportChoices(layout.config, calls)
        self.recent_files = RecentFiles(layout.config, calls)
        self.trust = Trust(self.store, self.actor)
        self.proofs = RunProofs(self.store)

    @property
    def materials(self) -> MaterialCatalogue:
        """The woods and inlay materials that are known, the user's own among them."""
        return self._bench.materials

    @cached_property
    def backups(self) -> Backups:
        """Backups of the settings."""
        settings = WorkshopSettings(self.store, self.workshop, self.catalogue)
        return Backups(self._records, self.store, self._recorder, self.actor, settings)

    @cached_property
    def full_backups(self) -> FullBackups:
        """Backups of the whole store."""
        return FullBackups(self._records, self._recorder, self.actor, self._clock, self._calls)

    @cached_property
    def feasibility(self) -> Feasibility:
        """Judging designs."""
        return Feasibility(self._recorder, self.designs, self.setups, self.catalogue)

    @cached_property
    def snapshots(self) -> Snapshots:
        """Designs kept under a name."""
        return Snapshots(
            self.store, self._recorder, self.designs, self.feasibility, lambda: self.sharing
        )

    @cached_property
    def comparing(self) -> Comparing:
        """What differs between runs or snapshots."""
        return Comparing(self.runs, lambda: self.snapshots)

    @cached_property
    def exporting(self) -> Exporting:
        """Drawings, sheets, lists and G-code."""
        library = Library(lambda: self.snapshots, lambda: self.sharing, self.trust.letters_of)
        sources = Sources(self.feasibility, self.designs, self.setups.current, library)
        shop = Shop(
            self.feasibility.request,
            lambda request: self.decisions.gate_of(request),
            lambda: self.materials,
            self.snapshots.save,
        )
        return Exporting(self.store, self._recorder, sources, shop)

    @cached_property
    def sharing(self) -> Sharing:
        """Share files."""
        return Sharing(
            Access(self.store, self._records),
            self._recorder,
            self.feasibility,
            lambda snapshot_id: self.snapshots.get(snapshot_id),
            self.trust,
        )

    @cached_property
    def decisions(self) -> Decisions:
        """Acceptances, overrides and the gate before cutting."""
        return Decisions(
            self._records, self._recorder, self.designs, self.feasibility, self.operators
        )

    @cached_property
    def drafts(self) -> Drafts:
        """What is open and not saved; it needs no store."""
        folder = DraftFolder(self._layout.data, paths.state_dir(), self._calls)
        return Drafts(folder, self._clock)

    @property
    def data_dir(self) -> Path:
        """The data directory."""
        return self._layout.data

    @property
    def operator(self) -> Operator:
        """Who acts."""
        return self.actor.operator

    def store(self) -> Store:
        """Return the store, opened and made at the first call."""
        if self._opened is None:
            self._opened = Store.open(
                self._layout,
                self._clock.now,
                self._clock.token,
                self._session(),
                self._calls,
            )
        return self._opened

    def hash_of(self, design: RosetteParamSpec) -> str:
        """Return the ``design_sha256``."""
        return design_sha256(design)

    def health(self) -> dict[str, Any]:
        """Say whether the program and its store are well; makes the store when there is none."""
        store = self.store()
        store.catch_up()
        told = (store.state.sentence, store.index.stale, store.checkpoints.problem)
        problems = [*(said for said in told if said), *store.warnings()]
        events, fault = _end_of(store.ledger)
        problems += [fault] if fault else []
        problems += [said for said in self._shop_problems() if said not in problems]
        return {
            "ok": not problems,
            "version": __version__,
            "python": platform.python_version(),
            "data_dir": str(self.data_dir),
            "writable": store.state.writable,
            "events": events,
            "index": "stale" if store.index.stale else "ok",
            "problems": problems,
            "notes": self.trust.notes(),
        }

    def diagnostics(self) -> dict[str, Any]:
        """Return what helps to find a fault: `health`, machine, parts and log lines; no names."""
        return diagnostics(self.health())

    def space_warning(self) -> str:
        """Say that the disk is nearly full, or nothing; the store is not opened for that."""
        largest = self._opened.largest_bytes if self._opened is not None else 0
        return short_of_space(self._layout, self._calls, largest)

    def has_log(self) -> bool:
        """Tell whether a store stands in the data directory; asking makes none."""
        try:
            self._calls.stat(self._layout.data / STORE_FILE)
        except (FileNotFoundError, NotADirectoryError):
            return self._records() is not None
        except OSError:
            return True
        return True

    def alarm(self) -> str:
        """Say that the log is older than last seen here, or nothing; asking makes no store."""
        return "" if self._records() is None else self.runs.alarm()

    def _records(self) -> Store | None:
        """Return the store when something was recorded in it; asking makes none."""
        if self._opened is None:
            try:
                self._calls.stat(self._layout.ledger)
            except (FileNotFoundError, NotADirectoryError):
                return None
            except OSError:
                return self.store()
        return self.store()

    def _session(self) -> Session:
        return Session(
            source=self._acting.source,
            host=socket.gethostname(),
            os_user=_os_user(),
            app_version=__version__,
            acting=lambda: self.actor.operator,
        )

    def _keep_settings(self) -> None:
        self.backups.before_change()

    def _shop_problems(self) -> list[str]:
        """Say what is wrong with setups, own entries and operators, or that none can be read."""
        told: list[str] = []
        asked: tuple[Callable[[], Sequence[str]], ...] = (
            self._current_fault, self.setups.doubts, self._entry_faults, self.operators.doubts,
        )
        for ask in asked:
            try:
                told += ask()
            except LuthierError as error:
                told.append(error.sentence)
        return list(dict.fromkeys(told))

    def _current_fault(self) -> list[str]:
        self.setups.current()
        return []

    def _entry_faults(self) -> list[str]:
        self.catalogue.look()
        return self.catalogue.problems()

    def close(self) -> None:
        """Let the index follow what was recorded and let go of the store.

        A later call opens it again.
        """
        if self._opened is not None:
            self._opened.catch_up()
            self._opened.close()
            self._opened = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_studio(
    data_dir: Path | None = None,
    *,
    source: Source = "cli",
    operator: Operator = OWNER,
    clock: Clock | None = None,
    bench: Bench | None = None,
) -> Studio:
    """Compose the services over the data directory; nothing is read or written yet.

    A *bench* that is open already is taken over. An *operator* other than the owner signed in
    before, in the process that this one works for.
    """
    layout = StoreLayout.of(
        paths.data_dir(data_dir), paths.cache_dir(), paths.config_dir(), os.environ
    )
    return Studio(layout, clock or SystemClock(), Acting(operator, source), bench=bench)


def _end_of(ledger: Ledger) -> tuple[int, str]:
    """Return how many events there are, and what is wrong with the last ones."""
    try:
        return ledger.last_seq(), tail_fault(ledger)
    except LuthierError as error:
        return 0, error.sentence


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
