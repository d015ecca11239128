"""Statements and table options that SQLite and PostgreSQL spell differently."""

from functools import cache
from typing import Any

import sqlalchemy.dialects.postgresql as pg
import sqlalchemy.dialects.sqlite as lite
from sqlalchemy import ColumnElement, Table, text

# SQLite would otherwise give the id of a deleted last row to the next one; PostgreSQL never does.
NEVER_REUSED_IDS: dict[str, Any] = {"sqlite_autoincrement": True}


def partial_index(condition: ColumnElement[bool]) -> dict[str, Any]:
    """Index arguments for "only rows where"; a query must state the same condition to be served by it."""
    return {"sqlite_where": condition, "postgresql_where": condition}


@cache
def insert_unless_known(backend: str, table: Table, *keys: str) -> lite.Insert | pg.Insert:
    """An insert that passes over rows whose `keys` are there already."""
    make = lite.insert if backend == "sqlite" else pg.insert
    return make(table).on_conflict_do_nothing(index_elements=keys)


@cache
def insert_or_update(
    backend: str, table: Table, *keys: str, keep: frozenset[str] = frozenset(), unless: str = ""
) -> lite.Insert | pg.Insert:
    """An insert that overwrites the row with the same `keys`.

    keep    columns that keep their old value
    unless  SQL about the old row; where it holds the whole row stays as it is
    """
    make = lite.insert if backend == "sqlite" else pg.insert
    insert = make(table)
    changed = {
        column.name: insert.excluded[column.name]
        for column in table.columns
        if column.name not in keys and column.name not in keep
    }
    condition = text(f"NOT ({unless})") if unless else None
    return insert.on_conflict_do_update(index_elements=keys, set_=changed, where=condition)
