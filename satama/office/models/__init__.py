"""The office's nouns; a file for each."""

from .sent import Sent

__all__ = ["Sent"]
