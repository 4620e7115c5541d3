"""Partners: organisations that keep their own groups and services here, and the editors who release
what they write (docs/partners.md)."""
