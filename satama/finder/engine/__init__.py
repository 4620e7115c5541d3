"""The engine of search: text in, entry ids out. Knows nothing of Django, regions or pages."""
