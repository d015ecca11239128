"""A child process that reads documents: `python -m bot.sources.child MEMORY_BYTES`.

Takes requests on stdin and answers on stdout, one at a time, until stdin ends. Whatever a document does to
it (hang, crash, eat all memory) hurts this process only; `bot.sources.children` kills it and starts another.
"""

import contextlib
import json
import logging
import os
import resource
import signal
import sys
from typing import Any, BinaryIO

from bot.sources.feeds import NotAFeedError, parse_feed
from bot.sources.json_feed import is_json, parse_json_feed
from bot.sources.wire import (
    LENGTH,
    READY,
    Job,
    Outcome,
    feed_to_json,
    frame,
    pack_answer,
    page_to_json,
    terms_to_json,
)

# The parent kills a child that is late; this ends it when the parent itself was killed meanwhile.
ORPHAN_GRACE_SECONDS = 5.0


def main() -> None:
    answers = _own_stdout()
    _limit(int(sys.argv[1]))
    # Ctrl-C at a terminal reaches the children too; the parent decides when they end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)
    answers.write(frame(READY))
    answers.flush()
    serve(sys.stdin.buffer, answers)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    while (head := _read_frame(requests)) is not None:
        body = _read_frame(requests)
        if body is None:
            return
        request = json.loads(head)
        # Nobody handles these signals, so the kernel ends the process, in the middle of C code too.
        signal.setitimer(signal.ITIMER_PROF, request["cpu_seconds"])
        signal.setitimer(signal.ITIMER_REAL, request["wall_seconds"] + ORPHAN_GRACE_SECONDS)
        answer = answer_to(request, body)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(frame(answer))
        answers.flush()


def answer_to(request: dict[str, Any], body: bytes) -> bytes:
    try:
        return pack_answer(Outcome.DONE, _read(request, body))
    except NotAFeedError as error:
        return pack_answer(Outcome.REFUSED, str(error))
    except MemoryError:
        return pack_answer(Outcome.FAILED, "it needs more memory than is allowed")
    except Exception as error:
        # The edge of this process: a parser's bug becomes an answer about one document.
        return pack_answer(Outcome.FAILED, f"the parser failed ({type(error).__name__})")


def _read(request: dict[str, Any], body: bytes) -> Any:
    job, content_type, address = Job(request["job"]), request["content_type"], request["address"]
    if job is Job.FEED:
        if is_json(body):
            return feed_to_json(parse_json_feed(body, address))
        return feed_to_json(parse_feed(body, content_type, address))
    # Slow to import and heavy, and most children never see a page.
    from bot.sources import listing, pages, terms_text

    if job is Job.PAGE:
        return page_to_json(pages.read_page(body, content_type, address))
    if job is Job.LINKS:
        return pages.feed_links(body, content_type, address)
    if job is Job.LISTING:
        return feed_to_json(listing.read_listing(body, content_type, address, request["options"]["links"]))
    if job is Job.TERMS:
        options = request["options"]
        return terms_to_json(
            terms_text.read_terms(body, content_type, address, options["selector"], options["lang"])
        )
    return None


def _read_frame(stream: BinaryIO) -> bytes | None:
    """None: the parent closed the pipe."""
    size = stream.read(LENGTH.size)
    if len(size) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(size)
    content = stream.read(length)
    return content if len(content) == length else None


def _own_stdout() -> BinaryIO:
    """The pipe for answers alone: what a library prints must not end up between two frames."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _limit(memory_bytes: int) -> None:
    # Not every system has each limit (macOS refuses RLIMIT_AS); the time limit holds everywhere.
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # a parser writes no files
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
