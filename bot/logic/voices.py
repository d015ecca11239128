"""Which sentences give the other side's answer, and which say what an artist can do."""

import re

_ANSWERS = (
    r"den(?:y|ies|ied)(?! (?:entry|access|the (?:bid|motion|request)))|disput(?:es|ed)|refut(?:e|es|ed)"
    r"|declined to comment",
    r"counter(?:s|ed) that|maintain(?:s|ed) that|insist(?:s|ed)",
    r"reject(?:s|ed)? (?:the|these|those|that|claims?|accusations?|allegations?)|hit back|pushed back|defended",
    r"(?:did not|didn't|has not|hasn't|have not|had not) (?:immediately )?(?:respond|comment|repl(?:y|ied))\w*",
    r"in (?:a|its) (?:statement|response|defen[cs]e|answer)|responded (?:to|that|with a statement|on|in)|fair use",
    r"(?:critics?|campaigners?|advocates?|unions?|opponents?)\b.{0,40}\b(?:said|says?|warn(?:s|ed)|argu(?:e|es"
    r"|ed)|object(?:s|ed)?)",
    r"(?:said|says|warned|argued|argues)\b.{0,25}\b(?:still|fails? to|leaves? open|remains? (?:unclear|open)"
    r"|unmentioned)",
    r"(?:argues|argued|says|said) (?:that )?(?:it|the company|its) (?:has |have |had )?(?:never|not|does not"
    r"|did not)",
)
_ANSWER = re.compile(rf"\b(?:{'|'.join(_ANSWERS)})\b", re.IGNORECASE)

_WHO = (
    r"(?:artists?|musicians?|users?|creators?|songwriters?|rights ?holders?|labels?|distributors?|members?"
    r"|uploaders?|subscribers?|producers?|you|anyone|performers?|publishers?)"
)
_CAN = (
    r"(?:can|may|must|should|have to|need to|will be able to|will need to|are able to|have until"
    r"|who (?:want|wish))"
)
_MONTH = r"(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DOES = (
    r"(?:opt|request|report|remove|register|declare|disclose|contact|appl|choose|turn|switch|disable|enable"
    r"|submit|object|file|claim"
    rf"|sign|download|ask|appeal|withdraw|tag|label|flag|delete|join|by {_MONTH})"
)
_TO_DO = re.compile(
    rf"\b{_WHO}\b[^.;]{{0,60}}\b{_CAN}\b[^.;]{{0,80}}\b{_DOES}\w*"
    r"|\b(?:opt[- ]?out|opt[- ]?in) (?:form|setting|tool|toggle|deadline|button|option|process|by)\b"
    r"|\b(?:deadline|window)\b[^.;]{0,40}\b(?:is|ends|closes|until|by)\b"
    r"|\b(?:takes? effect|comes? into (?:force|effect)|goes? into effect|in force from|effective)\b[^.;]{0,15}"
    rf"\b(?:on|from|in|as of|until|{_MONTH})",
    re.IGNORECASE,
)


def is_answer(text: str) -> bool:
    """Whether a sentence gives what the party acted against, or the company spoken of, answers."""
    return bool(_ANSWER.search(text.replace("’", "'")))


def is_to_do(text: str) -> bool:
    """Whether a sentence says what an artist can do, or by when."""
    return bool(_TO_DO.search(text.replace("’", "'")))
