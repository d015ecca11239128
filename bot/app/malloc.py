"""Keeping the process small."""

import ctypes
import sys

_M_ARENA_MAX = -8  # Source: glibc, malloc.h.
_ARENAS = 2


def use_few_arenas() -> None:
    """Ask glibc to serve all threads from two pools of memory; elsewhere nothing happens.

    By default each thread gets a pool of its own. The threads here are few and mostly wait (the database's, DNS),
    but what each one freed stays in its pool: 3 of 120 MB after a pass over 200 feeds.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _ARENAS)
