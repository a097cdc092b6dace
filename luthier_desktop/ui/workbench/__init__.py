"""The window at work: panels over one studio, and what the window's commands do."""
