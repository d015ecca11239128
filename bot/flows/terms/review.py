"""review: what an operator says of sentences that no reading was sure of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.errors import RefusedError
from bot.flows.terms.memory import TermsMemory
from bot.logic.terms.read.wording import key, say, text_hash
from bot.logic.terms.watch.alert_entry import clause_entry
from bot.model import ChangeState, Document, StanceKind, StoredChange, WatchedLook
from bot.ports import Clock

OPERATOR = "operator"
_MOST = 10_000


async def review_queue(store: TermsMemory, *, platform: str | None = None) -> Sequence[StoredChange]:
    """What waits, oldest first."""
    waiting = await store.changes(limit=_MOST, platform=platform, states=[ChangeState.REVIEW])
    return list(reversed(waiting))


async def dismiss(store: TermsMemory, clock: Clock, change_id: int, why: str) -> StoredChange:
    """There is nothing in it. It stays visible with the reason. Raises RefusedError."""
    change = await _waiting(store, change_id)
    decided = replace(
        change, state=ChangeState.DISMISSED, why=why, decided_by=OPERATOR, decided_at=clock.now()
    )
    await store.save_change(decided)
    return decided


async def accept(
    store: TermsMemory,
    clock: Clock,
    change_id: int,
    kind: StanceKind | None,
    why: str,
    *,
    documents: Mapping[str, Document],
    platform_ids: Mapping[str, str],
    tell: bool = False,
) -> StoredChange:
    """It is a stance and belongs in the record, as of when it was first seen; `tell`: people are told now.

    kind  what it says; None: what the reading took it for
    Safe to repeat. Raises RefusedError.
    """
    change = await _waiting(store, change_id)
    now = clock.now()
    stance = replace(change.change.stance, kind=kind or change.kind, confidence=1.0)
    stance = replace(stance, plain=say(stance.kind, stance.condition, change.direction))
    decided = replace(
        change,
        change=replace(change.change, stance=stance),
        plain=say(stance.kind, stance.condition, change.direction, change.platform),
        state=ChangeState.RECORDED,
        confirmed_at=now,
        why=why,
        decided_by=OPERATOR,
        decided_at=now,
    )
    if not tell:
        await store.save_change(decided)
        return decided
    document = documents.get(change.document_id)
    if document is None:
        raise RefusedError(
            f"{change.document_id} is not watched any more, so nobody can be told. Accept it without --tell."
        )
    entry_key = f"{change.document_id}:{change.version}:{text_hash(key(change.change.quote))[:10]}"
    decided = replace(decided, state=ChangeState.ALERTED, entry_key=entry_key)
    platform_id = platform_ids.get(change.platform, change.platform.lower())
    entry = clause_entry(document, platform_id, entry_key, [decided], now)
    await store.save_change(decided)
    (state,) = (await store.document_states([change.document_id])).values()
    await store.save_look(WatchedLook(state=state, at=now, entry=entry))
    return decided


async def _waiting(store: TermsMemory, change_id: int) -> StoredChange:
    change = await store.change(change_id)
    if change is None:
        raise RefusedError(f"There is no clause change {change_id}. `smallprint review` lists what waits.")
    if change.state is not ChangeState.REVIEW and change.decided_by != OPERATOR:
        raise RefusedError(
            f"Change {change_id} is {change.state.value} and waits for nobody. `smallprint record amend` corrects the record."
        )
    return change
