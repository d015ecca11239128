"""What a person cannot have, said in their own language: what happened, to what, what to do next."""

from bot.errors import RefusedError
from bot.words import say


class RefusalError(RefusedError):
    """`str()` is English, for logs; `text` is what the person reads."""

    def __init__(self, key: str, /, **places: object) -> None:
        super().__init__(say("en", key, **places))
        self.key, self.places = key, places

    def text(self, lang: str) -> str:
        return say(lang, self.key, **self.places)


def refused(error: RefusedError, lang: str) -> str:
    """The words of any refusal; those of flows know English only."""
    return error.text(lang) if isinstance(error, RefusalError) else str(error)
