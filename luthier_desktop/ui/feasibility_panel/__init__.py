"""The feasibility panel: the verdict, why, and where it comes from."""
