"""All of the memory in one object."""

from bot.store.database import Database
from bot.store.delivery.deadlines import Deadlines
from bot.store.delivery.digests import Digests
from bot.store.delivery.outbox import DeliveryQueues
from bot.store.delivery.revisions import Revisions
from bot.store.dialects import backend_for
from bot.store.migrate import migrate
from bot.store.news.clusters import Clusters
from bot.store.news.editions import Editions
from bot.store.news.entries import Entries
from bot.store.news.labels import Labels
from bot.store.news.search import Search
from bot.store.news.sources import Sources
from bot.store.news.stories import Stories
from bot.store.operator.troubles import Troubles
from bot.store.operator.upkeep import Upkeep
from bot.store.people.approvals import Approvals
from bot.store.people.feedback import FeedbackNotes
from bot.store.people.servers import Servers
from bot.store.people.subscriptions import Subscriptions
from bot.store.terms.documents import Terms
from bot.store.terms.record import Record


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
    """Implements bot.flows.memory.Store on SQLite or PostgreSQL. Made by `open_store`."""


async def open_store(url: str, *, create: bool = True) -> SqlStore:
    """The memory at a database URL, its tables brought up to date. Close it when done.

    url     sqlite:///data/smallprint.db (its folder is made) or postgresql://user@host/name
    create  False: a missing SQLite file is an error
    Raises StoreError for what cannot be opened, is not a database of ours, or was written by a newer version.
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
