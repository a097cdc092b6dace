"""Signing in, signing out after a while, and the operators of the workshop."""
