"""Faults to inject, by route and count."""

import re
from dataclasses import dataclass
from typing import Literal

How = Literal["answer", "drop", "hang"]


@dataclass
class Fault:
    """What goes wrong with the next `times` requests of `method` whose path matches the pattern `path`.

    how      answer: with `status` and `code`; drop: the connection is cut; hang: no answer at all
    stored   the request takes effect first, only the answer is spoilt
    via      whether a 429 carries the header that shows it came from Discord itself and not from its edge
    """

    method: str
    path: str
    times: int = 1
    how: How = "answer"
    status: int = 500
    code: int = 0
    message: str = "Injected"
    stored: bool = False
    via: bool = True
    retry_after: float = 0.0
    seen: int = 0

    def takes(self, method: str, path: str) -> bool:
        """Whether this request is hit; counts it."""
        if self.times <= 0 or method != self.method or not re.search(self.path + "$", path):
            return False
        self.times -= 1
        self.seen += 1
        return True
