# Where a platform stands: /policy on Discord, “policy” to the Mastodon account.

record-title = Wo { $platform } bei KI steht
record-since = seit { $date }
record-seen = zuerst gesehen { $date }, seit wann ist nicht bekannt
record-corrected = Berichtigt: { $reason }
record-said = Was { $platform } gesagt hat
record-questions = Offene Fragen
record-latest = Zuletzt
record-unknown = Zu { $platform } habe ich noch nichts vermerkt. Die Plattformen, die ich kenne, erscheinen beim Tippen.
command-policy = haltung
command-policy-does = Wo eine Plattform bei KI steht: Training, Widerspruch, Kennzeichnung, Stimmen.
option-platform-policy = Die Plattform, über die du etwas wissen willst.

record-subject-training = Training mit deiner Musik
record-subject-licensing-on = Weitergabe für KI
record-subject-opting-out = Widerspruch
record-subject-ai-uploads = Mit KI gemachte Musik
record-subject-labels = Kennzeichnung von KI-Musik
record-subject-voice-likeness = Kopierte Stimmen
record-subject-royalties = Vergütung von KI-Musik

record-position-allows = erlaubt
record-position-allows-unless-you-opt-out = erlaubt, wenn du nicht widersprichst
record-position-only-with-consent = nur mit deiner Zustimmung
record-position-forbids = verboten
record-position-limits = eingeschränkt
record-position-requires = Pflicht
record-position-marks = von der Plattform gekennzeichnet
record-position-offers = wird angeboten
record-position-silent = die Texte sagen nichts dazu
record-position-unknown = unbekannt
