"""Editing in Wagtail: forms in plain words, lists, the fact picker, pictures (docs/editing.md)."""
