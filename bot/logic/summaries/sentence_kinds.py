"""Which sentences answer, which object, which say what stays open, and which what an artist can do, or from when."""

import re

_ANSWERS = (
    r"den(?:y|ies|ied)(?! (?:entry|access|the (?:bid|motion|request)))|disput(?:es|ed)|refut(?:e|es|ed)"
    r"|declined to comment",
    r"counter(?:s|ed) that|maintain(?:s|ed) that|insist(?:s|ed)",
    r"reject(?:s|ed)? (?:the|these|those|that|claims?|accusations?|allegations?)|hit back|pushed back|defended",
    r"(?:did not|didn't|has not|hasn't|have not|had not) (?:immediately )?(?:respond|comment|repl(?:y|ied)|answer)\w*",
    r"in (?:a|its) (?:statement|response|defen[cs]e|answer)|responded (?:to|that|with a statement|on|in)|fair use",
    r"(?:critics?|campaigners?|advocates?|unions?|opponents?)\b.{0,40}\b(?:said|says?|warn(?:s|ed)|argu(?:e|es"
    r"|ed)|object(?:s|ed)?)",
    r"(?:said|says|warned|argued|argues)\b.{0,25}\b(?:still|fails? to|leaves? open|remains? (?:unclear|open)"
    r"|unmentioned)",
    r"(?:argues|argued|says|said) (?:that )?(?:it|the company|its) (?:has |have |had )?(?:never|not|does not"
    r"|did not)",
    r"bestreitet|bestritt|dementiert\w*|w(?:ei|ie)st\b.{0,80}\bzurück|wies\b.{0,80}\bzurück|weist\b.{0,80}\bzurück"
    r"|lehnte?\b.{0,40}\b(?:Stellungnahme|Kommentar)|(?:äußerte|reagierte)\b.{0,30}\bnicht|in einer (?:Stellungnahme|Erklärung)"
    r"|(?:Unternehmen|Firma|Plattform|Dienst|Sprecher\w*)\b.{0,40}\b(?:teilte|erklärte)\b",
    r"dément\w*|a démenti|contest(?:e|ent|é)\b|rejett(?:e|ent)\b|a rejeté"
    r"|n'a pas (?:souhaité )?(?:(?:répond|réag|comment)\w+)"
    r"|dans un communiqué|(?:entreprise|plateforme|société|porte-parole)\b.{0,40}\b(?:a déclaré|déclare|a répondu|affirme)",
    r"niega|negó|desmiente|desmintió|rechaza|rechazó|no (?:ha )?(?:respondi\w+|comentado|quiso)|en un comunicado"
    r"|(?:empresa|plataforma|compañía|portavoz)\b.{0,40}\b(?:declaró|afirmó|respondió|aseguró)",
)
_ANSWER = re.compile(rf"\b(?:{'|'.join(_ANSWERS)})(?!\w)", re.IGNORECASE)

