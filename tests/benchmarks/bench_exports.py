"""How long each export of 1,500 tiles takes, against the bare libraries writing the same.

Drawing is measured in time of the processor, so that other work beside it does not count; writing
and recording by the clock on the wall.
"""

from __future__ import annotations

import argparse
import io
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

import ezdxf
from ezdxf.document import Drawing

from luthier_desktop.domain.base import Value
from luthier_desktop.domain.pdf_options import PdfOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services import export_sheets
from luthier_desktop.services.export_drawing import Draft
from luthier_desktop.services.export_kinds import KINDS
from luthier_desktop.services.studio import Studio, open_studio
from tests.benchmarks.bench_pictures import TILES

_WORD = re.compile(r"[A-Za-z]|-?[0-9.]+")
MOST_MS, MOST_TIMES_FLOOR, MOST_PAGE_MS = 1000.0, 2.0, 300.0


class Took(NamedTuple):
    """The first run, which imports what is needed, the median of the others, the least; in ms."""

    first_ms: float
    median_ms: float
    least_ms: float


def tiled() -> RosetteParamSpec:
    """Return three rings of 500 tiles, and one of plain segments that parts can be cut for."""
    ring = {"width_mm": 5.0, "pattern_type": "LADDER", "pattern": {"count": TILES // 3}}
    rings: list[dict[str, Any]] = [
        {"ring_index": at, "gap_before_mm": 0.5, "materials": ["gaboon_ebony", "holly"], **ring}
        for at in range(3)
    ]
    whole = {"width_mm": 3.0, "pattern_type": "SEGMENTS", "materials": ["abalone"]}
    rings.append({"ring_index": 3, "tile_length_mm": 20.0, "inlay_thickness_mm": 1.5, **whole})
    members = {
        "name": "1,500 tiles",
        "outer_diameter_mm": 143.0,
        "inner_diameter_mm": 104.0,
        "soundhole_diameter_mm": 98.0,
        "top": {"material_id": "sitka_spruce", "thickness_mm": 2.8},
        "channel": {"depth_mm": 1.2, "layout": "single"},
        "ring_params": rings,
    }
    return RosetteParamSpec.model_validate(members)


def timed(
    work: Callable[[], object], times: int, clock: Callable[[], float] = time.process_time
) -> Took:
    """Time so many runs."""
    took = []
    for _ in range(times):
        begun = clock()
        work()
        took.append(1000 * (clock() - begun))
    return Took(took[0], statistics.median(took[1:] or took), min(took))


def written_again(data: bytes) -> Callable[[], bytes]:
    """Return what writes the elements of an SVG with the bare library, from the same numbers."""
    found = fromstring(data)

    def numbers(path: str) -> list[str | float]:
        return [float(one) if one[-1].isdigit() else one for one in _WORD.findall(path)]

    def text(words: list[str | float]) -> str:
        return " ".join([one if isinstance(one, str) else mm(one) for one in words])

    def mm(value: float) -> str:
        return f"{value:.4f}".rstrip("0").rstrip(".")

    parts = [
        (one.tag, {**one.attrib, "d": ""}, numbers(one.attrib.get("d", "")))
        for one in found.iter()
    ]
    print(
        f"  the SVG has {len(parts)} elements and {sum(len(part[2]) for part in parts)} words "
        "in paths"
    )

    def write() -> bytes:
        root = Element("svg")
        for tag, attributes, words in parts:
            SubElement(root, tag, {**attributes, "d": text(words)})
        return tostring(root)

    return write


def drawn_again(data: bytes) -> Callable[[], bytes]:
    """Return what writes the entities of a DXF file with the bare library."""
    found: Drawing = ezdxf.read(io.StringIO(data.decode("ascii")))  # type: ignore[attr-defined]
    entities = [(one.dxftype(), one) for one in found.modelspace()]
    outlines = [one.get_points("xyb") for kind, one in entities if kind == "LWPOLYLINE"]
    lines = [(one.dxf.start, one.dxf.end) for kind, one in entities if kind == "LINE"]
    circles = [(one.dxf.center, one.dxf.radius) for kind, one in entities if kind == "CIRCLE"]
    texts = [(one.dxf.text, one.dxf.insert) for kind, one in entities if kind == "TEXT"]

    def write() -> bytes:
        document = ezdxf.new("R2000")  # type: ignore[attr-defined]
        space = document.modelspace()
        for points in outlines:
            space.add_lwpolyline(points, format="xyb", close=True, dxfattribs={"layer": "50"})
        for start, end in lines:
            space.add_line(start, end, dxfattribs={"layer": "60"})
        for center, radius in circles:
            space.add_circle(center, radius, dxfattribs={"layer": "40"})
        for text, at in texts:
            space.add_text(text, dxfattribs={"layer": "90", "insert": at})
        stream = io.StringIO()
        document.write(stream)
        return stream.getvalue().encode()

    print(
        f"  the DXF has {len(outlines)} outlines, {len(lines)} lines, {len(circles)} circles, "
        f"{len(texts)} texts; {len(entities) - sum(map(len, (outlines, lines, circles, texts)))} "
        "others"
    )
    return write


def report(what: str, took: Took, most_ms: float) -> None:
    """Print one line, with what is allowed."""
    verdict = "ok" if took.median_ms <= most_ms else "TOO SLOW"
    first = f"first {took.first_ms:.0f}, least {took.least_ms:.0f} ms"
    print(f"{what:<28} {took.median_ms:7.1f} ms ({first}; at most {most_ms:.0f} ms) {verdict}")


def report_floor(what: str, took: Took, floor: Took) -> None:
    """Print how many times the floor something takes, by the least time of each."""
    ratio = took.least_ms / floor.least_ms
    verdict = "ok" if ratio <= MOST_TIMES_FLOOR else "TOO SLOW"
    print(
        f"{what:<28} {ratio:7.2f} times the bare library ({floor.least_ms:.1f} ms; at most "
        f"{MOST_TIMES_FLOOR:.0f}) {verdict}"
    )


def bench_kinds(studio: Studio, folder: Path, times: int) -> None:
    """Time each kind from the call to the recorded run, and drawing alone."""
    spec = tiled()
    draft = studio.exporting.draft(spec)._replace(carries=True)
    for row in KINDS.values():
        suffix = row.suffixes[0]
        options = row.options()

        def draw(row: Any = row, suffix: str = suffix, options: Value = options) -> bytes:
            return bytes(row.draw(draft._replace(suffix=suffix), options))

        drawing = timed(draw, times)
        report(f"{row.kind}, drawn", drawing, MOST_MS)
        if not row.gated:
            path = folder / f"{row.kind}{suffix}"
            whole = timed(
                lambda row=row, path=path: studio.exporting.write(  # type: ignore[misc]
                    row.kind, spec, path, replace=True
                ),
                max(2, times // 3),
                time.perf_counter,
            )
            report(f"{row.kind}, written, recorded", whole, MOST_MS)
        if row.kind == "svg":
            report_floor("svg", drawing, timed(written_again(draw()), times))
        if row.kind == "dxf":
            report_floor("dxf", drawing, timed(drawn_again(draw()), times))


def bench_pages(draft: Draft, times: int) -> None:
    """Time laying out what a preview shows."""
    for document in ("template", "shop_sheet"):
        options = PdfOptions.read({"document": document}, "The options")
        took = timed(lambda options=options: export_sheets.sheets(draft, options), times)  # type: ignore[misc]
        report(f"preview of the {document}", took, MOST_PAGE_MS)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=9)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder, open_studio(Path(folder) / "data") as studio:
        bench_pages(studio.exporting.draft(tiled()), times)
        bench_kinds(studio, Path(folder), times)


if __name__ == "__main__":
    main()
