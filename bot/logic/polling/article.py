"""Whether a page that was fetched for an entry is the entry's article, and which of its lines are."""

import re
from dataclasses import dataclass

from bot.logic.text.words import fold
from bot.model import Page

SHARE_OF_TITLE = 0.5
"""Of the headline's words, in the text of a page that gave cause for doubt."""

# What walls, logins, consent boards and pages that are not there say, in the six languages that sources write in.
_WALL = tuple(
    fold(words)
    for words in (
        "you are human", "not a robot", "are you a robot", "enable javascript", "unusual traffic",
        "checking your browser", "complete the captcha", "security of your connection", "security by cloudflare",
        "pardon our interruption", "access denied", "have permission to access", "limit of free", "free articles left",
        "subscribe to continue", "subscribe to read", "subscribe to keep reading", "already a subscriber",
        "for subscribers only", "log in to continue", "sign in to continue", "sign in to read", "log in to read",
        "page not found", "page you are looking for", "page you requested", "could not be found", "we value your privacy",
        "store and access information on a device", "store and/or access information", "accept all cookies",
        "seite nicht gefunden", "seite existiert nicht", "dass sie ein mensch sind", "kein roboter",
        "zugriff verweigert", "ihre privatsphäre", "anmelden, um", "jetzt weiterlesen", "jetzt abonnieren",
        "limit an kostenlosen", "nur für abonnenten", "informationen auf einem gerät",
        "page introuvable", "page non trouvée", "que vous êtes humain", "pas un robot", "accès refusé",
        "votre vie privée", "réservé aux abonnés", "réservée aux abonnés", "connectez-vous pour", "abonnez-vous pour",
        "página no encontrada", "que eres humano", "no eres un robot", "acceso denegado", "tu privacidad",
        "su privacidad", "solo para suscriptores", "exclusivo para suscriptores", "suscríbete para", "inicia sesión para",
        "página não encontrada", "que você é humano", "não é um robô", "acesso negado", "sua privacidade",
        "exclusivo para assinantes", "assine para", "faça login para", "ページが見つかりません", "人間であること",
        "ロボットではありません", "アクセスが拒否", "会員限定", "ログインして",
    )
)  # fmt: skip
_WORD = re.compile(r"[^\W_]{4,}")
_WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class ArticleText:
    """`text` may be told as the article's; empty: none of it may, and `why` says why not."""

    text: str
    why: str = ""


def article_in(page: Page, title: str) -> ArticleText:
    """What of a page belongs to the entry titled `title`; in doubt nothing, and the feed's own words must do.

    A site answers 200 for walls, logins and missing pages too, and told somebody's "verify you are human" as news.
    """
    lines = page.text.split("\n")
    own = [line for line in lines if not _is_wall(line)]
    text = "\n".join(own)
    if _is_wall(page.title):
        return ArticleText("", f"the page is a wall or not there: {page.title[:80]!r}")
    is_doubtful = len(own) < len(lines) or (page.title != "" and not _shares(title, page.title))
    if is_doubtful and not _shares(title, text):
        return ArticleText("", "the page does not say what the entry's headline says")
    return ArticleText(text)


def _is_wall(line: str) -> bool:
    said = fold(line)
    return any(words in said for words in _WALL) or said.startswith(("just a moment", "404"))


def _shares(title: str, text: str) -> bool:
    """Whether enough of the headline's words stand in the text. A headline without any proves nothing either way."""
    wanted = _words(fold(title))
    said = fold(text)
    return sum(word in said for word in wanted) >= SHARE_OF_TITLE * len(wanted)


def _words(title: str) -> frozenset[str]:
    """Japanese has no spaces: there, every two signs are a word."""
    found: set[str] = set()
    for word in _WORD.findall(title):
        wide = _WIDE.search(word) is not None
        found.update((word[at : at + 2] for at in range(len(word) - 1)) if wide else (word,))
    return frozenset(found)
