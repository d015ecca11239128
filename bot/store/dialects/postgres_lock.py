"""The runner's lock on a PostgreSQL server, watched: it goes with its connection, and connections break."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import LockedError, StoreError

log = structlog.get_logger()

Sleep = Callable[[float], Awaitable[object]]

# Any number will do as long as no other program uses it in the same database; "sp" and a count.
RUNNER_LOCK = 0x7370_0002
# How long two runners can stand side by side at most after a connection broke.
WATCH_SECONDS = 5.0
# A server that is cut off leaves a query without an answer for as long as TCP tries.
ANSWER_SECONDS = 10.0
TAKE = text(f"SELECT pg_try_advisory_lock({RUNNER_LOCK})")
HOLDER = text("""
    SELECT pid FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objid = :lock AND classid = 0
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
""").bindparams(lock=RUNNER_LOCK)
OWN_PID = text("SELECT pg_backend_pid()")
ALIVE = text("SELECT 1")


@asynccontextmanager
async def hold_runner_lock(url: URL, sleep: Sleep) -> AsyncIterator[None]:
    """Hold it for as long as the block lasts, taking it again when its connection broke.

    Raises LockedError, naming who has it: at once, or in the block, which is cancelled then.
    """
    lock = _RunnerLock(url, sleep)
    failed: Exception | None = None
    try:
        await lock.take()
        async with asyncio.TaskGroup() as group:
            watching = group.create_task(lock.watch())
            try:
                yield
            except Exception as error:
                # Kept out of the group, which would wrap it.
                failed = error
            finally:
                watching.cancel()
    except ExceptionGroup as lost:
        raise lost.exceptions[0] from failed
    finally:
        await lock.close()
    if failed is not None:
        raise failed


class _RunnerLock:
    def __init__(self, url: URL, sleep: Sleep) -> None:
        self._shown = url.render_as_string(hide_password=True)
        self._engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._sleep = sleep
        self._connection: AsyncConnection | None = None
        self._pid: int | None = None

    async def take(self) -> None:
        """Raises LockedError, and StoreError when the server cannot be asked."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._take()
        except LockedError:
            raise
        except Exception as error:
            # The driver's own errors come unwrapped while connecting, and none of them may end the runner.
            raise StoreError(
                f"The connection to PostgreSQL at {self._shown} broke. Check the server; we try again."
            ) from error

    async def watch(self) -> None:
        """For ever. Raises LockedError when somebody else took the lock while we had no connection."""
        while True:
            await self._sleep(WATCH_SECONDS)
            if await self._is_alive():
                continue
            await self._drop()
            try:
                await self.take()
            except StoreError as error:
                if isinstance(error, LockedError):
                    raise
                # Without the server nobody else can take it either.
                log.warning("runner_lock_lost", why=str(error))

    async def close(self) -> None:
        await self._drop()
        await self._engine.dispose()

    async def _take(self) -> None:
        connection = self._connection = await self._engine.connect()
        if not await connection.scalar(TAKE):
            holder = await connection.scalar(HOLDER)
            if holder is not None and holder == self._pid:
                # The server has not noticed yet that our old connection is gone: it still locks for us.
                await self._drop()
                return
            raise LockedError(
                f"Smallprint already runs on {self._shown} (server process {holder or 'unknown'}). "
                "Stop that one first, or give this one another database."
            )
        if self._pid is not None:
            log.warning("runner_lock_taken_again")
        self._pid = await connection.scalar(OWN_PID)

    async def _is_alive(self) -> bool:
        if self._connection is None:
            return False
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._connection.execute(ALIVE)
        except Exception:
            # Whatever it was: a new connection tells.
            return False
        return True

    async def _drop(self) -> None:
        """Let the connection go, with or without an answer to the farewell."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await connection.close()
        except Exception as error:
            log.debug("runner_lock_connection_broken", why=type(error).__name__)
