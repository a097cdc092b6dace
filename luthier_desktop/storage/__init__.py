"""Bytes on disk: create-once files, the ledger, and an index that may vanish at any time."""
