"""The constant text of every check, one file a lane."""
