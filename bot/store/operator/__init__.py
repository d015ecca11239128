"""Troubles, notices and upkeep."""
