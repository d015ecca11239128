"""A small Mastodon server that misbehaves on request, over real HTTP on loopback.

`mastodon_mock` is the well-behaved peer; this one gives the answers that it cannot give. Each POST of a status
takes the next mood of `moods` (none left: fine); what it stored is shown in the account's statuses, in HTML
like Mastodon's own.
"""

import html
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "fake-token-of-the-hostile-server"


@dataclass
class Posted:
    """One stored status and how it was asked for."""

    id: str
    text: str
    key: str | None
    reply_to: str | None
    form: dict[str, str]
    at: datetime


@dataclass
class HostileMastodon:
    """What the server does next, and what it saw.

    moods         how coming POSTs of statuses are treated, in order
    honours_keys  whether a repeated Idempotency-Key gives the first status again
    max_chars     counted in code points with links in full, as some servers do
    instance      status code of the instance documents; 200 tells `limits`
    keeps_threads whether answers tell what a status replies to
    reset         the X-RateLimit-Reset of a 429; empty: none
    stored, hang  set once a status is stored; set by a test to let a hanging answer go
    clock         time of what is stored; None: now
    inbox, inbox_mood  notifications of mentions, oldest first; "fine", or a status code, or "garbage"
    knows_min_id  whether notifications after a given one can be asked for; else the newest are shown
    edits         "fine", "clears" (see do_PUT), or a status code
    version       as the instance document says it
    credentials   "fine", "bad-token", "bad-token-400" or "html": how a look at the own account is answered
    listing       "fine", or a status code, or "garbage": how the account's statuses are shown
    """

    moods: list[str] = field(default_factory=list)
    honours_keys: bool = True
    max_chars: int = 5000
    instance: int = 200
    limits: dict[str, Any] = field(
        default_factory=lambda: {"max_characters": 500, "characters_reserved_per_url": 23}
    )
    listing: str = "fine"
    credentials: str = "fine"
    keeps_threads: bool = True
    reset: str = ""
    inbox: list[dict[str, Any]] = field(default_factory=list)
    inbox_mood: str = "fine"
    knows_min_id: bool = True
    edits: str = "fine"
    version: str = ""
    posted: list[Posted] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    stored: threading.Event = field(default_factory=threading.Event)
    hang: threading.Event = field(default_factory=threading.Event)
    clock: datetime | None = None
    url: str = ""

    def texts(self) -> list[str]:
        return [status.text for status in self.posted]

    def paths(self, method: str) -> list[str]:
        return [path for seen, path in self.requests if seen == method]

    def store(self, text: str, *, key: str | None = None, reply_to: str | None = None, **form: str) -> Posted:
        """Keep a status, or give the one that the key already made."""
        if key is not None and self.honours_keys:
            for known in self.posted:
                if known.key == key:
                    return known
        at = (self.clock or datetime.now(UTC)) + timedelta(milliseconds=len(self.posted))
        status = Posted(str(1000 + len(self.posted)), text, key, reply_to, form, at)
        self.posted.append(status)
        self.stored.set()
        return status

    def mention(self, text: str, *, sender: str = "ana", number: str = "", visibility: str = "direct") -> str:
        """Somebody writes to us; the id of their status."""
        number = number or str(5000 + len(self.inbox))
        account = {"id": f"id-of-{sender}", "username": sender, "acct": sender, "bot": False}
        status = {
            "id": f"s{number}",
            "content": as_html(f"@bot {text}"),
            "visibility": visibility,
            "account": account,
            "in_reply_to_id": None,
            "created_at": (self.clock or datetime.now(UTC)).isoformat(),
        }
        self.inbox.append({"id": number, "type": "mention", "account": account, "status": status})
        return f"s{number}"

    def shown(self, status: Posted) -> dict[str, Any]:
        """A status as the API shows it."""
        return {
            "id": status.id,
            "uri": f"{self.url}/statuses/{status.id}",
            "url": f"{self.url}/@bot/{status.id}",
            "created_at": status.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "content": as_html(status.text),
            "in_reply_to_id": status.reply_to if self.keeps_threads else None,
            "visibility": status.form.get("visibility", "public"),
            "language": status.form.get("language"),
            "spoiler_text": status.form.get("spoiler_text", ""),
            "sensitive": bool(status.form.get("spoiler_text")),
            "media_attachments": [{"id": each} for each in status.form.get("media", "").split(",") if each],
            "account": {"id": "7", "username": "bot", "acct": "bot"},
        }


