"""Folders: a visitor's own pocket, opened by a code. No account, no name."""
