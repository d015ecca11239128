"""Discord's rate limits: 50 requests in any second for one token, and a bucket for each route and channel.

Discord does not say how its second is cut; counting any second (a sliding one) is the strictest reading.
"""

import time
from collections import deque
from dataclasses import dataclass, field

from tests.fake_discord.world import Json


@dataclass
class Bucket:
    """So many requests in a window that begins with the first."""

    limit: int
    period: float
    began: float = 0.0
    used: int = 0

    def take(self, now: float) -> float:
        """0 if the request is within the limit, else seconds to wait."""
        if now - self.began >= self.period:
            self.began, self.used = now, 0
        if self.used >= self.limit:
            return self.began + self.period - now
        self.used += 1
        return 0.0

    def headers(self, name: str, now: float) -> dict[str, str]:
        reset_after = max(0.0, self.began + self.period - now)
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.limit - self.used),
            "X-RateLimit-Reset": f"{time.time() + reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{reset_after:.3f}",
            "X-RateLimit-Bucket": name,
        }


@dataclass
class Limits:
    """Switched off until a test or benchmark asks for them. `refused` counts the 429s."""

    on: bool = False
    a_second: int = 50
    second: float = 1.0
    messages: tuple[int, float] = (5, 5.0)
    crossposts: tuple[int, float] = (10, 3600.0)
    refused: int = 0
    counted: int = 0
    first_at: float = 0.0
    last_at: float = 0.0
    _second: deque[float] = field(default_factory=deque)
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    def bucket(self, kind: str, channel: str) -> Bucket:
        limit, period = self.messages if kind == "messages" else self.crossposts
        return self._buckets.setdefault(f"{kind}:{channel}", Bucket(limit, period))

    def take(self, kind: str | None, channel: str) -> tuple[dict[str, str], Json | None]:
        """Headers for the answer, and the body of a 429 if it must be one. `kind` None: no bucket of its own."""
        if not self.on:
            return {}, None
        now = time.monotonic()
        self.first_at = self.first_at or now
        self.last_at = now
        self.counted += 1
        while self._second and self._second[0] <= now - self.second:
            self._second.popleft()
        if len(self._second) >= self.a_second:
            return self._refuse(self._second[0] + self.second - now, everywhere=True)
        self._second.append(now)
        if kind is None:
            return {}, None
        bucket = self.bucket(kind, channel)
        wait = bucket.take(now)
        headers = bucket.headers(kind, now)
        if wait:
            more, body = self._refuse(wait, everywhere=False)
            return headers | more, body
        return headers, None

    def _refuse(self, wait: float, *, everywhere: bool) -> tuple[dict[str, str], Json]:
        self.refused += 1
        headers = {"Via": "1.1 google", "Retry-After": str(int(wait) + 1)}
        headers |= {"X-RateLimit-Global": "true"} if everywhere else {}
        body = {"message": "You are being rate limited.", "retry_after": round(wait, 3), "global": everywhere}
        return headers, body
