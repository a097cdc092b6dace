"""Remedies: for a check that is not GREEN, the single fields whose change clears it."""
