"""Design rosettes, judge whether they can be made, keep a log that can be verified."""

__version__ = "0.1.0"
