"""The office's staff side: the Desk, how entries grow of it, the tally, outreach places, what was
changed."""

from .desk import hooks as _desk  # noqa: F401  registers its pages
from .growing import hooks as _growing  # noqa: F401
from .tally import hooks as _tally  # noqa: F401
