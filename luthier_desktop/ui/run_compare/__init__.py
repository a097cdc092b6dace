"""Runs and snapshots compared: a window for two, a table for up to six."""
