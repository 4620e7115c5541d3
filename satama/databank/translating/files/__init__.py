"""Translations as a PO file, out and in (docs/editing.md). `po` reads and writes, `out` gathers
what a list has, `compare` finds what a file would change, `actions` asks the databank and writes,
`views` is the staff page."""
