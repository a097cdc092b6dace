"""The commands of the compare window."""

from __future__ import annotations

from luthier_desktop.ui.widgets.window_menu import Errand

GO, PICTURE, COPY = "&Go", "&Picture", "&Compare"


ERRANDS = (
    Errand("next_change", "&Next difference", ("]", "F4"), GO, "Go to the next difference."),
    Errand("previous_change", "&Previous difference", ("[", "Shift+F4"), GO,
           "Go to the difference before."),
    Errand("show_ring", "Show the ring &large", ("Ctrl+Return", "Ctrl+Enter"), GO,
           "Show the ring of this difference large, where it crosses 3 o'clock."),
    Errand("show_all", "Show &all", ("0",), GO, "Show both rosettes whole."),
    Errand("zoom_in", "Zoom &in", ("+", "="), GO, "Show both larger."),
    Errand("zoom_out", "Zoom &out", ("-",), GO, "Show both smaller."),
    Errand("overlay", "&Overlay", ("1",), PICTURE,
           "Lay both over each other; what only one has is tinted and hatched.", True),
    Errand("blink", "&Blink", ("2",), PICTURE, "Show a and b in turn, slowly.", True),
    Errand("wipe", "&Wipe", ("3",), PICTURE,
           "Wipe b off a with the slider, the mouse or the arrow keys.", True),
    Errand("beside", "&Side by side", ("4",), PICTURE,
           "Show a and b side by side at one scale.", True),
    Errand("stop_blinking", "S&top or go on blinking", ("5",), PICTURE,
           "Stop the blinking at the side that is seen, or go on."),
    Errand("slide_left", "Slider to the &left", ("Alt+Left",), PICTURE,
           "Move the slider, and with it the wipe, to the left."),
    Errand("slide_right", "Slider to the &right", ("Alt+Right",), PICTURE,
           "Move the slider, and with it the wipe, to the right."),
    Errand("swap_sides", "S&wap a and b", ("F2",), COPY, "Look at it from the other side."),
    Errand("copy_text", "&Copy as text", ("Ctrl+C",), COPY, "Copy every difference as text."),
    Errand("copy_markdown", "Copy as &Markdown", ("Ctrl+Shift+C",), COPY,
           "Copy every difference as tables of Markdown."),
    Errand("close_compare", "C&lose", ("Ctrl+W",), COPY, "Close this window; Esc does too."),
)  # fmt: skip
