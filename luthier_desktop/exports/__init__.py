"""From designs to bytes: the same bytes every time; nothing here reads a disk."""
