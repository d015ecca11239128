"""Blocking calls in threads that nobody waits for when the process ends."""

import asyncio
import contextvars
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


async def in_daemon(
    call: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Result:
    """What `call` returns or raises, from a thread of its own.

    Unlike `asyncio.to_thread`, whose threads Python joins at its end: a server that does not answer held up our stop
    for twenty seconds, twice what a container is given. A caller that is cancelled leaves its thread at work; the end
    of the process cuts it off, as a crash would.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()
    context = contextvars.copy_context()

    def settle(outcome: Callable[[], None]) -> None:
        if not future.done():
            outcome()

    def work() -> None:
        outcome: Callable[[], None]
        try:
            outcome = partial(future.set_result, context.run(call, *args, **kwargs))
        except BaseException as error:
            outcome = partial(future.set_exception, error)
        # The loop may have ended meanwhile: then nobody asks any more.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, outcome)

    threading.Thread(target=work, name=f"blocking {getattr(call, '__name__', 'call')}", daemon=True).start()
    return await future
