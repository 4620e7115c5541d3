"""The library: the one index of all processes, made of the databank and kept up with it."""

from .held import forget, index, rebuild

__all__ = ["forget", "index", "rebuild"]
