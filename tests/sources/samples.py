"""Invented documents, valid by default."""

from html import escape

USER_AGENT = "Smallprint/test (+https://smallprint.example; mailto:operator@smallprint.example)"


def an_item(title: str = "Platform adds a clause", guid: str = "1", link: str = "", inside: str = "") -> str:
    link = link or f"https://gazette.example/{guid}"
    return (
        f"<item><title>{escape(title)}</title><guid isPermaLink='false'>{guid}</guid>"
        f"<link>{escape(link)}</link>{inside}</item>"
    )


def an_rss(*items: str, head: str = "") -> bytes:
    """RSS 2.0; one item unless told otherwise."""
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
        "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>"
        f"<channel><title>Gazette</title><link>https://gazette.example/</link>{head}"
        f"{''.join(items or (an_item(),))}</channel></rss>"
    ).encode()


def an_atom(*entries: str, attributes: str = "") -> bytes:
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom' {attributes}><title>Gazette</title><id>urn:gazette</id>"
        f"<updated>2025-05-09T12:00:00Z</updated>{''.join(entries)}</feed>"
    ).encode()


BLOCK_PAGE = (
    b"<html><head><title>Access Denied</title></head><body>Access Denied. Reference #18.2f</body></html>"
)

SENTENCES = (
    "The streaming platform added a clause to its terms in February that speaks of training models.",
    "Musicians found it fifteen months later and asked the company what it had done with their songs.",
    "A spokeswoman said that no model was ever trained on uploads and that the wording would change.",
    "Several artists said they had taken their catalogues down and would wait for the new text.",
    "The company has promised to ask for consent, song by song, before anything of that kind is done.",
)


def a_page(head: str = "", *, charset: str = "utf-8") -> bytes:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    return (
        f"<!doctype html><html><head><title>Clause found — Gazette</title>{head}</head><body>"
        "<nav><a href='/'>Home</a><a href='/about'>About</a></nav>"
        f"<article><h1>Clause found</h1>{paragraphs}</article>"
        "<footer>Copyright Gazette. All rights reserved.</footer></body></html>"
    ).encode(charset)
