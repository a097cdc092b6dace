"""Male parts: outlines that are cut from a sheet, and how they lie on it."""
