"""The office's staff side."""

from .desk import hooks as _desk  # noqa: F401  registers the Desk
from .growing import hooks as _growing  # noqa: F401  and how entries grow of it
