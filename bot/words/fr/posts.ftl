# What stands around a story in a post.

post-language = fr
post-update = Suite
post-update-of = Suite ({ $turn })
post-correction = Correction
post-turn-denial = démenti
post-turn-clarification = précision
post-turn-correction = correction
post-turn-reversal = revirement
post-turn-ruling = décision
post-turn-settlement = accord
post-turn-new-text = nouveau texte
post-turn-effect-date = date fixée
post-turn-apology = excuses
post-turn-refusal = refus
post-turn-motion = requête
post-turn-hearing = audience
post-turn-appeal = appel
post-turn-amended-claim = plainte modifiée
post-turn-vote = vote
post-turn-takedown = retrait
post-turn-reaction = réaction
post-developing = En cours : un seul média pour l’instant.
post-other-side = L’autre partie
post-still-open = Encore ouvert
post-to-do = Ce que vous pouvez faire
post-wording = Le texte
post-now = Maintenant
post-before = Avant
post-corrected = Corrigé
post-sources =
    { $count ->
        [one] Source
       *[other] Sources
    }
post-more = et { $count } de plus
post-deadline = Échéance
post-deadline-effect = Entre en vigueur
post-deadline-opt-out = Fin de l’opt-out
post-deadline-consultation = Fin de la consultation
post-deadline-other = Échéance
post-reminder = Rappel
post-digest =
    { $count ->
        [one] { $count } sujet sur l’IA et la musique
       *[other] { $count } sujets sur l’IA et la musique
    }
post-digest-also = Également
post-notice = De la part du bot
post-page = Page
post-topic-terms-training = Conditions et entraînement
post-topic-opt-out = Opt-out
post-topic-licensing-deal = Accords de licence
post-topic-lawsuit = Procès
post-topic-legislation = Lois
post-topic-labelling-or-ban = Étiquetage et interdictions
post-topic-voice-likeness = Voix et image
post-topic-royalties-fraud = Redevances et fraude
post-topic-campaign = Campagnes
post-topic-guidance = Lignes directrices

# Buttons under a post: at most 80 characters, better a word or two.

button-sources = Sources
button-history = Historique
button-why = Pourquoi ?
button-irrelevant = Hors sujet
button-follow = Suivre
button-mute = Masquer
button-calendar = Calendrier
button-undo = Annuler
button-approve = Approuver
button-headline = Titre
button-skip = Ignorer
button-open-calendar = Ouvrir dans Google Agenda

# Answers to a press on one of them, seen by that person alone.

answer-gone = Je n’ai plus ce sujet. Essayez /latest.
answer-sources = Qui en a parlé, dans l’ordre :
answer-history = { $platform } et l’IA, d’après ce que j’ai noté :
answer-history-none = Je n’ai encore rien sur { $platforms } à part ce sujet.
answer-no-platform = Ce sujet ne cite aucune plateforme que je suis.
answer-why = Pourquoi vous voyez ceci :
answer-why-story = Thème : { $topic }. Concerne : { $platforms }. Médias à ce jour : { $outlets }.
answer-why-place = C’est arrivé ici parce qu’on y a demandé : { $wanted }.
answer-everything = tout
answer-why-evidence = Ce qui a compté dans le premier article :
answer-irrelevant = C’est noté, merci : la personne qui me gère le verra. Le message reste pour les autres.
answer-irrelevant-again = Vous l’avez déjà dit, et c’est noté.
answer-undone = Annulé.
answer-followed = C’est fait : je vous écrirai en privé s’il y a du nouveau. Autorisez les messages privés de ce serveur.
answer-follows-already = Vous suivez déjà ce sujet.
answer-unfollowed = Vous ne suivez plus ce sujet.
answer-muted = C’est fait : plus de suites de ce sujet dans { $place }.
answer-unmuted = Les suites de ce sujet reviennent dans { $place }.
answer-mute-managers = Seules les personnes avec *Gérer le serveur* peuvent masquer un sujet ici pour tous.
answer-mute-nowhere = Rien n’est abonné ici, il n’y a donc rien à masquer.
answer-calendar = { $what } : { $when }. Ouvrez le fichier pour l’ajouter à votre calendrier.
answer-no-deadline = Je ne connais plus de date pour ce sujet.
answer-trouble = Un problème de mon côté ; rien n’a changé. Réessayez dans une minute.

# A story's card for those who decide whether it goes out.

approval-waits = En attente de votre accord.
approval-approved = Approuvé par { $who }
approval-skipped = Ignoré par { $who }
approval-released = Personne n’a décidé à temps : envoi automatique.
approval-decision = Décision
button-unfollow = Ne plus suivre
approval-done = C’est fait : c’est envoyé.
approval-skip-done = C’est fait : rien ne sera publié ici.
approval-too-late = C’est déjà décidé.
approval-managers = Seules les personnes avec *Gérer le serveur* peuvent décider ici.
approval-headline-title = Modifier le titre
approval-headline-field = Titre
