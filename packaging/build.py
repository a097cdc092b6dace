#!/usr/bin/env python3
"""Build what is handed to people: a folder, a .tar.xz, a .deb, and on Windows an installer.

``folder`` runs PyInstaller and adds licences and the list of parts; ``tar`` and ``deb`` pack the
folder on Linux; ``nsis`` compiles the installer script. Everything comes to lie in ``dist/``.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import dev

ROOT = dev.ROOT
PACKAGING = ROOT / "packaging"
BUILD, DIST = ROOT / "build", ROOT / "dist"
NAME = "luthier-desktop"
FOLDER = DIST / NAME
LARGEST_FOLDER_BYTES = 260 * 10**6
STEPS = ("folder", "tar", "deb", "nsis")
ROOT_OWNER = "root"
NEVER_STRIPPED = ("numpy", "scipy", "gfortran", "quadmath")
"""Parts of names: stripped, numpy's libraries do not load."""


def main() -> int:
    """Do what the command line asks, what it stands on first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="*", help=f"{', '.join(STEPS)}; all that fit by default")
    wanted = parser.parse_args().what or _usual()
    if unknown := sorted(set(wanted) - set(STEPS)):
        parser.error(f"{unknown[0]!r} is none of {', '.join(STEPS)}")
    python = dev.prepare()
    if python is None:
        return 1
    steps = {"folder": lambda: folder(python), "tar": tar, "deb": deb, "nsis": nsis}
    for step in STEPS:
        if step in wanted:
            print(f"{step}: {steps[step]()}", flush=True)
    return 0


def version() -> str:
    """Return the program's version."""
    text = (ROOT / "luthier_desktop" / "__init__.py").read_text(encoding="utf-8")
    return text.split('__version__ = "', 1)[1].split('"', 1)[0]


def folder(python: Path) -> str:
    """Build the folder of the program, with its licences and the list of its parts."""
    shutil.rmtree(BUILD, ignore_errors=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    _run(python, PACKAGING / "icons.py", BUILD / "icons")
    _run(
        python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--distpath", DIST, "--workpath", BUILD / "pyinstaller", PACKAGING / "luthier.spec",
    )  # fmt: skip
    if sys.platform == "linux":
        _strip()
        shutil.copytree(PACKAGING / "linux", FOLDER / "share-files")
        shutil.copytree(BUILD / "icons", FOLDER / "share-files" / "icons")
        shutil.copy2(ROOT / "resources" / "icons" / f"{NAME}.svg", FOLDER / "share-files")
    _run(python, PACKAGING / "notices.py", FOLDER)
    size_bytes = _size_bytes(FOLDER)
    if size_bytes > LARGEST_FOLDER_BYTES:
        raise SystemExit(f"{FOLDER} has {size_bytes / 1e6:.0f} MB; at most 260 are allowed.")
    return f"{FOLDER}, {size_bytes / 1e6:.0f} MB"


def tar() -> str:
    """Pack the folder; the same folder gives the same file."""
    target = DIST / f"{NAME}-{version()}-linux-{platform.machine()}.tar.xz"
    _pack(target, FOLDER, f"{NAME}-{version()}")
    return _told(target)


def deb() -> str:
    """Pack the folder as a Debian package, with menu entry, icons and file type."""
    root = BUILD / "deb"
    shutil.rmtree(root, ignore_errors=True)
    _lay_out(root)
    (root / "DEBIAN").mkdir()
    control = (PACKAGING / "linux" / "control").read_text(encoding="utf-8")
    machine = subprocess.check_output(["dpkg", "--print-architecture"], text=True).strip()
    size_kib = _size_bytes(root) // 1024
    (root / "DEBIAN" / "control").write_text(
        control.format(version=version(), architecture=machine, size_kib=size_kib),
        encoding="utf-8",
    )
    for path in sorted(root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    target = DIST / f"{NAME}_{version()}_{machine}.deb"
    epoch = {**os.environ, "SOURCE_DATE_EPOCH": str(_epoch())}
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(target)],
        check=True, env=epoch, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return _told(target)


def nsis() -> str:
    """Compile the Windows installer over the folder that stands in ``dist``."""
    target = DIST / f"{NAME}-{version()}-setup.exe"
    _run(
        "makensis", "-V2", "-WX", f"-DVERSION={version()}", f"-DFOLDER={FOLDER}",
        f"-DICON={BUILD / 'icons' / (NAME + '.ico')}",
        f"-DTARGET={target}", PACKAGING / "windows" / "luthier.nsi",
    )  # fmt: skip
    return _told(target)


def _usual() -> list[str]:
    kinds = {"linux": ["folder", "tar", "deb"], "win32": ["folder", "nsis"]}
    return kinds.get(sys.platform, ["folder"])


def _lay_out(root: Path) -> None:
    """Put everything where a Debian system looks for it."""
    share = root / "usr" / "share"
    program = root / "usr" / "lib" / NAME
    shutil.copytree(FOLDER, program, symlinks=True)
    shutil.rmtree(program / "share-files")
    linux = PACKAGING / "linux"
    places = {
        f"{NAME}.desktop": share / "applications",
        f"{NAME}-mime.xml": share / "mime" / "packages",
        "org.luthierdesktop.luthier_desktop.metainfo.xml": share / "metainfo",
    }
    for name, place in places.items():
        place.mkdir(parents=True)
        shutil.copy2(linux / name, place)
    for size in ("16", "32", "48", "128", "256"):
        _add_icon(share, f"{size}x{size}", BUILD / "icons" / f"{size}.png")
    _add_icon(share, "scalable", ROOT / "resources" / "icons" / f"{NAME}.svg")
    documents = share / "doc" / NAME
    documents.mkdir(parents=True)
    shutil.copy2(PACKAGING / "LICENSE.txt", documents / "copyright")
    commands = root / "usr" / "bin"
    commands.mkdir(parents=True)
    for command in (NAME, "luthier"):
        (commands / command).symlink_to(f"../lib/{NAME}/{command}")


def _add_icon(share: Path, size: str, source: Path) -> None:
    for kind, name in (("apps", NAME), ("mimetypes", "application-x-luthier-rosette")):
        place = share / "icons" / "hicolor" / size / kind
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, place / f"{name}{source.suffix}")


def _strip() -> None:
    for path in sorted(FOLDER.rglob("*")):
        is_library = ".so" in path.name and path.is_file() and not path.is_symlink()
        if is_library and not any(part in str(path) for part in NEVER_STRIPPED):
            subprocess.run(["strip", "--strip-unneeded", str(path)], check=False)


def _pack(target: Path, source: Path, name: str) -> None:
    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = ROOT_OWNER
        member.mtime = _epoch()
        return member

    with tarfile.open(target, "w:xz", preset=6) as archive:
        for path in sorted([source, *source.rglob("*")]):
            inside = Path(name) / path.relative_to(source)
            archive.add(path, str(inside), recursive=False, filter=plain)


def _epoch() -> int:
    """Return the time of the commit that is built, in seconds."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    return int(subprocess.check_output(asked, text=True))


def _size_bytes(path: Path) -> int:
    files = (each for each in path.rglob("*") if each.is_file() and not each.is_symlink())
    return sum(each.stat().st_size for each in files)


def _told(path: Path) -> str:
    return f"{path}, {path.stat().st_size / 1e6:.1f} MB"


def _run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