_LEFT_OPEN = re.compile(
    r"\b(?:do(?:es)? not|doesn't|don't|did not|didn't) (?:\w+ )?(?:rule out|exclude|say whether|mention|address"
    r"|specify|explain)\b"
    r"|\bstill (?:allow|permit|let|do(?:es)? not|don't|doesn't|lacks?|leaves?|unclear"
    r"|open)\w*\b"
    r"|\bleav(?:e|es|ing) (?:\w+ ){0,3}(?:open|room|unanswered)\b|\bremains? (?:unclear|open|unmentioned|possible|to be seen)"
    r"|\b(?:stays?|is|are) (?:unmentioned|not mentioned|unclear)\b|\bhas not (?:said|answered|explained)\b"
    r"|\bquestions? (?:\w+ ){0,2}(?:open|remain)\b|\b(?:leaves?|still|remains?)\b.{0,30}\bloopholes?\b"
    r"|\b(?:schlie(?:ß|ss)\w* .{0,60}\bnicht aus|bleibt (?:offen|unklar)|lässt .{0,40}\boffen)\b"
    r"|\b(?:n'exclu\w+ pas|reste(?:nt)? (?:ouverte?|floue?)|ne précise\w* pas)\b"
    r"|\b(?:no (?:descarta|excluye|aclara)\w*|sigue (?:abierta|sin))\b",
    re.IGNORECASE,
)
_OBJECTION = re.compile(
    r"\b(?:critics?|campaigners?|advocates?|unions?|opponents?)\b.{0,40}\b(?:said|says?|warn(?:s|ed)|argu(?:e|es|ed)"
    r"|object(?:s|ed)?)\b",
    re.IGNORECASE,
)
# "Asked whether it trains on songs, the firm said no" holds an answer; so does what a court was asked.
_ASKED = re.compile(
    r"(?<!^)(?<!when )(?<!was )(?<!were )\bask(?:s|ed|ing)?\b.{0,60}\bwhether\b", re.IGNORECASE
)
# Who and what a rule covers: what an artist asks first.
_SCOPE = re.compile(
    r"\b(?:is|are|be|remain) (?:not )?(?:exempt|excluded|included|covered|affected)\b"
    r"|\b(?:do(?:es)?|will) not (?:apply|cover|extend)\b"
    r"|\b(?:only|also) appl(?:y|ies) to\b|\bretroactive|\balready uploaded\b|\bexisting (?:uploads|songs|tracks|music|works)\b",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:will|would) (?:not |no longer |only |now |also )?(?:be )?(?:use[d]?|train(?:ed)?|chang\w+|rewrit\w+|revis\w+|amend\w+"
    r"|replac\w+|remov\w+|need|require|publish\w*|updat\w+|ask)\b|\bopt[- ]?in\b|\bexplicit consent\b",
    re.IGNORECASE,
)

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
    r"|submit|object|file|claim|set\b|block|exclude|deactivat"
    rf"|sign|download|ask|appeal|withdraw|tag|label|flag|delete|join|by {_MONTH})"
)
_TO_DOS = (
    rf"\b{_WHO}\b[^.;]{{0,60}}\b{_CAN}\b[^.;]{{0,80}}\b{_DOES}\w*",
    r"\b(?:opt[- ]?out|opt[- ]?in) (?:form|setting|tool|toggle|deadline|button|option|process|by)\b",
    r"\bconsent (?:will|would|must|has to) be (?:given|asked|sought)\b|\bby opt(?:ing)?[- ]?in\b|\bmust opt in\b",
    r"\b(?:no|not (?:\w+ )?an?) (?:way|option|means|possibility|setting) to opt[- ]?out\b|\bcan(?:not|'t) opt[- ]?out\b"
    r"|\bno opt[- ]?out\b",
    r"\b(?:deadline|window)\b[^.;]{0,40}\b(?:is|begins|opens|starts|ends|closes|until|by)\b",
    # German
    r"\b(?:künstler|musiker|urheber|nutzer|mitglieder|rechteinhaber|komponisten|textdichter|label)\w*\b[^.;]{0,60}\b(?:können|müssen"
    r"|sollen|dürfen|sollten)\b[^.;]{0,90}\b(?:widersprechen|abmelden|anmelden|melden|registrieren|beantragen|deaktivieren"
    r"|löschen|entfernen|zustimmen|einwilligen|widerrufen)\b",
    r"\b(?:können|kann|muss|müssen|widerspr\w+|frist)\b[^.;]{0,80}\bbis (?:zum )?\d{1,2}\.",
    # French
    r"\b(?:artistes?|auteurs?|compositeurs?|musiciens?|utilisateurs?|membres?|créateurs?|ayants droit)\b[^.;]{0,60}\b(?:peuvent"
    r"|doivent|pourront|devront)\b[^.;]{0,80}\b(?:refuser|s'opposer|demander|déclarer|signaler|désactiver|retirer|s'inscrire"
    r"|supprimer)\b",
    r"\b(?:peuvent|doivent|délai)\b[^.;]{0,80}\b(?:jusqu'au|avant le) \d",
    # Spanish
    r"\b(?:artistas?|autor(?:es)?|músicos?|usuarios?|socios?|creador(?:es)?|compositor(?:es)?)\b[^.;]{0,60}\b(?:pueden|deben"
    r"|podrán|deberán|tienen que)\b[^.;]{0,80}\b(?:oponerse|solicitar|retirar|declarar|desactivar|registrar|rechazar|reclamar"
    r"|eliminar|optar)\b",
    r"\b(?:pueden|deben|plazo)\b[^.;]{0,80}\b(?:hasta el|antes del) \d",
)
_TO_DO = re.compile("|".join(_TO_DOS), re.IGNORECASE)
# From when something holds: news, since nobody can do it.
_DATED = re.compile(
    r"\b(?:takes? effect|comes? into (?:force|effect)|goes? into effect|in force from|effective)\b[^.;]{0,15}"
    rf"\b(?:on|from|in|as of|until|{_MONTH})"
    r"|\btritt\b[^;]{0,40}\bin kraft\b|\bentre(?:ra|ront|nt)? en vigueur\b|\bentra(?:rá|rán|n)? en vigor\b",
    re.IGNORECASE,
)


def is_answer(text: str) -> bool:
    """Whether a sentence gives what the party acted against, or the company spoken of, answers."""
    return bool(_ANSWER.search(_plain(text)))


def is_objection(text: str) -> bool:
    """Whether a sentence says what critics say."""
    return bool(_OBJECTION.search(_plain(text)))


def is_left_open(text: str) -> bool:
    """Whether a sentence says what the act told, or the answer to it, does not settle."""
    return bool(_LEFT_OPEN.search(_plain(text)))


def is_asked(text: str) -> bool:
    """Whether a sentence tells of a question that somebody asked in public."""
    return bool(_ASKED.search(_plain(text)))


def is_scope(text: str) -> bool:
    """Whether a sentence says who or what a rule covers."""
    return bool(_SCOPE.search(_plain(text)))


def is_promise(text: str) -> bool:
    """Whether a sentence says what will change."""
    return bool(_PROMISE.search(_plain(text)))


def is_to_do(text: str) -> bool:
    """Whether a sentence says what an artist can do, and until when, or that nothing can be done."""
    return bool(_TO_DO.search(_plain(text)))


def is_dated(text: str) -> bool:
    """Whether a sentence says from when a rule holds."""
    return bool(_DATED.search(_plain(text)))


def _plain(text: str) -> str:
    return text.replace("’", "'")


_BACKGROUND = re.compile(
    r"^(?:last (?:week|month|year|\w+day)|earlier|previously|in (?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december|20\d\d)|(?:weeks?|months?|days?|years?) (?:ago|after|before)|the (?:move|news|change|statement)"
    r" (?:comes|came|follows|followed)|(?:it|this) (?:comes|came|follows)|the (?:dispute|row|case|story) began)\b",
    re.IGNORECASE,
)


def is_background(text: str) -> bool:
    """Whether a sentence tells what happened before."""
    return bool(_BACKGROUND.search(text))
