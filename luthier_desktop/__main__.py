"""``python -m luthier_desktop`` opens the window."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the window; Qt is imported only here."""
    from luthier_desktop import app

    return app.main()


if __name__ == "__main__":
    sys.exit(main())
