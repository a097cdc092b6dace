"""The constant text of lane S, finish and safety."""

from __future__ import annotations

from luthier_desktop.domain.feasibility.findings import Rule
from luthier_desktop.domain.feasibility.risk import Lane

RULES = (
    Rule(
        "S1", Lane.FINISH, "Sanding flush", "ring_janka / top_janka", "",
        "at most 3", "-", "-",
        "estimate: every dark wood beside spruce is 3 to 6; more than 3, or shell, is a note",
        "L", 3.0,
    ),
    Rule(
        "S2", Lane.FINISH, "Bleeding beside white wood", "bleeding beside white", "",
        "nothing that bleeds beside white wood; rosewood is a note",
        "padauk, bloodwood or cocobolo beside white wood", "-",
        "cocobolo: tampawoodcrafters.com; padauk floors", "M",
    ),
    Rule(
        "S3", Lane.FINISH, "Dust", "harmful dust, extraction, respirator", "",
        "none; with extraction and respirator a note",
        "one of the two missing, or a sensitising wood with neither",
        "shell or bone with neither",
        "luthiersupply.com cutting shell; smallwonder-music.co.uk safety; mandolincafe raw "
        "abalone", "H",
    ),
    Rule(
        "S4", Lane.FINISH, "Movement of a one-piece plate",
        "2 r_out * 4 * |S_top - S_ring| / 2900", "mm",
        "at most 0.3 mm", "more than 0.3 mm", "-",
        "Wood Handbook: radial shrinkage over 29 % moisture, for 4 %", "M", 0.3,
    ),
    Rule(
        "S5", Lane.FINISH, "Trade (CITES)", "appendix of the ring's materials", "",
        "not listed; Appendix II is a note (finished instruments, #15)",
        "Appendix I: the paper must be named", "-",
        "CITES appendices; verify at release", "L",
    ),
)
