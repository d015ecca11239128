# Réponses aux commandes sur Discord.

# ---- general

guild-only = Cela fonctionne sur un serveur où je suis. Ouvre ce serveur et fais-le là-bas.
needs-manager = Seules les personnes ayant *Gérer le serveur*, ou le rôle que ce serveur a désigné, peuvent changer ce qu'il reçoit. Pour toi, utilise /{ command-subscribe } dans un message privé avec moi.
needs-manage-server = Seules les personnes ayant *Gérer le serveur* peuvent le faire. Demande à l'une d'elles.
trouble = Quelque chose a mal tourné de mon côté et rien n'a été changé. Réessaie dans une minute ; si cela dure, donne à qui me fait tourner (/{ command-about }) les mots « { $reference } ».
too-slow = C'était trop long et j'ai arrêté. Réessaie dans une minute.
panel-over = Ces boutons viennent d'une réponse précédente et ne marchent plus. Relance la commande ; rien n'est perdu.
list-and = { $first } et { $last }
by-dm = tes messages privés
and-more = { $first } et { $more } de plus

# ---- what a subscription wants, and when

wants-everything = tout
wants-one-story = les suites d'une histoire
wants-words = avec { $words }
wants-no-words = sans { $words }
when-now = dès que cela arrive
when-daily = chaque jour à { $time } ({ $zone })
when-weekly = { $day }, { $time } ({ $zone })
when-quiet = silence { $begin }–{ $end } ({ $zone })
with-reminders = rappels d'échéances
mentions = mentionne { $role }
urgency-now = Dès que cela arrive
urgency-daily = Une fois par jour, groupé
urgency-weekly = Une fois par semaine, groupé
threading-reply = Les suites répondent au premier message
threading-thread = Chaque histoire a son fil
day-0 = Lundi
day-1 = Mardi
day-2 = Mercredi
day-3 = Jeudi
day-4 = Vendredi
day-5 = Samedi
day-6 = Dimanche

# ---- subscribing

subscribed = C'est fait. Désormais pour { $place } : { $what } · { $when }. Rien d'ancien n'est publié ; /{ command-latest } montre ce qu'il y a eu. /{ command-subscriptions } le change ou l'arrête.
subscribed-already = Cet abonnement existe déjà pour { $place } ({ $what } · { $when }). Rien n'a été changé.
goes-on = Il était en pause et reprend maintenant.
unsubscribed = C'est fait. Plus pour { $place } : { $what }.
dm-hello = Bonjour ! Tes histoires arriveront ici. /{ command-subscriptions } change ou arrête cela, /{ command-forget } efface ce que je sais de toi.
dm-closed = Je ne peux pas t'écrire directement. Autorise les messages privés de ce serveur (ou des applications) dans tes réglages de confidentialité, puis réessaie.
missing-rights = Je ne peux pas encore écrire dans { $place }. Donne-moi { $rights } là-bas (Modifier le salon → Permissions → ajouter mon rôle), puis réessaie.
hint-history = Conseil : donne-moi aussi *Voir les anciens messages* là-bas. Je peux alors répondre au premier message d'une histoire et voir, après une panne, si un message est arrivé.
hint-role = Je ne peux pas encore notifier { $role } là-bas : autorise tout le monde à mentionner ce rôle, ou donne-moi *Mentionner @everyone, @here et tous les rôles*.
never-everyone = Je ne mentionne jamais tout le monde. Choisis un autre rôle, ou aucun.
no-such-place = Je ne vois pas { $place }. Donne-moi *Voir le salon* là-bas, puis réessaie.
wrong-place = Je ne peux pas écrire dans { $place }. Choisis un salon textuel, d'annonces ou un forum, ou un fil.
unknown-platform =
    { $found ->
        [0] Je ne connais pas de plateforme « { $typed } ». Laisse ce champ vide pour toutes les suivre.
       *[other] Je ne connais pas de plateforme « { $typed } ». Veux-tu dire { $near } ?
    }
unknown-topic =
    { $found ->
        [0] Je ne connais pas de sujet « { $typed } ». Laisse ce champ vide pour tous les suivre.
       *[other] Je ne connais pas de sujet « { $typed } ». Veux-tu dire { $near } ?
    }
unknown-zone = Je ne connais pas de fuseau horaire « { $typed } ». Donne-en un comme { $near }.
unknown-time = Je ne comprends pas l'heure « { $typed } ». Écris-la comme 09:00.
unknown-quiet = Je ne comprends pas les heures calmes « { $typed } ». Écris-les comme 22:00-07:00.
too-many-words = C'est trop à chercher : au plus { $most } mots ou expressions de { $longest } caractères chacun.

# ---- the list

