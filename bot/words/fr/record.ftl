# Where a platform stands: /policy on Discord, “policy” to the Mastodon account.

record-title = La position de { $platform } sur l'IA
record-since = depuis { $date }
record-seen = vu pour la première fois { $date }, date de début inconnue
record-corrected = Corrigé : { $reason }
record-said = Ce qu'a dit { $platform }
record-questions = Questions ouvertes
record-latest = Derniers événements
record-unknown = Je n'ai encore rien noté sur { $platform }. Les plateformes que je connais s'affichent pendant la saisie.
command-policy = position
command-policy-does = La position d'une plateforme sur l'IA : entraînement, refus, étiquetage, voix.
option-platform-policy = La plateforme qui vous intéresse.

record-subject-training = Entraînement avec votre musique
record-subject-licensing-on = Cession pour l'IA
record-subject-opting-out = Refus possible
record-subject-ai-uploads = Musique faite avec l'IA
record-subject-labels = Étiquetage de la musique IA
record-subject-voice-likeness = Voix copiées
record-subject-royalties = Rémunération de la musique IA

record-position-allows = autorisé
record-position-allows-unless-you-opt-out = autorisé sauf refus de votre part
record-position-only-with-consent = seulement avec votre accord
record-position-forbids = interdit
record-position-limits = limité
record-position-requires = obligatoire
record-position-marks = signalé par la plateforme
record-position-offers = proposé
record-position-silent = ses textes n'en disent rien
record-position-unknown = inconnu
