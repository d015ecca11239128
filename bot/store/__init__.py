"""The memory: all SQL lives here, one file per noun."""

from bot.store.lock import hold_lock
from bot.store.store import SqlStore, open_store

__all__ = ["SqlStore", "hold_lock", "open_store"]
