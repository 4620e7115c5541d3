"""Reach: how often an entry was opened and found, by language and day. Never by whom
(docs/databank.md)."""
