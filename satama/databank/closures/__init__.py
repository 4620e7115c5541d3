"""Sudden closures: staff shut a place or an office for a while, and every page that shows it says
so (docs/databank.md)."""
