"""The command ``luthier`` of the built folder."""

import sys

from luthier_desktop.cli import main

sys.exit(main())
