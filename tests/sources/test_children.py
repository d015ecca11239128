"""One bad document costs one child and nothing else; children never outlive their pool."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import FailureKind
from bot.sources.children import Children, DocumentError
from tests.sources import hostile
from tests.sources.samples import BLOCK_PAGE, a_page, an_item, an_rss

HERE = "https://gazette.example/feed"


def is_there(pid: int) -> bool:
    """Also for a zombie: it is there until somebody reaps it."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def failure(children: Children, document: bytes) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        await children.feed(document, "", HERE)
    return caught.value


async def test_nothing_is_started_before_the_first_document(children: Children) -> None:
    assert children.pids == frozenset()

    await children.feed(an_rss(), "", HERE)

    assert len(children.pids) == 1


async def test_one_child_reads_document_after_document_until_it_is_replaced(
    generous: dict[str, object],
) -> None:
    children = Children(size=1, documents_each=3, **generous)  # type: ignore[arg-type]
    seen = []
    for _ in range(7):
        await children.feed(an_rss(), "", HERE)
        seen.append(children.pids)
    await children.close()

    used = {pid for pids in seen for pid in pids}
    assert len(used) == 3
    assert not any(is_there(pid) for pid in used)


@pytest.mark.parametrize("shape", hostile.ENDLESS)
async def test_an_endless_document_is_killed_at_the_limit_and_the_pool_goes_on(
    shape: str, generous: dict[str, object]
) -> None:
    # Processor time: a thousand times what a small feed takes, a fiftieth of what these do.
    children = Children(size=1, **generous | {"parse_limit": timedelta(seconds=1)})  # type: ignore[arg-type]
    await children.feed(an_rss(), "", HERE)
    before = children.pids

    error = await failure(children, hostile.ENDLESS[shape]())

    assert error.kind is FailureKind.PARSE
    assert "too long" in error.reason
    assert len((await children.feed(an_rss(), "", HERE)).entries) == 1
    assert not before & children.pids
    await children.close()
    assert not any(is_there(pid) for pid in before)


async def test_a_hung_document_never_fails_another(generous: dict[str, object]) -> None:
    # The limit is far above what a small feed takes and far below what the hostile one does.
    children = Children(size=2, **generous | {"parse_limit": timedelta(seconds=1)})  # type: ignore[arg-type]

    hung = asyncio.create_task(failure(children, hostile.many_attributes()))
    others = [asyncio.create_task(children.feed(an_rss(), "", HERE)) for _ in range(20)]

    assert [len((await other).entries) for other in others] == [1] * 20
    assert (await hung).kind is FailureKind.PARSE
    assert len((await children.feed(an_rss(), "", HERE)).entries) == 1
    await children.close()


async def test_a_document_that_waits_without_working_is_killed_by_the_clock(
    generous: dict[str, object],
) -> None:
    # A hundredth of the processor time it has: only the clock can end this one.
    limits = generous | {"parse_limit": timedelta(seconds=100), "patience": 0.01}
    children = Children(size=1, **limits)  # type: ignore[arg-type]

    error = await failure(children, hostile.many_attributes())

    assert error.kind is FailureKind.PARSE
    assert "too long" in error.reason
    await children.close()


async def test_a_document_that_eats_memory_is_stopped(generous: dict[str, object]) -> None:
    children = Children(size=1, memory_bytes=100 * 2**20, **generous)  # type: ignore[arg-type]

    error = await failure(children, hostile.wide_json())

    assert error.kind is FailureKind.PARSE
    assert "memory" in error.reason
    assert len((await children.feed(an_rss(), "", HERE)).entries) == 1
    await children.close()


@pytest.mark.parametrize("shape", hostile.SURVIVED)
async def test_hostile_shapes_are_read_or_refused_with_a_reason(children: Children, shape: str) -> None:
    reason, feed = "", None
    try:
        feed = await children.feed(hostile.SURVIVED[shape](), "application/rss+xml", HERE)
    except DocumentError as error:
        reason = error.reason

    assert reason or feed
    if feed is not None:
        assert all(len(entry.title) <= 1_000 and len(entry.summary) <= 20_000 for entry in feed.entries)
        assert not any(_host_name() in entry.title for entry in feed.entries)
    assert len((await children.feed(an_rss(), "", HERE)).entries) == 1


