"""Backups in a window of their own: of the settings, and of everything."""
