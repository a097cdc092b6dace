"""Every lane of checks, the verdict they add up to, and the report that tells it."""
