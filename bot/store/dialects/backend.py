"""What every kind of database can do for the store beyond common SQL."""

from abc import ABC, abstractmethod
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StoreError


class Backend(ABC):
    """One kind of database at one address."""

    name: str

    def __init__(self, url: URL) -> None:
        self.url = url

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    @abstractmethod
    async def prepare(self, *, create: bool) -> None:
        """Make sure there is something to open. Raises StoreError, and leaves what is there alone."""

    def check_place(self) -> None:
        """Raises StoreError when what is open is not what stands at the address any more."""
        return

    @abstractmethod
    def reader(self) -> AsyncEngine: ...

    @abstractmethod
    def writer(self) -> AsyncEngine: ...

    @abstractmethod
    def migrator(self) -> AsyncEngine:
        """An engine for changing tables: nobody else migrates while its transaction is open."""

    @abstractmethod
    def write_turn(self) -> AbstractAsyncContextManager[object]:
        """What to hold while writing; made once per store."""

    @abstractmethod
    def check_migrated(self, connection: Connection) -> None:
        """Raises StoreError when a migration has left rows that point nowhere."""

    @abstractmethod
    async def backup(self, target: Path) -> None: ...

    @abstractmethod
    async def checkpoint(self) -> None: ...

    @abstractmethod
    def explain(self, error: DBAPIError) -> StoreError:
        """What happened, to what, what to do next."""
