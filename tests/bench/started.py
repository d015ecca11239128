"""Processes that a measurement starts, and ends whatever happens."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 30.0


@contextmanager
def started(command: Sequence[str | Path], **options: Any) -> Iterator["subprocess.Popen[str]"]:
    """A process, asked to end when the block ends, and killed when it does not; `options` as Popen takes them."""
    with subprocess.Popen(list(command), **({"text": True} | options)) as process:
        try:
            yield process
        finally:
            end(process)


def end(process: "subprocess.Popen[str]") -> None:
    """SIGTERM, then SIGKILL. Nothing happens when it has ended by itself."""
    process.terminate()
    try:
        process.wait(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_cleanly() -> None:
    """From now on SIGTERM ends this process as Ctrl-C does, so that it ends what it started."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by SIGTERM"))
