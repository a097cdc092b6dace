"""The headless command ``luthier``: the same services as the window, text or JSON."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    from luthier_desktop import logs, paths
    from luthier_desktop.cli.commands import luthier
    from luthier_desktop.cli.failures import exit_code_of

    with logs.logging_to(paths.state_dir(), "luthier"):
        return exit_code_of(luthier, arguments)
