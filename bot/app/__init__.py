"""Builds everything once and hands it over, then steps aside.

Nothing is imported here: a command takes what it needs from bot.app.building, .looking, .memory, .passing, .running.
"""
