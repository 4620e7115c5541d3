"""The office's nouns; a file for each."""

from .growing import Grown
from .sent import Sent

__all__ = ["Grown", "Sent"]
