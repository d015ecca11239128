"""explain: everything known about an address, for "why this?" and "why not?"."""

from collections.abc import Sequence

from bot.errors import RefusedError
from bot.flows.news.memory import StoryMemory
from bot.model import Explanation


async def explain(store: StoryMemory, url: str) -> Sequence[Explanation]:
    """One for each source that carried the address, newest first.

    Raises RefusedError when no source ever showed it, which is an answer too.
    """
    found = await store.explain(url)
    if not found:
        raise RefusedError(
            f"No source has shown {url}. Check the address, or see which sources are read: smallprint sources list."
        )
    return found
