"""Parts that several panels show."""
