"""A small web of feeds on loopback that a test changes while it runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

NEWS = "Universal Music sues Suno over training on recordings"
NEWS_TEXT = (
    "Universal Music Group has filed a copyright lawsuit against AI music generator Suno in a federal court, "
    "saying that it trained on its recordings without a licence."
)
IDLE = "Ten small synths for small studios"


class FeedSite:
    """base      its address without a slash
    documents  path -> (content type, body); a path without one answers 404
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self.documents: dict[str, tuple[str, bytes]] = {}

    def show(
        self, path: str, *entries: tuple[str, str], now: datetime | None = None, title: str = "Gazette"
    ) -> str:
        """Serve an RSS feed of these (title, text) entries, dated now; its address."""
        at = format_datetime(now or datetime.now(UTC))
        rows = "".join(
            f"<item><title>{escape(head)}</title><guid>{escape(head)}</guid><pubDate>{at}</pubDate>"
            f"<link>{self.base}/{abs(hash(head))}</link><description>{escape(text)}</description></item>"
            for head, text in entries
        )
        body = f'<rss version="2.0"><channel><title>{escape(title)}</title>{rows}</channel></rss>'
        self.documents[path] = ("application/rss+xml", body.encode())
        return self.base + path

    def show_page(self, path: str, feed: str) -> str:
        """Serve an HTML page that names a feed; its address."""
        head = f'<link rel="alternate" type="application/rss+xml" href="{feed}">'
        self.documents[path] = ("text/html", f"<html><head>{head}</head><body>Hello</body></html>".encode())
        return self.base + path


@contextmanager
def feed_site() -> Iterator[FeedSite]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = site.documents.get(self.path, ("text/plain", b""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
            """Tests read standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    site = FeedSite(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
