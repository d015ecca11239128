"""Lines of a file or of standard input, as text whatever their bytes."""

import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.errors import RefusedError


@contextmanager
def lines_of(file: str) -> Iterator[Iterator[str]]:
    """The lines one at a time; "-" is standard input, a name ending in .gz is unpacked. Raises RefusedError."""
    if file == "-":
        yield _decoded(sys.stdin.buffer)
        return
    path = Path(file)
    with _opened(path) as opened:
        try:
            yield _decoded(gzip.GzipFile(fileobj=opened) if path.suffix == ".gz" else opened)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise RefusedError(
                f"{path} is not a whole gzip file. Pack it again, or give it unpacked under another name."
            ) from error


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise RefusedError(f"{path} cannot be read ({error.strerror}). Check the path.") from error


def _decoded(raw: Iterable[bytes]) -> Iterator[str]:
    """Lines as text; bytes that are not UTF-8 become a sign that says so, instead of ending the stream."""
    for number, line in enumerate(raw, start=1):
        # Editors on Windows put a mark at the start of a file that is not a part of its first line.
        text = line.decode("utf-8", "replace")
        yield text.removeprefix("\ufeff") if number == 1 else text
