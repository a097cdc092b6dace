"""The run log: filter bar, table over any number of runs, and details of the current one."""
