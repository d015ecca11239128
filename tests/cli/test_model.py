"""A model words the summaries of a running bot, and `why` tells whose words they are."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.cli.conftest import Room
from tests.cli.feeds import IDLE, NEWS, NEWS_TEXT, FeedSite

KEY = "fake-model-key"
WORDED = "Universal Music Group filed a copyright lawsuit against AI music generator Suno in a federal court."
INVENTED = (
    "Universal Music Group filed a $900 million lawsuit against AI music generator Suno in a federal court."
)


@contextmanager
def model_saying(text: str) -> Iterator[str]:
    """The base address of a server that answers every question so."""
    content = json.dumps({"what": [{"text": text, "source": 1}]})
    body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


MORE = (
    " The complaint asks for damages. Suno did not answer questions about the case on the day it was filed."
)


def told(room: Room, site: FeedSite, said: str) -> tuple[str, str]:
    """What was posted about the news, and what `why` says, with a model that says this."""
    room.watch(site.show("/feed", (IDLE, "")))
    with model_saying(said) as address:
        room.set("MODEL_URL", address)
        room.set("MODEL_NAME", "a-model")
        room.set("MODEL_KEY", KEY)
        room.run("once")
        site.show("/feed", (NEWS, NEWS_TEXT + MORE), (IDLE, ""))
        posted = room.run("once", "--all")
        why = room.run("why", f"{site.base}/{abs(hash(NEWS))}")
    assert KEY not in posted.all + why.all
    return posted.out, why.out


def test_a_summary_that_holds_is_posted_and_why_names_the_model(room: Room, site: FeedSite) -> None:
    posted, why = told(room, site, WORDED)

    # The preview draws a bar before each line.
    assert WORDED in " ".join(posted.replace("▌", " ").split())
    assert "The summary is worded by a-model and was compared with its sources." in why


def test_a_summary_that_lies_is_not_posted_and_why_says_so(room: Room, site: FeedSite) -> None:
    posted, why = told(room, site, INVENTED)

    assert "900 million" not in posted
    assert NEWS in posted
    assert "The summary is in the sources' own words" in why
    assert "900 million is not in the source" in why


def test_check_tells_which_model_is_asked_and_warns_of_a_key_in_clear(room: Room) -> None:
    room.set("MODEL_NAME", "a-model")
    room.set("MODEL_KEY", KEY)

    room.set("MODEL_URL", "https://model.example/v1")
    safe = room.run("check").out
    room.set("MODEL_URL", "http://model.example/v1")
    open_to_all = room.run("check").out

    assert "worded by a-model at https://model.example/v1, at most 100 times a day" in safe
    assert "travels unencrypted" in open_to_all
    assert KEY not in safe + open_to_all


def test_a_key_inside_the_address_is_refused_and_not_shown(room: Room) -> None:
    room.set("MODEL_NAME", "a-model")
    room.set("MODEL_URL", f"https://someone:{KEY}@model.example/v1")

    said = room.run("check")

    assert said.code == 1
    assert "Put the key into SMALLPRINT_MODEL_KEY" in said.all
    assert KEY not in said.all
