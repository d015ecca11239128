"""Finishing or undoing one unit."""

import asyncio

import pytest

from bot.flows.finish import finish_before_stopping


async def test_a_unit_under_way_ends_before_the_cancellation_goes_on() -> None:
    began, release, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def unit() -> None:
        began.set()
        await release.wait()
        ended.set()

    task = asyncio.ensure_future(finish_before_stopping(unit()))
    await began.wait()
    task.cancel()
    release.set()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert ended.is_set()


async def test_a_unit_that_fails_while_stopping_does_not_undo_the_stop() -> None:
    began, release = asyncio.Event(), asyncio.Event()

    async def unit() -> None:
        began.set()
        await release.wait()
        raise KeyError("a fault")

    task = asyncio.ensure_future(finish_before_stopping(unit()))
    await began.wait()
    task.cancel()
    release.set()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_without_a_cancellation_results_and_faults_pass_through() -> None:
    async def unit(value: int) -> int:
        return 10 // value

    assert await finish_before_stopping(unit(5)) == 2
    with pytest.raises(ZeroDivisionError):
        await finish_before_stopping(unit(0))


async def test_a_unit_that_does_not_end_is_cancelled_after_a_while() -> None:
    began, undone = asyncio.Event(), asyncio.Event()

    async def unit() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            undone.set()

    task = asyncio.ensure_future(finish_before_stopping(unit(), patience_seconds=0.01))
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert undone.is_set()