subscriptions-title = Abonnements
no-subscriptions = Ce serveur ne reçoit encore rien de moi. Utilise /{ command-setup }, ou /{ command-subscribe } dans le salon voulu.
no-own-subscriptions = Tu ne reçois encore rien de moi en message privé. Utilise /{ command-subscribe }.
page-of = { $count } en tout · page { $page } sur { $pages }
pick-one = Choisis-en un pour le modifier, suspendre, déplacer ou supprimer
paused = En pause : { $why }
paused-by-you = En pause jusqu'à ce que tu le reprennes
paused-notice = J'ai mis { $place } en pause : { $why } Rien n'est perdu ; ce qui est arrivé entre-temps sera publié à la reprise. Après 30 jours, j'y renonce.
channel-gone = le salon a été supprimé. Choisis-en un autre avec /{ command-subscribe }.
no-such-subscription = Je ne trouve pas d'abonnement « { $typed } » ici. Choisis-en un dans la liste qui s'ouvre pendant la saisie.
gone-already = Cet abonnement n'existe plus. /{ command-subscriptions } montre ceux qu'il y a.
twin = Il existe déjà un abonnement identique. Supprime plutôt l'un des deux.
now-paused = En pause : { $what } pour { $place }. Ce qui arrive entre-temps ne sera pas publié plus tard.
now-resumed = Repris : { $what } pour { $place }.
brought-back = De retour : { $what } pour { $place }.
moved = Déplacé : { $what } va maintenant vers { $place }.
saved = Enregistré. Pour { $place } : { $what }.

# ---- the panel

welcome = Bonjour { $server } ! Je lis les petites lignes pour les musiciennes et musiciens : quand des conditions, procès, accords ou lois sur l'IA et la musique changent, je vous le dis une fois, avec les mots exacts et les deux côtés. Une personne ayant *Gérer le serveur* peut me lancer avec le bouton ou /{ command-setup }. Avant cela, je ne publie rien.
no-channel-yet = (choisis un salon)
panel-wish = { $place } : { $what } · { $when }
trial =
    { $count ->
        [one] Les 30 derniers jours auraient apporté { $count } histoire, environ { $week } par semaine.
       *[other] Les 30 derniers jours auraient apporté { $count } histoires, environ { $week } par semaine.
    }
trial-few =
    { $count ->
        [one] Les 30 derniers jours auraient apporté { $count } histoire, moins d'une par semaine.
       *[other] Les 30 derniers jours auraient apporté { $count } histoires, moins d'une par semaine.
    }
trial-none = Les 30 derniers jours n'auraient rien apporté.
menu-channel = Quel salon ?
menu-platforms = Plateformes (aucune : toutes)
menu-topics = Sujets (aucun : tous)
menu-urgency = Quand ?
menu-role = Mentionner un rôle ? (aucun : personne)
menu-threads = Suites d'une histoire
menu-language = Langue autour des histoires
menu-subscription = Choisis-en un pour le changer
button-setup = Configurer
button-start = Commencer
button-save = Enregistrer
button-words = Mots et heures…
button-more = Rôle et plus…
button-back = Retour
button-reminders-on = Rappeler les échéances
button-reminders-off = Sans rappels
button-previous = Précédent
button-next = Suivant
button-edit = Modifier
button-pause = Suspendre
button-resume = Reprendre
button-move = Déplacer
button-delete = Supprimer
form-title = Mots et heures
form-include = Seulement avec un de ces mots (virgules)
form-exclude = Jamais avec ces mots (virgules)
form-time = Heure des envois groupés
form-zone = Fuseau horaire
form-quiet = Heures calmes (- pour aucune)
test-title = Ce qui serait arrivé
test-nothing = { $place } : rien n'y est abonné, donc rien ne serait arrivé. Utilise /{ command-setup } ou /{ command-subscribe }.

# ---- stories

latest-title = Dernières histoires
latest-footer = Les options de /{ command-latest } demandent une plateforme ou un sujet
nothing-yet = Je n'ai pas encore d'histoire de ce genre. Essaie /{ command-latest } sans plateforme ni sujet.
search-title = Histoires avec « { $text } »
search-none = Je ne trouve pas d'histoire avec « { $text } ». Essaie moins de mots ou des mots plus courts, ou /{ command-latest }.
story-unknown = Je ne connais pas d'histoire comme « { $typed } ». Choisis-en une dans la liste qui s'ouvre pendant la saisie, ou utilise /{ command-search }.
why-title = Pourquoi je l'ai raconté
why-not-title = Pourquoi je ne l'ai pas raconté
why-unknown = Je n'ai pas vu d'article à l'adresse { $address }. Vérifie-la, ou propose sa source avec /{ command-suggest }.
why-topic = Sujet : { $topic }. À propos de : { $platforms }.
why-nothing-named = aucune plateforme en particulier
why-outlets = Rapporté par : { $outlets }
why-evidence = Ce qui plaidait pour elle dans le premier article :
why-against = Ce que j'y ai vu :
why-here =
    { $count ->
        [0] Cela n'a pas été publié ici.
        [one] Cela a été publié ici { $count } fois.
       *[other] Cela a été publié ici { $count } fois.
    }
