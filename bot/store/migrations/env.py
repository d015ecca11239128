"""Run by Alembic for every migration; the transaction belongs to bot/store/migrate.py."""

from alembic import context

from bot.store.metadata import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite cannot alter most of a table in place; Alembic then copies it.
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
