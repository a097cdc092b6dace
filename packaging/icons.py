"""Draw the program's icon in every size and form; needs the environment of `dev.py`."""

from __future__ import annotations

import sys
from pathlib import Path

import resvg_py
from PIL import Image

SOURCE = Path(__file__).parents[1] / "resources" / "icons" / "luthier-desktop.svg"
SIZES = (16, 32, 48, 64, 128, 256, 512)
ICO_SIZES = [(size, size) for size in (16, 32, 48, 64, 128, 256)]


def draw(target: Path) -> None:
    """Write the icons into *target*."""
    target.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        data = resvg_py.svg_to_bytes(svg_path=str(SOURCE), width=size, height=size)
        (target / f"{size}.png").write_bytes(bytes(data))
    with Image.open(target / "256.png") as image:
        image.save(target / "luthier-desktop.ico", sizes=ICO_SIZES)
    with Image.open(target / "512.png") as image:
        image.save(target / "luthier-desktop.icns")


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