def _host_name() -> str:
    """What an external entity would bring in."""
    path = Path("/etc/hostname")
    return (path.read_text().strip() if path.exists() else "") or "no such file"


async def test_a_child_killed_from_outside_costs_its_document_only(children: Children) -> None:
    await children.feed(an_rss(), "", HERE)
    (pid,) = children.pids
    os.kill(pid, signal.SIGKILL)
    while is_there(pid):  # noqa: ASYNC110 (the kernel tells nobody else)
        await asyncio.sleep(0)

    # The news of its death may still be under way; at most one document pays for that.
    assert await _is_read(children) or await _is_read(children)
    assert pid not in children.pids


async def _is_read(children: Children) -> bool:
    with suppress(DocumentError):
        return bool(await children.feed(an_rss(), "", HERE))
    return False


async def test_cancelling_ends_the_child_and_gives_its_place_back(generous: dict[str, object]) -> None:
    children = Children(size=1, **generous)  # type: ignore[arg-type]
    await children.feed(an_rss(), "", HERE)
    (pid,) = children.pids
    task = asyncio.create_task(children.feed(hostile.many_attributes(), "", HERE))
    await asyncio.sleep(0)  # it has the child now and writes to it

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert len((await children.feed(an_rss(), "", HERE)).entries) == 1
    assert pid not in children.pids
    await children.close()
    assert not is_there(pid)


async def test_closing_leaves_no_process_behind_even_in_the_midst_of_reading(
    generous: dict[str, object],
) -> None:
    children = Children(size=2, **generous)  # type: ignore[arg-type]
    await asyncio.gather(*(children.feed(an_rss(), "", HERE) for _ in range(4)))
    pids = children.pids
    busy = asyncio.create_task(failure(children, hostile.many_attributes()))
    await asyncio.sleep(0)

    await children.close()

    assert (await busy).kind is FailureKind.PARSE
    assert not any(is_there(pid) for pid in pids)
    with pytest.raises(DocumentError):
        await children.feed(an_rss(), "", HERE)


async def test_closing_while_children_start_leaves_no_process_behind(generous: dict[str, object]) -> None:
    children = Children(size=2, **generous)  # type: ignore[arg-type]
    tasks = [asyncio.create_task(failure(children, an_rss())) for _ in range(5)]
    await asyncio.sleep(0)

    await children.close()
    await children.close()

    assert {(await task).kind for task in tasks} == {FailureKind.PARSE}
    assert children.pids == frozenset()


async def test_a_child_ends_by_itself_when_its_parent_is_gone() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sources.child", str(512 * 2**20),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.close()

    assert await process.wait() == 0


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to look into a process")
async def test_children_are_not_given_our_secrets(
    children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMALLPRINT_DISCORD_TOKEN", "fake-token")
    await children.feed(an_rss(), "", HERE)

    (pid,) = children.pids
    assert b"fake-token" not in Path(f"/proc/{pid}/environ").read_bytes()


async def test_a_block_page_is_not_a_feed_and_the_reason_names_it(children: Children) -> None:
    error = await failure(children, BLOCK_PAGE)

    assert error.kind is FailureKind.NOT_A_FEED
    assert "Access Denied" in error.reason


async def test_pages_and_feeds_come_through_the_same_children(children: Children) -> None:
    page = await children.page(a_page(), "text/html", "https://gazette.example/clause")
    feed = await children.feed(an_rss(an_item("Ünïcödé \U0001f3b5", guid="é")), "", HERE)

    assert page.title == "Clause found"
    assert (feed.entries[0].title, feed.entries[0].guid) == ("Ünïcödé \U0001f3b5", "é")
    assert len(children.pids) == 1


async def test_a_page_without_text_says_so(children: Children) -> None:
    with pytest.raises(DocumentError) as caught:
        await children.page(b"<html><body><script>login()</script></body></html>", "text/html", HERE)

    assert caught.value.kind is FailureKind.OTHER
