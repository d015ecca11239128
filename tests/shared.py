"""Where the shared data is, for tests and benchmarks that measure on it."""

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent


def find_shared(relative: str) -> Path | None:
    """The path under the shared folder; None where this machine has none."""
    root = Path(os.environ.get("SMALLPRINT_SHARED", PROJECT.parent / "shared"))
    path = root / relative
    return path if path.exists() else None


def shared_path(relative: str) -> Path:
    """The path under the shared folder; skips the test where this machine has none."""
    path = find_shared(relative)
    if path is None:
        pytest.skip(f"needs the shared data ({relative}): set SMALLPRINT_SHARED to the folder that holds it")
    return path
