"""The pattern families: one file each, with its parameters and its exact geometry."""
