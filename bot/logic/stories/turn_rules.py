"""The acts by which later turns of a story are told, and the words for them in four languages.

Of acts that begin at one place the upper one counts. Every form is found on one folded clause, at the act itself.
"""

import re
from dataclasses import dataclass

from bot.model import Turn

COURT = (
    r"\b(?:judges?|courts?|jury|jurors|tribunal|magistrates?|justices|gericht\w*|landgericht|richter\w*|juge"
    r"|cour|juez|jueza)\b"
)
_LAWMAKERS = (
    r"\b(?:mps|lords|peers|senat\w*|house|committee|parliament\w*|lawmakers|legislat\w+|commons|congress|council"
    r"|meps|bundestag|cabinet|governor|assembly)\b"
)
_SPEAKERS = (
    r"\b(?:unions?|guilds?|societ\w+|artists?|musicians?|songwriters?|composers?|publishers?|labels?|campaigners?"
    r"|association|federation|coalition|alliance|academy|groups?|managers?)\b"
)
# Short forms that stand in the rules for longer ones.
_SHORT: dict[str, str] = {
    "~": r"(?:[\w'$&-]+ ){0,4}",  # up to four words
    "<suit>": r"(?:law)?(?:suit|case|claims?|dispute|complaint|litigation|action|battle|fight)\b",
    "<work>": r"(?:songs?|tracks?|albums?|videos?|clones?|duets?|single|uploads?|catalogue|catalog|recordings?)\b",
    # What a platform can take back, and how that is said.
    "<made>": r"(?:clause|terms|polic\w+|plans?|preference|rules?|wording|ban|bans|opt-outs?|licen[cs]e|requirement"
    r"|exception|proposals?|feature|setting|change|changes|switch|fees?|option|agb|klausel|conditions|clausula"
    r"|condiciones)\b",
    "<drops>": r"(?:withdr[ae]w(?:s|n)?|retract(?:s|ed)?|scraps?|scrapped|abandon(?:s|ed)?|drop(?:s|ped)?|ditch(?:es|ed)?"
    r"|shelve[sd]?|remov(?:es|ed)|delet(?:es|ed)|strik(?:es)|pull(?:s|ed)?|kill(?:s|ed)?|paus(?:es|ed)|suspend(?:s|ed)?"
    r"|halt(?:s|ed)?|axe[sd]?|cancel(?:s|led|ed)?)",
    "<will change>": r"(?:changing|rewriting|revising|amending|(?:will|to) (?:change|rewrite|revise|amend|remove|fix|drop"
    r"|scrap|withdraw))",
    "<aux>": r"(?:(?:that|it|they|he|she|has|have|had|does|do|did|is|are|was|were|will|would|none) ){0,4}",
}


@dataclass(frozen=True, slots=True)
class TurnRule:
    """One act that tells a turn.

    pattern  on one folded clause, found at the act itself
    denied   what the act tells when it is negated; None: nothing
    by       who has to stand before it in the clause; empty: anybody
    """

    turn: Turn
    pattern: re.Pattern[str]
    denied: Turn | None = None
    by: re.Pattern[str] | None = None


def _rule(turn: Turn, *forms: str, denied: Turn | None = None, by: str = "") -> TurnRule:
    """A rule of forms in which short forms stand for longer ones."""
    pattern = "|".join(forms)
    for short, long in _SHORT.items():
        pattern = pattern.replace(short, long)
    return TurnRule(turn, re.compile(rf"\b(?:{pattern})"), denied, re.compile(by) if by else None)


