"""Everything about share files in one window: out, in, and dropped on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from luthier_desktop.services.sharing import ShareImported
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.open_design import SavedAs
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.workbench.design_files import DesignFiles
from luthier_desktop.ui.workbench.importing import Importing
from luthier_desktop.ui.workbench.open_designs import OpenDesigns
from luthier_desktop.ui.workbench.sharing import SharingFiles


class ShareFiles(QObject):
    """Joins what exports and imports; ``recorded`` comes when either was written to the log."""

    recorded = Signal()

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        studio: Studio,
        files: DesignFiles,
        designs: OpenDesigns,
    ) -> None:
        super().__init__(window)
        self._designs = designs
        self.exporting = SharingFiles(window, background, studio, files, designs)
        self.importing = Importing(window, background, studio)
        files.looked.connect(self.importing.ask)
        self.importing.opened.connect(files.opened)
        self.importing.imported.connect(self._imported)
        self.exporting.exported.connect(self._tell)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about share files call."""
        return self.exporting.commands()

    def _imported(self, done: ShareImported) -> None:
        if done.design is not None:
            self._designs.current.saved_as = SavedAs.of(done.document, done.design)
        self.recorded.emit()

    def _tell(self, _: object) -> None:
        self.recorded.emit()
