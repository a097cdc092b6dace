"""All that leaves the window: the Export dialog, the printer, and the path of the bit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, SignalInstance

from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.run_log.run_log import RunLog
from luthier_desktop.ui.workbench.cutting_path import CuttingPath
from luthier_desktop.ui.workbench.deciding import Deciding
from luthier_desktop.ui.workbench.design_files import DesignFiles
from luthier_desktop.ui.workbench.export_writing import ExportWriting
from luthier_desktop.ui.workbench.exporting_designs import ExportingDesigns
from luthier_desktop.ui.workbench.printing_sheets import PrintingSheets
from luthier_desktop.ui.workbench.snapshot_library import SnapshotLibrary


class Outgoing(QObject):
    """Joins what writes, prints and shows; ``recorded`` tells of the runs that say so."""

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        studio: Studio,
        editor: DesignEditor,
        files: DesignFiles,
    ) -> None:
        super().__init__(window)
        bench = (window, background, studio, editor)
        self.writing = ExportWriting(window, background, studio, files)
        self.designs = ExportingDesigns(*bench, self.writing)
        self.printing = PrintingSheets(*bench, self.writing)
        self.path = CuttingPath(*bench)

    @property
    def recorded(self) -> SignalInstance:
        """Comes when an export was recorded."""
        return self.writing.recorded

    def connect_panels(self, library: SnapshotLibrary, log: RunLog, deciding: Deciding) -> None:
        """Export what is chosen in the panels, and decide on what is in the way."""
        library.shareWanted.connect(self.designs.ask_to_share)
        library.pictureWanted.connect(self.designs.ask_to_draw)
        self.recorded.connect(log.refresh)
        self.recorded.connect(library.refresh)
        self.designs.decide_with(deciding)
        self.designs.export_runs_of(log)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands call."""
        return {
            **self.designs.commands(),
            **self.printing.commands(),
            **self.path.commands(),
        }

    def close(self) -> None:
        """Do nothing more."""
        self.path.close()
