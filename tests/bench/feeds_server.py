"""Runs the shared feeds server (feeds/server.py of the shared data) as a process of its own on a free loopback port."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.started import started
from tests.shared import find_shared


class FeedsServer:
    """base  its address without a slash"""

    def __init__(self, base: str) -> None:
        self.base = base

    def post(self, path: str) -> Any:
        """POST without a body; the JSON answer."""
        request = urllib.request.Request(f"{self.base}{path}", method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.base}{path}", timeout=30) as answer:
            return str(answer.read().decode())


@contextmanager
def feeds_server(feeds: int) -> Iterator[FeedsServer]:
    """The server with that many corpus feeds, until the block ends. Exits with a sentence if there is no shared data."""
    script = find_shared("feeds/server.py")
    if script is None:
        raise SystemExit(
            "The shared data is not here: set SMALLPRINT_SHARED to the folder that holds feeds/server.py."
        )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(script), "--port", str(port), "--n", str(feeds)]
    with started(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        # It prints one line once its documents are loaded, just before it listens.
        if not process.stdout.readline():
            raise SystemExit("The feeds server did not start; what it said stands above.")
        server = FeedsServer(f"http://127.0.0.1:{port}")
        _wait_until_it_answers(server)
        yield server


def _wait_until_it_answers(server: FeedsServer) -> None:
    for _ in range(200):
        try:
            server.get("/clock")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("The feeds server did not start within ten seconds.")
