"""The words by which people command the bot in a message, in six languages; folded: small letters, no accents.

Japanese ones are looked for anywhere, since Japanese is written without spaces.
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.model import Topic, Urgency


class Verb(StrEnum):
    """What somebody asks for."""

    HELP = "help"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    SUBSCRIPTIONS = "subscriptions"
    LATEST = "latest"
    WHY = "why"
    POLICY = "policy"
    STOP = "stop"


VERBS: Mapping[Verb, Mapping[str, str]] = {
    Verb.HELP: {
        "en": "help|commands|hi|hello|hey|info",
        "de": "hilfe|befehle|hallo|moin",
        "fr": "aide|aidez moi|commandes|bonjour|salut",
        "es": "ayuda|ayudame|comandos|hola",
        "pt-BR": "ajuda|comandos|ola|oi",
        "ja": "ヘルプ|使い方|助けて|こんにちは",
    },
    Verb.SUBSCRIBE: {
        "en": "subscribe|sign me up|alert me|notify me|tell me about|watch|follow",
        "de": "abonnieren|abonniere|benachrichtige mich|benachrichtigen|melde mich an|folgen|folge",
        "fr": "abonner|m abonner|s abonner|abonne moi|abonnez moi|abonne|suivre|alerte moi|previens moi",
        "es": "suscribir|suscribirme|suscribeme|suscribete|suscribirse|avisame|alertame|seguir",
        "pt-BR": "inscrever|inscreva|me inscreva|inscrever me|assinar|assine|avise me|me avise|acompanhar|seguir",
        "ja": "購読したい|購読する|購読して|購読|登録|通知して|フォロー",
    },
    Verb.UNSUBSCRIBE: {
        "en": "unsubscribe|sign me off|remove|cancel|unfollow",
        "de": "abbestellen|bestelle ab|kundigen|abmelden|melde mich ab|entfernen|entferne|loschen",
        "fr": "desabonner|me desabonner|desabonne moi|desabonnez moi|desabonnement|retirer|annuler|resilier",
        "es": "cancelar suscripcion|cancelar la suscripcion|desuscribir|desuscribirme|darme de baja|dar de baja|quitar"
        "|cancelar",
        "pt-BR": "cancelar inscricao|cancelar assinatura|cancelar a inscricao|desinscrever|descadastrar|remover|cancelar",
        "ja": "購読解除|登録解除|購読をやめ|解除|退会|取り消し",
    },
    Verb.SUBSCRIPTIONS: {
        "en": "subscriptions|subscription|my subscriptions|my alerts|list|show my subscriptions|what am i subscribed to",
        "de": "abos|abonnements|meine abos|meine abonnements|liste",
        "fr": "abonnements|mes abonnements|mes alertes|liste",
        "es": "suscripciones|mis suscripciones|mis alertas|lista",
        "pt-BR": "inscricoes|minhas inscricoes|assinaturas|minhas assinaturas|meus alertas|lista",
        "ja": "購読一覧|登録一覧|購読中|一覧|リスト",
    },
    Verb.LATEST: {
        "en": "latest|newest|recent|news|what s new|whats new|headlines",
        "de": "neueste|neuestes|neuesten|aktuell|aktuelles|neuigkeiten|neues|nachrichten|was gibt es neues",
        "fr": "dernier|derniers|derniere|dernieres|actualites|actus|nouvelles|recents|quoi de neuf",
        "es": "ultimas|ultimos|ultima|ultimo|novedades|noticias|recientes",
        "pt-BR": "ultimas|ultimos|ultima|recentes|novidades|noticias",
        "ja": "最新|新着|ニュース",
    },
    Verb.WHY: {
        "en": "why|reason|reasons|explain",
        "de": "warum|wieso|weshalb|grund|grunde|erklare",
        "fr": "pourquoi|raison|raisons|explique",
        "es": "por que|porque|razon|razones|motivo|explica",
        "pt-BR": "por que|porque|motivo|razao|explique",
        "ja": "なぜ|どうして|理由",
    },
    Verb.POLICY: {
        "en": "policy|policies|terms|stance|position|rules",
        "de": "richtlinie|richtlinien|bedingungen|nutzungsbedingungen|agb|haltung|regeln",
        "fr": "politique|politiques|conditions|cgu|regles|position",
        "es": "politica|politicas|condiciones|terminos|normas|postura",
        "pt-BR": "politica|politicas|termos|condicoes|regras|posicao",
        "ja": "規約|ポリシー|方針",
    },
    Verb.STOP: {
        "en": "stop|quit|end|enough|leave me alone|forget me",
        "de": "stop|stopp|stoppen|aufhoren|schluss|ende|genug",
        "fr": "stop|arreter|arrete|arretez|arret|assez",
        "es": "stop|parar|basta|detener|deten|alto",
        "pt-BR": "stop|pare|parar|chega|encerrar",
        "ja": "停止|ストップ|やめて|止めて",
    },
}

TOPICS: Mapping[Topic, str] = {
    Topic.TERMS_TRAINING: "terms|terms of service|tos|training|train|agb|bedingungen|nutzungsbedingungen|entrainement"
    "|conditions|cgu|entrenamiento|condiciones|terminos|treinamento|termos|condicoes|学習|規約|トレーニング",
    Topic.OPT_OUT: "opt out|opt outs|optout|opt in|widerspruch|retrait|opposition|exclusion|exclusao|オプトアウト",
    Topic.LICENSING_DEAL: "deal|deals|licence|licences|license|licenses|licensing|agreement|agreements|lizenz|lizenzen"
    "|vertrag|vertrage|accord|accords|licencia|licencias|acuerdo|acuerdos|licenca|licencas|licenciamento|acordo|acordos"
    "|ライセンス|契約|提携",
    Topic.LAWSUIT: "lawsuit|lawsuits|suit|suits|court|litigation|klage|klagen|gericht|prozess|prozesse|rechtsstreit"
    "|proces|plainte|plaintes|demanda|demandas|juicio|juicios|pleito|pleitos|processo|processos|acao judicial"
    "|acoes judiciais|訴訟|裁判",
    Topic.LEGISLATION: "law|laws|legislation|bill|bills|regulation|gesetz|gesetze|gesetzgebung|loi|lois|ley|leyes"
    "|legislacion|lei|leis|legislacao|法律|法案|立法",
    Topic.LABELLING_OR_BAN: "labelling|labeling|ban|bans|tagging|detection|kennzeichnung|verbot|verbote|etiquetage"
    "|interdiction|interdictions|etiquetado|prohibicion|prohibiciones|rotulagem|proibicao|proibicoes|ラベル|禁止",
    Topic.VOICE_LIKENESS: "voice|voices|likeness|clone|clones|cloning|deepfake|deepfakes|stimme|stimmen|stimmklone|voix"
    "|clonage|voz|voces|vozes|声|クローン",
    Topic.ROYALTIES_FRAUD: "royalties|royalty|fraud|tantiemen|betrug|redevances|fraude|regalias|印税|詐欺|不正",
    Topic.CAMPAIGN: "campaign|campaigns|protest|protests|petition|kampagne|kampagnen|proteste|campagne|campagnes"
    "|campana|campanas|protesta|protestas|campanha|campanhas|protesto|protestos|キャンペーン|抗議",
    Topic.GUIDANCE: "guidance|guideline|guidelines|leitlinien|recommandations|orientacion|orientaciones|directrices"
    "|orientacao|diretrizes|ガイドライン|指針",
}

URGENCIES: Mapping[Urgency, str] = {
    Urgency.DAILY: "daily|every day|once a day|taglich|jeden tag|quotidien|chaque jour|tous les jours|diario|diaria"
    "|cada dia|diariamente|todo dia|毎日",
    Urgency.WEEKLY: "weekly|every week|once a week|wochentlich|jede woche|hebdomadaire|chaque semaine|semanal"
    "|cada semana|semanalmente|toda semana|毎週",
}

# Words around a wish that say nothing about it.
_FILLERS = """
everything all any anything alles alle tout tous toutes todo todos todas tudo 全部 すべて 全て
a an the to of for on in at by from with about and or me my mine i you your it is are was do did does please thanks
thank want would like can could get send give show tell know need new stories story alerts alert updates update
news ai music this that these those topic topics platform platforms only just now any more some am be we us our
posts post what how when here there message messages mention up off out s m d
der die das den dem ein eine einen zu zum zur von vom fur uber mit und oder mich mir mein meine meinen bitte danke
ich du sie es will mochte kann nur alle meldungen geschichten themen thema ki musik ab an auf im aus
le la les l un une des du de d au aux en pour sur avec et ou moi mes mon ma s il vous te plait merci je veux voudrais
peux actualite sujet sujets musique ia que qu est ce
el los las lo uno unos y o a al del por para con sobre mi mis me favor gracias quiero quisiera puedes historias temas
tema musica alertas
os as um uma e ou ao aos do da dos das em no na nos nas com sobre meu minha meus minhas obrigado obrigada quero queria
pode por favor historias alertas tudo nas
の を に は が と で も へ について ください お願いします お願い します したい して する 関する から まで です ます
against gegen contre contra contra os 対する に対する
"""
FILLERS = frozenset(_FILLERS.split())