def as_html(text: str) -> str:
    """Status text as Mastodon makes HTML of it: paragraphs, breaks, links with hidden ends, tags as links."""

    def link(match: re.Match[str]) -> str:
        url = html.unescape(match.group())
        scheme, rest = url.split("://", 1)
        shown, hidden = html.escape(rest[:30]), html.escape(rest[30:])
        return (
            f'<a href="{html.escape(url)}" target="_blank" rel="nofollow noopener"><span class="invisible">'
            f'{scheme}://</span><span class="ellipsis">{shown}</span><span class="invisible">{hidden}</span></a>'
        )

    body = re.sub(r"https?://\S+", link, html.escape(text, quote=True))
    tag = r'<a href="https://s.example/tags/\1" class="mention hashtag" rel="tag">#<span>\1</span></a>'
    body = re.sub(r"(?<![\w/&])#(\w+)", tag, body)
    paragraphs = [part.replace("\n", "<br />") for part in body.split("\n\n")]
    return "".join(f"<p>{part}</p>" for part in paragraphs)


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
        """Quiet: what was asked is in `requests`."""

    def do_GET(self) -> None:
        host, parts = self.server.host, urlsplit(self.path)
        host.requests.append(("GET", self.path))
        host.headers.append(dict(self.headers))
        if "instance" in parts.path:
            # Like Takahē: nothing under the address with a slash at its end.
            status = 404 if parts.path.endswith("/") else host.instance
            document = {"configuration": {"statuses": host.limits}, "version": host.version}
            self._json(status, document if status == 200 else {})
        elif parts.path.endswith("/verify_credentials"):
            self._credentials()
        elif parts.path.endswith("/notifications"):
            self._notifications(parse_qs(parts.query))
        elif parts.path.startswith("/api/v1/statuses/"):
            known = [status for status in host.posted if parts.path.endswith(f"/{status.id}")]
            self._json(
                200 if known else 404, host.shown(known[0]) if known else {"error": "Record not found"}
            )
        elif parts.path.endswith("/statuses"):
            self._listing(parse_qs(parts.query))
        else:
            self._json(404, {"error": "Record not found"})

    def _credentials(self) -> None:
        mood = self.server.host.credentials
        if mood == "fine":
            self._json(200, {"id": "7", "username": "bot", "acct": "bot", "note": "", "bot": False})
        else:
            getattr(self, "_" + mood.replace("-", "_"))({})

    def do_PUT(self) -> None:
        """Edits a status. `edits`: "fine", "clears" (as Takahē: what is not sent again is gone, and all is public)."""
        host = self.server.host
        host.requests.append(("PUT", self.path))
        fields = parse_qs(
            self.rfile.read(int(self.headers.get("Content-Length", 0))).decode(), keep_blank_values=True
        )
        form = {name: values[-1] for name, values in fields.items()}
        known = [status for status in host.posted if self.path.endswith(f"/{status.id}")]
        if host.edits not in ("fine", "clears") or not known:
            self._json(404 if host.edits in ("fine", "clears") else int(host.edits), {"error": "no"})
            return
        [status] = known
        if len(form["status"]) > host.max_chars:
            self._json(422, {"error": "Validation failed: Text character limit exceeded"})
            return
        status.text = form["status"]
        status.form["spoiler_text"] = form.get("spoiler_text", "")
        status.form["media"] = ",".join(fields.get("media_ids[]", []))
        if host.edits == "clears":
            status.form["visibility"] = "public"
        self._json(200, host.shown(status))

    def do_PATCH(self) -> None:
        """Takes a new profile and keeps nothing of it, as Takahē does with the bot mark."""
        host = self.server.host
        host.requests.append(("PATCH", self.path))
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._credentials()

    def _listing(self, query: dict[str, list[str]]) -> None:
        host = self.server.host
        if host.listing == "garbage":
            self._bytes(200, b"<html>welcome</html>", "text/html")
        elif host.listing != "fine":
            self._json(int(host.listing), {"error": "no"})
        else:
            before = int(query.get("max_id", ["999999"])[0])
            limit = int(query.get("limit", ["20"])[0])
            statuses = [status for status in reversed(host.posted) if int(status.id) < before]
            self._json(200, [host.shown(status) for status in statuses[:limit]])

    def _notifications(self, query: dict[str, list[str]]) -> None:
        host = self.server.host
        if host.inbox_mood == "garbage":
            self._bytes(200, b"<html>welcome</html>", "text/html")
        elif host.inbox_mood != "fine":
            self._json(int(host.inbox_mood), {"error": "no"})
        else:
            shown, after = host.inbox, query.get("min_id", [None])[0]
            if after is not None and host.knows_min_id:
                # The page just after it, not the newest of all: that is what sets min_id apart from since_id.
                at = next((n for n, each in enumerate(shown) if each["id"] == after), -1)
                shown = shown[at + 1 :][: int(query.get("limit", ["40"])[0])]
            self._json(200, shown[::-1][: int(query.get("limit", ["40"])[0])])

    def do_POST(self) -> None:
        host = self.server.host
        host.requests.append(("POST", self.path))
        host.headers.append(dict(self.headers))
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        mood = host.moods.pop(0) if host.moods else "fine"
        getattr(self, "_" + mood.replace("-", "_"))(form)

    def _store(self, form: dict[str, str]) -> Posted:
        form = dict(form)
        return self.server.host.store(
            form.pop("status"),
            key=self.headers.get("Idempotency-Key"),
            reply_to=form.pop("in_reply_to_id", None),
            **form,
        )

    # ------------------------------------------------------------ moods of POST /api/v1/statuses

    def _fine(self, form: dict[str, str]) -> None:
        if len(form["status"]) > self.server.host.max_chars:
            self._json(422, {"error": "Validation failed: Text character limit exceeded"})
        else:
            self._json(200, self.server.host.shown(self._store(form)))

    def _redirect(self, form: dict[str, str]) -> None:
        self._bytes(301, b"", "text/html", {"Location": self.server.host.url + "/api/v1/accounts/7/statuses"})

    def _html_stored(self, form: dict[str, str]) -> None:
        self._store(form)
        self._bytes(200, b"<html>Thank you!</html>", "text/html")

    def _html(self, form: dict[str, str]) -> None:
        self._bytes(200, b"<html>Maintenance</html>", "text/html")

    def _bad_reset_stored(self, form: dict[str, str]) -> None:
        headers = {"X-RateLimit-Reset": "soon", "X-RateLimit-Remaining": "3"}
        self._json(200, self.server.host.shown(self._store(form)), headers)

    def _truncated_stored(self, form: dict[str, str]) -> None:
        self._store(form)
        self._bytes(200, b'{"id": "1000", "content": "<p>Tru', "application/json")

    def _empty_stored(self, form: dict[str, str]) -> None:
        self._store(form)
        self._bytes(200, b"", "application/json")

    def _json_but_no_status(self, form: dict[str, str]) -> None:
        self._json(200, {"queued": True})

    def _gateway_timeout_stored(self, form: dict[str, str]) -> None:
        self._store(form)
        self._bytes(504, b"<html>504</html>", "text/html")

    def _server_error(self, form: dict[str, str]) -> None:
        self._json(500, {"error": "An unexpected error occurred"})

    def _endless_stored(self, form: dict[str, str]) -> None:
        self._store(form)
        self.close_connection = True
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(b" " * 65_536)

    def _reset_stored(self, form: dict[str, str]) -> None:
        self._store(form)
        self.close_connection = True
        self.connection.close()

    def _hang_stored(self, form: dict[str, str]) -> None:
        self._store(form)
        self.close_connection = True
        # Longer than the client waits; the test lets go at its end.
        self.server.host.hang.wait(60)

    def _too_many(self, form: dict[str, str]) -> None:
        reset = {"X-RateLimit-Reset": self.server.host.reset} if self.server.host.reset else {}
        self._json(429, {"error": "Too many requests"}, reset)

    def _bad_token(self, form: dict[str, str]) -> None:
        self._json(401, {"error": "The access token was revoked"})

    def _bad_token_400(self, form: dict[str, str]) -> None:
        self._bytes(400, b"Invalid token", "text/plain")

    def _forbidden(self, form: dict[str, str]) -> None:
        said = f"This action is outside the authorized scopes of {self.headers['Authorization']}"
        self._json(403, {"error": said})

    def _invalid(self, form: dict[str, str]) -> None:
        self._json(422, {"error": "Validation failed: Language is invalid"})

    def _no_such_parent(self, form: dict[str, str]) -> None:
        if "in_reply_to_id" in form:
            self._json(404, {"error": "The post you are trying to reply to does not exist"})
        else:
            self._fine(form)

    def _no_api(self, form: dict[str, str]) -> None:
        self._bytes(404, b"<html>Not found</html>", "text/html")

    def _json(self, status: int, document: object, headers: dict[str, str] | None = None) -> None:
        self._bytes(status, json.dumps(document).encode(), "application/json", headers)

    def _bytes(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host: HostileMastodon) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.host = host


@contextmanager
def hostile_mastodon() -> Iterator[HostileMastodon]:
    """The server, listening, until the block ends."""
    host = HostileMastodon()
    server = _Server(host)
    host.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.hang.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
