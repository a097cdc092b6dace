"""The handbook in the program: pages, search, and the keys as they are."""