sources-title = Ce que je surveille
sources-summary =
    { $count ->
        [one] { $count } source : { $well } en ordre, { $ill } en difficulté.
       *[other] { $count } sources : { $well } en ordre, { $ill } en difficulté.
    }
sources-last = dernière nouvelle { $when }
sources-never = pas encore lue
sources-page = page { $page } sur { $pages }
source-well = en ordre
source-ill = en difficulté
source-new = pas encore lue
suggested = Merci. J'ai noté « { $text } » pour qui me fait tourner ; c'est là qu'on décide ce qui est surveillé.
suggested-enough = Personne n'a encore regardé { $most } de tes propositions. Attends que ce soit fait.
suggest-empty = Donne-moi l'adresse ou le nom de la source.

# ---- the server

settings-title = Réglages de ce serveur
settings-language = Langue
settings-zone = Fuseau horaire
settings-role = Peut gérer les abonnements
settings-only-managers = les personnes ayant *Gérer le serveur*
settings-and-role = les personnes ayant *Gérer le serveur*, et { $role }
settings-approval = Validation
settings-approval-off = désactivée : les histoires sont publiées aussitôt
settings-approval-never = dans { $place } ; rien n'est publié avant que quelqu'un ne valide
settings-approval-hours =
    { $hours ->
        [one] dans { $place } ; publié tout seul après { $hours } heure
       *[other] dans { $place } ; publié tout seul après { $hours } heures
    }
settings-default = comme Discord
settings-saved = Enregistré.
settings-hours-need-channel = Les heures vont avec la validation. Donne aussi le salon pour cela.
settings-approval-private = Tout le monde peut lire { $place }. Mieux vaut que seule votre équipe voie ce qui attend.
settings-role-hint = Pour lui montrer aussi les commandes cachées, autorise ce rôle dans Paramètres du serveur → Intégrations.
check-title = Permissions ici
check-fine = ✅ { $place }
check-missing = ⚠️ { $place } : donne-moi { $rights } là-bas (Modifier le salon → Permissions → ajouter mon rôle).
check-gone = ❌ { $place } : disparu, ou je ne le vois pas. Donne-moi *Voir le salon* là-bas, ou déplace l'abonnement avec /{ command-subscriptions }.
check-paused = en pause : { $why }
check-resumed = reprend dès maintenant
check-none = Rien n'est encore abonné ici, il n'y a donc rien à vérifier. Utilise /{ command-setup }.
help-title = Ce que je sais faire
help-for-managers = Pour qui gère un serveur
help-for-all = Pour tout le monde
about-what = Je lis les petites lignes pour les musiciennes et musiciens : nouvelles et conditions sur l'IA dans la musique. Les articles sur un même événement deviennent une histoire, racontée une fois, avec les mots exacts et qui les a dits.
about-watch-title = Ce que je surveille
about-watch =
    { $sources ->
        [one] { $sources } source, pour { $names } plateformes et organisations.
       *[other] { $sources } sources, pour { $names } plateformes et organisations.
    }
about-never-title = Ce que je ne fais jamais
about-never = Lire vos messages, vous écrire sans qu'on le demande, mentionner @everyone, répéter une histoire ou prêter des mots à quelqu'un : chaque phrase vient d'une source que je cite.
about-who-title = Qui me fait tourner
about-contact = Pour joindre qui me fait tourner : { $contact }
about-source = Code source : { $source }
about-version = Version { $version }
privacy-title = Ce que je garde, et ce que je ne garde pas
privacy-not = Je ne lis aucun message : je n'apprends que ce que vous me demandez par commande ou bouton.
privacy-server = D'un serveur : son identifiant et son nom, ses abonnements et leurs salons, ses réglages, et les messages que j'ai publiés.
privacy-person = De toi : ton identifiant avec les abonnements que tu as créés, tes « pas pertinent », les histoires suivies et tes propositions. Aucun nom, sauf celui de tes propres messages privés.
privacy-end = 30 jours après qu'un serveur m'a retiré, ce que je sais de lui est effacé. /{ command-forget } l'efface aussitôt, pour toi ou ton serveur.
forget-ask-me = Effacer tout ce que je sais de toi ? Tes abonnements, histoires suivies, marques et propositions disparaissent. Ce que tu as réglé pour des serveurs reste, sans ton nom.
forget-ask-server = Effacer tout ce que je sais de ce serveur ? Ses abonnements, ses réglages et la mémoire de ce que j'ai publié disparaissent. Les messages eux-mêmes restent.
forget-done-me =
    { $count ->
        [one] C'est fait. Je ne sais plus rien de toi ; { $count } abonnement supprimé.
       *[other] C'est fait. Je ne sais plus rien de toi ; { $count } abonnements supprimés.
    }
forget-done-server =
    { $count ->
        [one] C'est fait. Je ne sais plus rien de ce serveur ; { $count } abonnement supprimé.
       *[other] C'est fait. Je ne sais plus rien de ce serveur ; { $count } abonnements supprimés.
    }
forget-kept = Rien n'a été effacé.
button-forget = Effacer
button-keep = Garder
