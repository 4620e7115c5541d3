"""Content packs (docs/content-packs.md): files -> nodes -> records -> rows, and back.

`files` reads YAML with line numbers, `shapes` is the format as data, `reading` makes records of
nodes, `rules` and `prose` check them without a database; `records` stands between records and rows,
`load` and `export` move them.
"""
