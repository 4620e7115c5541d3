"""Translating: what a text was made from, what is missing or outdated, and the desk where people
work on it (docs/editing.md)."""
