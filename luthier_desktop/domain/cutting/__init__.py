"""Cutting by machine: the plan of moves, and the independent reading of what was written."""