RULES: tuple[TurnRule, ...] = (
    _rule(
        Turn.RULING,
        r"rul(?:es|ed)\b|finds?\b|found\b|dismiss\w*|den(?:y|ies|ied)\b|grants?\b|granted\b|orders?\b|ordered\b",
        r"rejects?\b|rejected\b|refus\w+|declin\w+|approv\w+|sides?\b|sided\b|vacat\w+|blocks?\b|blocked\b|halts?\b",
        r"clears?\b|allows?\b|allowed\b|lets?\b|throws? out|tosse[sd]|toss\b|overturns?|upholds?|upheld|awards?\b",
        r"certif\w+|strikes? (?:down|out)|keeps? (?:alive|\w+ alive)|bars?\b|trims?\b|narrows?\b|hands\b|decid\w+",
        r"verurteilt|entscheid\w+|urteilt|weist\b|untersagt|condamne|donne raison|rejette|desestima|falla\b|condena",
        denied=Turn.RULING,
        by=COURT,
    ),
    _rule(
        Turn.RULING,
        r"(?:court |judge's )?ruling (?:in|on|against|for|that|says|means)\b|verdict (?:in|on|is)\b",
    ),
    _rule(
        Turn.RULING,
        r"(?:held|found|ruled) liable|pleads? guilty|(?:is |was )?(?:sentenced|convicted)\b",
    ),
    _rule(
        Turn.RULING,
        r"(?:loses?|lost|wins?|won)\b (?:~)?(?:suit|lawsuit|case|appeal|ruling|bid|claim|injunction|trial|in court)\b",
    ),
    _rule(
        Turn.RULING,
        r"(?:law)?(?:suit|case|claims?|complaint) (?:is |was |are |were )?(?:dismissed|thrown out|tossed)",
    ),
    _rule(
        Turn.MOTION,
        r"(?:asks?|asked|urges?|urged|tells?|told|petitions?|begs?|wants?|calls? on) (?:\w+ ){0,3}(?:court|judge|tribunal)\b",
        r"moves? to (?:dismiss|strike|intervene|compel|seal|quash|throw)|motions? (?:to|for)\b",
        r"seeks? (?:to (?:dismiss|strike|toss|throw out|intervene)|(?:\w+ )?(?:dismissal|summary judgment|injunction))",
        r"files? (?:\w+ ){0,3}(?:brief|motion|answer|amicus|response|counterclaims?)\b|beantragt",
        r"argues?\b(?= .{0,60}court)",
    ),
    _rule(
        Turn.APPEAL,
        r"appeals\b (?:\w+ ){0,3}(?:ruling|decision|verdict|judgment|judgement|order|dismissal|loss)|appeals? against",
        r"(?:files?|filed|lodges?|lodged|launches) (?:\w+ ){0,3}appeal|(?:to|will|would|may|vows to) appeal\b",
        r"takes? (?:\w+ ){0,4}to (?:the )?(?:appeals?|supreme|higher) court",
        r"legt (?:\w+ ){0,2}(?:berufung|revision) ein|fait appel|recurre\b|apela\b",
        denied=Turn.REFUSAL,
    ),
    _rule(
        Turn.AMENDED,
        r"(?:files? |filed )?(?:\w+ ){0,2}amended (?:\w+ )?(?:complaint|lawsuit|suit|claim)",
        r"amends? (?:\w+ ){0,3}(?:complaint|lawsuit|suit)",
        r"(?:adds?|added) (?:[\w,]+ ){0,4}(?:to (?:\w+ ){0,3}(?:complaint|lawsuit|suit|case)|claims?\b)",
        r"(?:expands?|widens?|broadens?|refiles?) (?:~)<suit>",
    ),
    _rule(
        Turn.HEARING,
        r"(?:trial|hearing|oral arguments?) (?:\w+ ){0,3}(?:set|scheduled|date|begins?|opens?|starts?|postponed|delayed)\b",
        r"(?:sets?|schedules?|fixes) (?:\w+ ){0,4}(?:trial|hearing)|(?:goes|go|heads?|proceeds?) to trial",
        r"to (?:hear|be heard)\b (?:\w+ ){0,3}(?:arguments|case|in court)|(?:due|face off|faces off) in court",
    ),
    _rule(
        Turn.REVERSAL,
        r"backtrack\w*|back-?pedal\w*|u-turns?|walk(?:s|ed|ing)? back|back(?:s|ed)? down|climb(?:s|ed)? down",
        r"roll(?:s|ed|ing)? back",
        r"revers(?:es|ed|ing) (?:course|(?:\w+ ){0,4}(?:decision|ban|policy|stance|position|clause|plan|terms|change))",
        r"<drops> (?:~)<made>|<will change> (?:(?:our|its|their|the) )?(?:~)(?:terms|clause|policy|wording)\b(?! to\b)",
        r"rudert zuruck|macht (?:\w+ ){0,3}ruckzieher|nimmt (?:\w+ ){0,4}zuruck",
        r"streicht (?:[\w-]+ ){0,4}(?:[\w-]*klausel|passage)|fait marche arriere",
        r"retire (?:\w+ ){0,3}(?:clause|clausula)|renonce a|da marcha atras|da un paso atras",
        denied=Turn.REFUSAL,
    ),
    _rule(
        Turn.NEW_TEXT,
        r"(?:publish|post|releas|issu)(?:es|ed|e|s)? (?:\w+ ){0,3}(?:new|revised|updated|amended|changed) (?:\w+ ){0,2}<made>",
        r"(?:new|revised|updated|amended|changed) terms\b (?:\w+ ){0,3}(?:live|public|published|online|out now)",
        r"(?:revis|updat|rewrit|amend|chang|reword)(?:es|ed|e) (?:\w+[ -]){0,5}(?:terms|policy|clause|wording|agb)\b",
    ),
    _rule(
        Turn.APOLOGY,
        r"apologi[sz]\w*|(?:says?|said) (?:it is |it's |he is |she is )?sorry|issues? (?:\w+ )?apology|entschuldigt",
        r"presente ses excuses|s'excuse|pide (?:perdon|disculpas)|se disculpa",
        denied=Turn.REFUSAL,
    ),
    _rule(
        Turn.DENIAL,
        r"den(?:y|ies|ied|ying)\b|refut(?:es|ed)\b",
        r"(?:rejects|rejected|disputes|disputed|dismisses) (?:\w+ ){0,2}"
        r"(?:claims?|accus\w+|allegations?|reports?|suggestions?|criticism)\b",
        r"insists\b",
        r"(?:says?|said|claims?|maintains?|states?) <aux>"
        r"(?:never|not|n't|none|no (?:music|songs|uploads|content|plans?))\b",
        r"(?:says?|said|claims?|maintains?) (?:it |they |he |she )?\w+n't\b",
        r"(?:has|have) never\b|never (?:used|trained|authori[sz]ed|licen[cs]ed|agreed|gave)\b|does(?: not|n't) train\b",
        r"calls? (?:\w+ ){0,5}(?:false|untrue|baseless|misleading|nonsense|inaccurate)\b|dementiert|bestreitet",
        r"weist (?:\w+ ){0,3}zuruck|dement\b|nie\b(?= (?:avoir|les|toute))|niega|desmiente",
    ),
    _rule(
        Turn.CLARIFICATION,
        r"clarif\w+",
        r"explain(?:s|ed) (?:its|their|the|why|how|what) (?:\w+ ){0,4}(?:clause|terms|polic\w+|wording|ban|change|decision|rule)",
        r"(?:respond(?:s|ed)?|replies|replied|reply) (?:to|after|over|as)\b",
        r"answers? (?:to )?(?:\w+ )?(?:critic|concern|question|backlash|outcry)\w*",
        r"breaks? (?:its |their |his |her )?silence|sets? the record straight",
        r"address(?:es|ed) (?:\w+ ){0,2}(?:concern|backlash|critic|fear|question)\w*|hits? back",
        r"defends? (?:\w+ ){0,4}(?:terms|clause|polic\w+|plan|decision|deal|practice\w*|training|ban)|reagiert auf",
        r"stellt klar|nimmt stellung|verteidigt|repond a|se defend|precise\b|aclara|responde a",
    ),
    _rule(
        Turn.REFUSAL,
        r"rul(?:es|ed|ing) out\b|turn(?:s|ed)? down|walk(?:s|ed)? away from|refus(?:es|ed|ing)\b|declin(?:es|ed)\b",
        r"(?:talks|negotiations) (?:\w+ ){0,3}(?:collapse\w*|break down|broke down|fail\w*|stall\w*|end)\b",
        r"vows? to fight|digs? in\b|stands? by (?:\w+ ){0,3}(?:clause|terms|polic\w+|decision|plan|ban)",
        r"lehnt (?:\w+ ){0,4}ab\b|refuse de|rechaza\b|descarta\b",
    ),
    _rule(
        Turn.SETTLEMENT,
        r"settl(?:e|es|ed|ing)\b(?! (?:in|into|down|on|for (?:second|less))\b)",
        r"(?:reach|announce|sign|strike)\w* (?:\w+ ){0,3}settlement\b",
        r"settlement (?:\w+ ){0,3}(?:reached|agreed|approved|announced|ends)",
        r"(?:drops?|dropped|withdr[ae]ws?|withdrawn) (?:~)<suit>",
        r"(?:end|ends|ended|resolve[sd]?|buries|bury) (?:~)(?:<suit>|hatchet\b)",
        r"legen? (?:\w+ ){0,3}(?:streit|rechtsstreit) bei|einig(?:t|en) sich|vergleich mit",
        r"schliess\w* (?:\w+ ){0,3}vergleich|met(?:tent)? fin a|trouve(?:nt)? un accord|llega(?:n)? a un acuerdo",
        r"retira (?:\w+ ){0,2}demanda",
        denied=Turn.REFUSAL,
    ),
    _rule(
        Turn.EFFECT_DATE,
        r"takes? effect|comes? into (?:force|effect)|g(?:oes|o) into effect",
        r"(?:is |are )?now (?:in force|law|enforceable)|enters? into force|(?:is |was )?signed into law",
        r"signs? (?:\w+ ){0,4}into law|become[s]? law|royal assent|tritt in kraft|treten in kraft|entre en vigueur",
        r"entra en vigor",
    ),
    _rule(
        Turn.VOTE,
        r"votes?\b|voted\b|back(?:s|ed)?\b|pass(?:es|ed)?\b|approv\w+|reject(?:s|ed)?\b|adopts?\b|adopted\b|advanc\w+",
        r"defeat\w*|block(?:s|ed)?\b",
        by=_LAWMAKERS,
    ),
    _rule(
        Turn.VOTE,
        r"(?:bill|act|amendment|directive|law) (?:\w+ ){0,3}(?:pass|clear|advanc|stall|fail|die|defeat|vot)(?:s|es|ed)\b",
        r"finally passes|stimm\w+ (?:fur|gegen)|verabschiedet|vote contre|aprueba\b",
    ),
    _rule(
        Turn.TAKEDOWN,
        r"(?:remov\w+|pulled|taken down|delet\w+|wiped|scrubbed|yanked|gone|disappear\w*|vanish\w*) (?:from|off)\b",
        r"takes? (?:\w+ ){0,4}down\b|takes? down\b|(?:removes?|removed|pulls?|deletes?|yanks?) (?:\w+ ){0,5}<work>\b",
        r"disappears?\b|entfernt\b|retire de\b|elimina\b",
    ),
    _rule(
        Turn.REACTION,
        r"condemn\w*|slam(?:s|med)?\b|blast(?:s|ed)?\b|welcom(?:es|ed)\b|hail(?:s|ed)?\b|denounc\w+",
        r"critici[sz]e[sd]?\b|react(?:s|ed)?\b|oppos(?:es|ed)\b|object(?:s|ed)?\b|hits? out|call(?:s|ed)? (?:on|for)\b",
        r"demand(?:s|ed)?\b|warn(?:s|ed)?\b|urge(?:s|d)?\b|boycott\w*|quits?\b",
        by=_SPEAKERS,
    ),
)
