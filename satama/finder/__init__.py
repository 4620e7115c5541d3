"""The way in: the home page and search over everything public, in every language."""
