"""Drafts by a machine (docs/editing.md): off unless a service is set and a region has a budget, and
never public before a person saves them.

`marks` keeps facts, links and Markdown out of the machine's hands, `service` is the one interface,
`libretranslate` and `deepl` speak its protocols through `wire`, `budget` counts, `drafting` puts a
text together, `views` shows it."""
