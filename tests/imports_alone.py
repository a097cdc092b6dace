"""Imports every module of a package with none imported before that it does not import itself.

Run as a program: ``python tests/imports_alone.py FOLDER PACKAGE`` prints a line for each module
that cannot be imported, and how many there are. Libraries come first. Then each
module gets a process of its own, forked from one that holds none of the package, or nothing but
what this module's own first lines import whatever happens: so this much is not done again for
each. A module that takes part in a cycle is begun from none.
"""

from __future__ import annotations

import ast
import gc
import importlib
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path

MANY = 20
Wants = Mapping[str, frozenset[str]]
Begun = Mapping[str, list[str]]


def modules_of(folder: Path, package: str) -> dict[str, Path]:
    """Return the file of each module by its name."""
    found = {}
    for path in sorted((folder / package).rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return {name: path for name, path in found.items() if not name.endswith("__main__")}


def imported_by(path: Path) -> frozenset[str]:
    """Return what may be modules among all that is imported whenever the file is."""
    named: set[str] = set()
    body = list(ast.parse(path.read_text(encoding="utf-8")).body)
    while body:
        line = body.pop()
        if isinstance(line, ast.With):
            body += line.body
        elif isinstance(line, ast.Import):
            named |= {each.name for each in line.names}
        elif isinstance(line, ast.ImportFrom) and line.module:
            named |= {line.module, *(f"{line.module}.{each.name}" for each in line.names)}
    return frozenset(named)


def begun_from(wants: Wants) -> Begun:
    """Return which modules are begun from which: from the one that brings in most; "" is none."""

    @cache
    def closure(module: str) -> frozenset[str]:
        seen, ahead = {module}, [module]
        while ahead:
            ahead += wants[ahead.pop()] - seen
            seen.update(ahead)
        return frozenset(seen)

    begun: dict[str, list[str]] = defaultdict(list)
    for module, wanted in wants.items():
        others = [each for each in sorted(wanted) if module not in closure(each)]
        begun[max(others, key=lambda each: len(closure(each)), default="")].append(module)
    return begun


def import_alone(module: str, begun: Begun) -> None:
    """In a process of its own: import *module*, then those that are begun from it."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if status:
            print(f"{module}: its process ended with {status}", flush=True)
        return
    _go_on(module, begun)
    os._exit(0)


def _go_on(module: str, begun: Begun) -> None:
    """Import *module* here; the last of those that are begun from it needs no process of its own.

    The others have theirs by then, and this one holds nothing but what the last imports anyway.
    """
    try:
        assert module not in sys.modules, "something imported it before"
        importlib.import_module(module)
    except BaseException as error:
        print(f"{module}: {error!r}", flush=True)
    *others, last = begun.get(module, ()) or [""]
    for each in others:
        import_alone(each, begun)
    if last:
        _go_on(last, begun)


def import_libraries(named: Iterable[frozenset[str]], package: str) -> None:
    """Import what does not belong to the package and many need, and stop looking for garbage.

    What only a few need would make every process larger and so slower to fork.
    """
    users = Counter(chain.from_iterable(named))
    for name in sorted(users):
        if users[name] >= MANY and name.split(".")[0] != package:
            with suppress(ImportError):
                importlib.import_module(name)
    assert not [name for name in sys.modules if name.split(".")[0] == package]
    gc.disable()
    gc.freeze()


def main(folder: str, package: str) -> None:
    sys.path.insert(0, folder)
    modules = modules_of(Path(folder), package)
    named = {name: imported_by(path) for name, path in modules.items()}
    import_libraries(named.values(), package)
    begun = begun_from({name: found & modules.keys() for name, found in named.items()})
    print(len(modules), flush=True)
    for module in begun[""]:
        import_alone(module, begun)


if __name__ == "__main__":
    main(*sys.argv[1:])
