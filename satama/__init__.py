"""Satama, the open welcome platform: one package, one room a folder. docs/house.md draws the
floors."""

from importlib.metadata import version

__version__ = version("satama")
