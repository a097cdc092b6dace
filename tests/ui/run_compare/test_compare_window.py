"""The compare window over real runs: keys, modes, marks on the picture, copies, names."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QSlider, QWidget

from luthier_desktop.domain.lengths import Unit
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui import style, units
from luthier_desktop.ui.design_editor.still import Still
from luthier_desktop.ui.messages import Messages
from luthier_desktop.ui.run_compare.compare_window import CompareWindow
from luthier_desktop.ui.run_compare.picture import BLINK_MS, Mode, Sight
from luthier_desktop.ui.run_compare.table_model import table_lines
from luthier_desktop.ui.run_compare.table_window import TableWindow
from luthier_desktop.ui.workbench.comparing import _drawn
from tests.services.builders import design
from tests.ui.desk import press, wait_until
from tests.ui.hostile_texts import faults
from tests.ui.run_compare.compare_steps import Open, Runs, window_lives


def chosen(window: CompareWindow) -> str:
    row = window.model.row(window.table.currentIndex().row())
    return row.what if row else ""


def grabbed(window: CompareWindow) -> QImage:
    return window.picture.grab().toImage()


def has_colour(image: QImage, wanted: str) -> bool:
    colour = QColor(wanted).rgb()
    size = image.size()
    return any(
        image.pixel(x, y) == colour for y in range(size.height()) for x in range(size.width() // 2)
    )


def test_only_what_differs_is_listed_under_its_heading(compare: Open) -> None:
    window = compare(0, 1)
    rows = [window.model.row(at) for at in range(window.model.rowCount())]
    told = {row.what: (row.a.text, row.b.text) for row in rows if row and not row.heading}
    assert told["Ring 1, solid: width"] == ("5.00 mm", "7.00 mm")
    assert not any(what.startswith("Ring 0, solid: width") for what in told)
    assert rows[0] is not None
    assert rows[0].what == "Design: 2 differences"
    assert told["The rings fill the span (G5)"][0].startswith("✓ Green")


def test_a_ring_that_moved_is_said_to_have_moved(compare: Open) -> None:
    window = compare(0, 2)
    rows = [window.model.row(at) for at in range(window.model.rowCount())]
    moves = [(row.what, row.a.text, row.b.text) for row in rows if row and "moved" in row.what]
    assert moves == [("Ring 0, solid: moved", "ring 1", "ring 0")]


def test_brackets_go_from_difference_to_difference_and_frame_the_ring(compare: Open) -> None:
    window = compare(0, 1)
    seen = [chosen(window)]
    press("]")
    seen.append(chosen(window))
    assert seen == ["Name", "Ring 1, solid: width"]
    assert window.picture.looked_at == "r1"
    framed = grabbed(window)
    assert has_colour(framed, style.LOOKED_AT)
    press("[")
    assert chosen(window) == "Name"
    assert window.picture.looked_at is None
    press("Shift+F4")
    assert chosen(window) == "Name"
    press("F4")
    assert chosen(window) == "Ring 1, solid: width"


@pytest.mark.parametrize(
    ("keys", "mode"),
    [("1", Mode.OVERLAY), ("2", Mode.BLINK), ("3", Mode.WIPE), ("4", Mode.BESIDE)],
)
def test_a_figure_chooses_how_both_are_drawn(compare: Open, keys: str, mode: Mode) -> None:
    window = compare(0, 1)
    window.set_mode(Mode.WIPE if mode is Mode.OVERLAY else Mode.OVERLAY)
    press(keys)
    assert window.picture.mode is mode
    assert window.picture.is_drawn


def test_what_only_one_has_is_tinted_and_nothing_is_in_the_same_designs(compare: Open) -> None:
    same, other = compare(0, 3), compare(0, 1)
    assert same.head.said.text().startswith("The same")
    assert not has_colour(without_legend(grabbed(same)), style.SIDE_COLOURS[1])
    assert has_colour(without_legend(grabbed(other)), style.SIDE_COLOURS[1])


def without_legend(image: QImage) -> QImage:
    return image.copy(0, 0, image.width(), image.height() - 40)


def test_the_wipe_shows_a_or_b_or_both(compare: Open) -> None:
    window = compare(0, 1)
    press("3")
    window.picture.setFocus()
    window.picture.set_share(0)
    only_a = grabbed(window)
    for _ in range(20):
        QTest.keyClick(window.picture, Qt.Key.Key_Left)
    only_b = grabbed(window)
    for _ in range(10):
        press("Alt+Right")
    both = grabbed(window)
    share = window.findChild(QSlider, "compareShare")
    assert share is not None
    assert share.invertedAppearance()
    left, right = QPoint(40, 300), QPoint(both.width() - 40, 300)
    middle = QPoint(both.width() // 2 - 150, both.height() // 2)
    assert only_a != only_b
    assert both.pixel(left) == only_a.pixel(left)
    assert both.pixel(right) == only_b.pixel(right)
    assert both.pixel(middle) == only_a.pixel(middle)


def test_blinking_is_slow_can_be_stopped_and_ends_with_the_window(compare: Open) -> None:
    window = compare(0, 1)
    press("2")
    assert 1000 / (2 * BLINK_MS) <= 2
    assert window.picture.is_blinking
    press("5")
    assert not window.picture.is_blinking
    press("5")
    assert window.picture.is_blinking
    window.hide()
    assert not window.picture.is_blinking


def test_both_are_drawn_at_one_scale_away_from_the_windows_thread(
    runs: Runs, qapp: QApplication
) -> None:
    seen: list[tuple[int, Sight, threading.Thread]] = []

    def draw(side: int, _: RosetteParamSpec, sight: Sight) -> QImage:
        seen.append((side, sight, threading.current_thread()))
        return QImage(sight.size, QImage.Format.Format_RGB32)

    ready: list[Callable[[], None]] = []

    def run(work: Callable[[], Any], done: Callable[[Any], None], _: Any) -> None:
        def job() -> None:
            result = work()
            ready.append(lambda: done(result))

        thread = threading.Thread(target=job)
        thread.start()
        thread.join()

    parent = QWidget()
    found = runs.studio.comparing.runs(runs.ids[0], runs.ids[1])
    window = CompareWindow(found, draw, run, Messages(parent), parent)
    window.show()
    ready.pop()()
    assert [side for side, *_ in seen[:2]] == [0, 1]
    assert seen[0][1] == seen[1][1]
    assert all(thread is not threading.main_thread() for *_, thread in seen)
    window.close()
    parent.deleteLater()


def test_pictures_that_come_after_the_window_was_closed_are_let_go(compare: Open) -> None:
    late: list[Callable[[], None]] = []

    def later(work: Callable[[], Any], done: Callable[[Any], None], _: Any) -> None:
        late.append(lambda: done(work()))

    window = compare(0, 1, later)
    window.close()
    wait_until(lambda: not window_lives(window))
    late[0]()


def test_a_ring_can_be_shown_large_and_all_again(compare: Open) -> None:
    window = compare(0, 1)
    press("]")
    before = window.picture.grab().toImage()
    press("Ctrl+Return")
    assert window.picture.is_drawn
    assert window.picture.grab().toImage() != before
    press("0")
    assert window.picture.grab().toImage() == before


def test_swapping_keeps_the_difference_that_is_looked_at(compare: Open) -> None:
    window = compare(0, 1)
    before = window.found.a.id
    press("]")
    press("F2")
    assert window.found.b.id == before
    assert chosen(window) == "Ring 1, solid: width"
    row = window.model.row(window.table.currentIndex().row())
    assert row is not None
    assert (row.a.text, row.b.text) == ("7.00 mm", "5.00 mm")


def test_the_copies_hold_every_difference_and_no_markup_of_a_name(compare: Open) -> None:
    window = compare(0, 1)
    press("Ctrl+C")
    text = QGuiApplication.clipboard().text()
    hashes = [str(side.record["hashes"]["design_sha256"]) for side in window.found[:2]]
    assert f"Design's hash: {hashes[0]} -> {hashes[1]}" in text
    assert "Ring 1, solid: width: 5.00 mm -> 7.00 mm" in text
    assert window.found.b.id in text
    press("Ctrl+Shift+C")
    markdown = QGuiApplication.clipboard().text()
    assert "| Ring 1, solid: width | 5.00 mm | 7.00 mm |" in markdown
    assert "<img" not in markdown.replace("\\<img", "")
    assert "\u202e" not in text + markdown
    table = [line for line in markdown.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in table} == {4}


def test_hostile_names_stay_plain_text(compare: Open, table: TableWindow) -> None:
    window = compare(0, 1)
    shown = "".join(label.text() for label in window.findChildren(QLabel))
    assert "<img" in shown
    assert "<img" in "".join(str(table.model.index(1, at).data()) for at in range(4))
    assert faults() == []


def test_lengths_follow_the_unit_that_is_shown(compare: Open) -> None:
    window = compare(0, 1)
    press("]")
    at = window.table.currentIndex().row()
    units.use(Unit.INCH)
    assert window.model.index(at, 1).data() == '0.1969"'
    assert chosen(window) == "Ring 1, solid: width"


def test_every_row_can_be_read_out_and_the_model_obeys_qt(compare: Open) -> None:
    window = compare(0, 1)
    tester = QAbstractItemModelTester(
        window.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    window.swap()
    said = [
        window.model.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for at in range(window.model.rowCount())
    ]
    assert all(said)
    assert "Ring 1, solid: width: a 7.00 mm, b 5.00 mm" in said
    assert "ring r1" in window.picture.accessibleDescription()
    assert tester.model() is window.model


def test_escape_closes_and_no_letter_is_a_key_of_this_window(compare: Open) -> None:
    window = compare(0, 1)
    keys = [key.toString() for action in window.actions() for key in action.shortcuts()]
    assert not [key for key in keys if len(key) == 1 and key.isalpha()]
    assert len(keys) == len(set(keys))
    press("Esc")
    wait_until(lambda: not window_lives(window) or not window.isVisible())


def test_a_damaged_run_is_shown_as_damaged(runs: Runs, compare: Open) -> None:
    file = next(runs.folder.rglob(f"{runs.ids[3]}.json"))
    sound = file.read_bytes()
    file.write_bytes(sound[:-1] + b" ")
    try:
        window = compare(0, 3)
        found = runs.studio.comparing.table(runs.ids)
        table = TableWindow(found, table_lines(found), window)
    finally:
        file.write_bytes(sound)
    labels = [label.text() for label in window.findChildren(QLabel)]
    assert any("Damaged" in text for text in labels)
    assert "is damaged" in window.head.said.text()
    assert not window.found.same
    assert "No difference is known" in window.head.said.text()
    assert "is damaged" in table.findChild(QLabel, "compareTableSaid").text()
    assert "Damaged" in str(table.model.index(2, 4).data())


def test_a_still_is_what_the_canvas_draws_without_a_pixmap(runs: Runs) -> None:
    spec = design()
    sight_size = QSize(80, 80)
    still = Still(runs.studio.materials)
    window_free = _drawn((still, still), 0, spec, Sight(place_of(spec), sight_size, 1.0, 0))
    assert window_free.size() == sight_size
    hole, top = window_free.pixelColor(40, 40), window_free.pixelColor(2, 40)
    assert hole.lightness() < 40 < top.lightness()


def place_of(spec: RosetteParamSpec) -> Any:
    from luthier_desktop.ui.run_compare.place import whole

    return whole(spec.outer_diameter_mm / 2 + 10, QSize(80, 80).toSizeF())
