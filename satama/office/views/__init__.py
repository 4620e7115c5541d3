"""The office's public pages: ask, feedback, the folder."""
