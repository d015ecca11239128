# Réponses aux personnes qui écrivent au compte Mastodon. Chacune reste sous 400 caractères.

mastodon-help =
    Je signale les règles sur l'IA dans la musique : conditions, procès, accords, lois. Écrivez-moi :
    abonner soundcloud procès – alertes par message direct (quotidien ou hebdomadaire, si vous l'ajoutez)
    abonnements · désabonner 1 · stop
    dernières suno – les dernières nouvelles
    politique soundcloud – sa position
    pourquoi – en réponse à un de mes messages
mastodon-contact = Qui me gère : { $contact }
mastodon-subscribed = Vous recevrez { $what } par message direct, { $most } par jour au plus. « abonnements » montre vos alertes, « stop » y met fin.
mastodon-no-alerts = Ce compte n'envoie pas d'alertes. Suivez-le, ou écrivez « dernières ».
mastodon-too-many = Vous avez { $most } alertes, le maximum pour une personne. Arrêtez-en une d'abord : « abonnements » les montre.
mastodon-unknown-name = Je ne connais pas « { $name } », rien n'a donc changé. Nommez des plateformes comme SoundCloud et des sujets comme procès.
mastodon-did-you-mean = Vouliez-vous dire { $names } ?
mastodon-none = Vous n'avez pas d'alertes. Écrivez par exemple « abonner soundcloud procès ».
mastodon-list = Vos alertes :
mastodon-which = Laquelle ? Écrivez « désabonner » et son numéro, ou « stop » pour toutes :
mastodon-unsubscribed = Terminé : { $what }.
mastodon-stopped = Vous ne recevrez plus d'alertes de ma part. Écrivez « abonner » si vous en voulez de nouveau.
mastodon-latest = Les dernières nouvelles :
mastodon-latest-none = Je n'ai encore rien de tel.
mastodon-why = Pourquoi j'ai signalé « { $title } » :
mastodon-why-about = Sujet : { $topic }. Il s'agit de : { $platforms }. Rapporté par : { $outlets }.
mastodon-why-ask = Répondez « pourquoi » à un de mes messages, ou ajoutez l'adresse d'un article.
mastodon-why-unknown = Je n'ai rien signalé à cette adresse.
mastodon-policy = { $platform } et l'IA, d'après ce que j'ai consigné :
mastodon-policy-ask = Quelle plateforme ? Écrivez « politique soundcloud ».
mastodon-policy-unknown = Je n'ai encore rien consigné sur { $platform }.
mastodon-slow-down = Vous avez beaucoup écrit en une heure. Je répondrai plus tard ; vos alertes continuent.
mastodon-any-platform = toutes les plateformes
mastodon-any-topic = tous les sujets
mastodon-daily = chaque jour
mastodon-weekly = chaque semaine

mastodon-topic-terms-training = conditions et entraînement
mastodon-topic-opt-out = droit de retrait
mastodon-topic-licensing-deal = accords de licence
mastodon-topic-lawsuit = procès
mastodon-topic-legislation = lois
mastodon-topic-labelling-or-ban = étiquetage et interdictions
mastodon-topic-voice-likeness = voix et image
mastodon-topic-royalties-fraud = redevances et fraude
mastodon-topic-campaign = campagnes
mastodon-topic-guidance = recommandations

mastodon-post-developing = En cours : une seule source jusqu'ici.
mastodon-post-other-side = L'autre partie
mastodon-post-still-open = Reste ouvert
mastodon-post-to-do = Ce que vous pouvez faire
mastodon-post-wording = Le texte
mastodon-post-replaced = Avant
mastodon-post-also = Aussi
mastodon-post-corrected = Corrigé
mastodon-post-deadline = Échéance
mastodon-post-correction = Correction
mastodon-post-update = Suite
mastodon-post-digest = L'actualité de l'IA et de la musique
mastodon-post-more = et { $count } de plus

mastodon-turn-denial = démenti
mastodon-turn-clarification = précision
mastodon-turn-correction = correction
mastodon-turn-reversal = revirement
mastodon-turn-ruling = décision
mastodon-turn-settlement = accord amiable
mastodon-turn-new-text = nouveau texte
mastodon-turn-effect-date = date fixée
mastodon-turn-apology = excuses
mastodon-turn-refusal = refus
mastodon-turn-motion = requête
mastodon-turn-hearing = audience
mastodon-turn-appeal = appel
mastodon-turn-amended-claim = plainte modifiée
mastodon-turn-vote = vote
mastodon-turn-takedown = retrait
mastodon-turn-reaction = réaction
