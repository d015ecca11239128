"""Tables of what the operator is told, and of small remembered values."""

from sqlalchemy import Column, Table, Text

from bot.store.columns import UtcTime, Words
from bot.store.metadata import metadata

# What the operator hears of, once.
troubles = Table(
    "troubles",
    metadata,
    Column("key", Words, primary_key=True),
    Column("text", Words, nullable=False),
    Column("began_at", UtcTime, nullable=False),
    Column("told_at", UtcTime),
    Column("cleared_at", UtcTime),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Words, nullable=False),
)
