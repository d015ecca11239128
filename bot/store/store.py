"""All of the memory in one object."""

from bot.store.approvals import Approvals
from bot.store.clusters import Clusters
from bot.store.database import Database
from bot.store.deadlines import Deadlines
from bot.store.dialects import backend_for
from bot.store.digests import Digests
from bot.store.editions import Editions
from bot.store.entries import Entries
from bot.store.feedback import FeedbackNotes
from bot.store.labels import Labels
from bot.store.migrate import migrate
from bot.store.outbox import DeliveryQueues
from bot.store.record import Record
from bot.store.revisions import Revisions
from bot.store.search import Search
from bot.store.servers import Servers
from bot.store.sources import Sources
from bot.store.stories import Stories
from bot.store.subscriptions import Subscriptions
from bot.store.terms import Terms
from bot.store.troubles import Troubles
from bot.store.upkeep import Upkeep


class SqlStore(
    Sources,
    Entries,
    Clusters,
    Editions,
    Stories,
    Search,
    Subscriptions,
    Deadlines,
    DeliveryQueues,
    Digests,
    Labels,
    Record,
    Revisions,
    Servers,
    Terms,
    Troubles,
    Upkeep,
    FeedbackNotes,
    Approvals,
):
    """Implements bot.ports.Store on SQLite or PostgreSQL. Made by `open_store`."""


async def open_store(url: str, *, create: bool = True) -> SqlStore:
    """The memory at a database URL, its tables brought up to date. Close it when done.

    url     sqlite:///data/smallprint.db (its folder is made) or postgresql://user@host/name
    create  False: a missing SQLite file is an error
    Raises StoreError for what cannot be opened, is no database of ours, or was written by a newer version.
    """
    backend = backend_for(url)
    await backend.prepare(create=create)
    database = Database(backend)
    try:
        await migrate(database)
    except BaseException:
        await database.close()
        raise
    return SqlStore(database)
