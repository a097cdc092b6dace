"""What a user can do: the only callers of storage and exports."""
