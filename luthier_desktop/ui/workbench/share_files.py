"""Share files that come in: opened, pasted, or dropped on the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from luthier_desktop.services.sharing import ShareImported
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.open_design import SavedAs
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.workbench.design_files import DesignFiles
from luthier_desktop.ui.workbench.importing import Importing
from luthier_desktop.ui.workbench.open_designs import OpenDesigns


class ShareFiles(QObject):
    """Shows what a share file holds; ``recorded`` comes when one was brought into the log."""

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
        self.importing = Importing(window, background, studio)
        files.looked.connect(self.importing.ask)
        self.importing.opened.connect(files.opened)
        self.importing.imported.connect(self._imported)

    def _imported(self, done: ShareImported) -> None:
        if done.design is not None:
            self._designs.current.saved_as = SavedAs.of(done.document, done.design)
        self.recorded.emit()
