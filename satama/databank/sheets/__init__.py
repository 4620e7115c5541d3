"""Many at once, in a spreadsheet (docs/editing.md): records -> rows of cells -> a file, and back.

`cells` and `columns` say how a record lies flat, `workbook` and `commas` read and write files,
`compare` finds what a sheet would change without a database, `held` and `actions` stand at the
databank, `views` is the staff page.
"""
