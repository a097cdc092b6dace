"""The library of snapshots: pictures, search, tags, versions, and what is done with them."""
