"""The windowed program of the built folder."""

import sys

from luthier_desktop.__main__ import main

sys.exit(main())
