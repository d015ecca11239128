"""Smallprint reads the small print for musicians."""

__version__ = "0.1.0"
