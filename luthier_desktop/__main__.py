"""``python -m luthier_desktop`` opens the window; with ``--job`` it does long work for one."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the window; Qt is imported only here, and never for a job."""
    if sys.argv[1:] == ["--job"]:
        from luthier_desktop.services import job_process

        return job_process.main()
    from luthier_desktop import app

    return app.main()


if __name__ == "__main__":
    sys.exit(main())
