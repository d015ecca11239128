"""The words that stories are found by."""

import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import storable
from bot.store.dialects import insert_unless_known
from bot.store.news.tables import entries, story_words

WORD = re.compile(r"\w+")
LONGEST_WORD = 40
MOST_WORDS = 8
"""Of a question; further ones are passed over."""
KEPT_WORDS = 80
"""Of a title or summary: a feed that sends whole books must not fill the index."""

TEXTS = select(entries.c.title, entries.c.summary).where(entries.c.id == bindparam("entry"))


def search_words(text: str) -> list[str]:
    """What a text is found by: its words without case and accents, each once, at most MOST_WORDS."""
    return list(dict.fromkeys(_folded_words(text)))[:MOST_WORDS]


def _folded_words(text: str) -> Iterable[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return (storable(word[:LONGEST_WORD]) for word in WORD.findall(bare))


async def index_entry(connection: AsyncConnection, backend: str, story_id: str, entry_id: int) -> None:
    """Let the story be found by the words of an entry's title and summary too."""
    texts = (await connection.execute(TEXTS, {"entry": entry_id})).one()
    found = [word for text in texts for word in list(_folded_words(text))[:KEPT_WORDS]]
    rows = [{"word": word, "story_id": story_id} for word in dict.fromkeys(found)]
    if rows:
        await connection.execute(insert_unless_known(backend, story_words, "word", "story_id"), rows)
