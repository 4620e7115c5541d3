"""The office's staff side."""

from .desk import hooks as _desk  # noqa: F401  registers the Desk
