"""What publishers put around their sentences: feed footers, credits, offers, notices."""

import re

# Cut out wherever they stand: in feeds they run into real sentences without a full stop.
_INSERTS = (
    r"\bThe post\b.{0,300}?\b(?:appeared first on|first appeared on)\b[^.\n]{0,80}\.?",
    r"\bThis (?:article|story|post) (?:originally|first) appeared (?:on|in|at)\b[^.\n]{0,80}\.?",
    r"\b(?:Read|See) the (?:full|rest of the|whole|entire) (?:story|article|post)\b[^.\n]{0,60}\.?",
    r"(?<=[.!?…\"”])\s*(?:Continue reading|Continued|Read more|Learn more)\s*[….→»]*\s*$",
    r"\s(?:Continue reading|Read more)\s*(?:…|\.{2,}|→|»)\s*$",
    r"(?:(?<=…)|(?<=\.\.\.))\s*Continued\s*$",
)
_INSERT = re.compile("|".join(_INSERTS), re.IGNORECASE | re.MULTILINE)
_CUT = re.compile(r"\s*\[\s*(?:…|\.\.\.)\s*\]\s*$", re.MULTILINE)
_CREDIT = re.compile(
    r"(?:^|(?<=\s))(?:Photo|Image|Illustration|Picture|Graphic)(?:s|graph)?(?: [Cc]redits?)?\s*(?:by|:)\s[^.\n]{0,80}?/\s?"
    r"(?:Getty(?: Images)?|WireImage|FilmMagic|AFP|Reuters|Shutterstock|The Verge|NurPhoto|Redferns|AP)"
    r"(?:\s*(?:via|for|through)\s+(?:Getty(?: Images)?|AP))?(?=\s|$)"
)

_OPENINGS = (
    r"sign up|subscribe|click here|advert|newsletter|our newsletter|delivered to your inbox",
    r"read more|read also|also read|related\b.{0,3}:|continue reading|continued\b|learn more|see also",
    r"watch(?: now)?:|listen(?: now)?:",
    r"follow us|follow .{0,30} on (?:twitter|x|facebook|instagram|bluesky)|join our|join the discussion|share this",
    r"get (?:the|our) (?:latest|daily|weekly|free)|leave a comment|comments?\W{0,3}$|view (?:comments|original)",
    r"this (?:article|story|post|piece|page) (?:has been|was|is being) (?:updated|corrected|amended|originally|first)",
    r"(?:this is a )?(?:developing|breaking) (?:story|news)|story (?:is )?developing|update[ds]?\s*(?:on\b|at\b|:|\d)",
    r"(?:photo|image|picture|illustration|graphic|header image)s?(?: credits?)?\s*(?:by\b|:)|featured image|credits?:",
    r"©|\(?c\) ?\d{4}|copyright ©|all rights reserved|for personal use only",
    r"if you (?:buy|purchase) (?:something|through)|we may (?:earn|receive) (?:a|an) |disclosure:",
    r"our journalism|support (?:our|independent) (?:work|journalism|reporting)",
    r"you can (?:read|find|view) (?:the|our) (?:full|whole|complete) (?:story|article|post)|more (?:on|from)\b.{0,40}:$",
)
_OPENING = re.compile(rf"^\W*(?:{'|'.join(_OPENINGS)})", re.IGNORECASE)
_INSIDE = re.compile(
    r"\b(?:our newsletter|your inbox|free trial|affiliate links?|privacy policy and terms (?:of service )?apply)\b"
    r"|\b(?:subscribe|sign up) (?:to|for) (?:our|the \w+ newsletter|my)\b",
    re.IGNORECASE,
)
_SHORT = 200


def is_debris(sentence: str) -> bool:
    """Whether the publisher's machinery wrote it, not the reporter."""
    if not any(c.isalpha() for c in sentence) or _OPENING.match(sentence):
        return True
    return len(sentence) < _SHORT and bool(_INSIDE.search(sentence))


def without_inserts(text: str) -> str:
    """The text without feed footers and photo credits that run into its sentences."""
    # "[…]" says that the feed cut the sentence: what is left must still look cut.
    return _CREDIT.sub(" ", _INSERT.sub(" ", _CUT.sub("…", text)))
