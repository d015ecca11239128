"""One runner per database: a second one is refused with a sentence instead of posting everything twice."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from bot.errors import LockedError, StoreError
from bot.store.dialects import PostgresBackend, SqliteBackend, backend_for


@asynccontextmanager
async def hold_lock(
    url: str, *, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
) -> AsyncIterator[None]:
    """Keep other runners off this database for as long as the block lasts.

    SQLite: a lock on the file `<database>.lock`. PostgreSQL: an advisory lock on a connection kept open.
    Both are freed by the system when the process ends in any way. Raises LockedError when somebody has it; with
    PostgreSQL also later, cancelling the block, when the connection broke and somebody else was faster.

    sleep  between two looks at that connection; in seconds
    """
    backend = backend_for(url)
    if isinstance(backend, SqliteBackend):
        with _file_lock(backend.path):
            yield
    elif isinstance(backend, PostgresBackend):
        async with backend.runner_lock(sleep):
            yield


@contextmanager
def _file_lock(database: Path) -> Iterator[None]:
    # The file itself, by whatever link it was named: both runners must meet at one lock.
    file_name = database.resolve()
    path = file_name.with_name(file_name.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not emptied on opening: the other's pid stands in it. Never removed: a third would lock a new file.
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            f"The lock file {path} cannot be opened ({error.strerror}). Give this user the right to write it."
        ) from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            pid = os.pread(file, 20, 0).decode("ascii", "replace").strip()
            raise LockedError(
                f"Smallprint already runs on {database} (process {pid or 'unknown'}). "
                "Stop that one first, or give this one another database."
            ) from error
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(file)
