"""What all tables share. They stand beside the code that reads them, in tables.py of each room.

Changing one means a new file in migrations/versions; a test compares the two. Keys that make repeats harmless: an
entry is (source_id, key), an edition (story_id, n), a delivery (story_id, n, destination_id).
"""

from sqlalchemy import MetaData

# Every constraint has a name, so that a later migration can reach it.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
