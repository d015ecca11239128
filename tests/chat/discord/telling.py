"""Stories put into a real store, for commands that show them."""

from dataclasses import replace
from datetime import timedelta

from bot.flows.memory import Store
from bot.model import Clustering, Collection, Placement, SourceState, Topic
from tests.builders import NOON, a_fingerprint, a_new_entry, a_story, a_verdict, an_edition


async def tell(
    store: Store, title: str, topic: Topic, platform: str, *, after: timedelta = timedelta(0)
) -> None:
    """One story with one entry, whose turn came `after` noon."""
    entry = a_new_entry(title)
    verdict = a_verdict(topic=topic, platforms=(platform,))
    await store.save_collection(Collection(SourceState(entry.source_id), ((entry, verdict),)))
    (judged, *_) = await store.entries(limit=1)
    number = judged.entry.id
    story = a_story(
        f"s{number:010}",
        title=title,
        topic=topic,
        platforms=(platform,),
        lead_id=number,
        turned_at=NOON + after,
    )
    edition = replace(an_edition(story.id), entry_id=number, made_at=NOON + after)
    placement = Placement(None, None, 1.0, ())
    await store.save_clustering(Clustering(number, a_fingerprint(), story, placement, (edition,)))
