# What stands around a story in a post.

post-language = de
post-update = Neu
post-update-of = Neu ({ $turn })
post-correction = Korrektur
post-turn-denial = Dementi
post-turn-clarification = Klarstellung
post-turn-correction = Korrektur
post-turn-reversal = Kehrtwende
post-turn-ruling = Urteil
post-turn-settlement = Vergleich
post-turn-new-text = neuer Wortlaut
post-turn-effect-date = Datum steht fest
post-turn-apology = Entschuldigung
post-turn-refusal = Ablehnung
post-turn-motion = Antrag bei Gericht
post-turn-hearing = Verhandlung
post-turn-appeal = Berufung
post-turn-amended-claim = geänderte Klage
post-turn-vote = Abstimmung
post-turn-takedown = Entfernung
post-turn-reaction = Reaktion
post-developing = Noch offen: bisher berichtet nur ein Medium.
post-other-side = Die andere Seite
post-still-open = Noch offen
post-to-do = Was du tun kannst
post-wording = Der Wortlaut
post-now = Jetzt
post-before = Vorher
post-corrected = Korrigiert
post-sources =
    { $count ->
        [one] Quelle
       *[other] Quellen
    }
post-more = und { $count } weitere
post-deadline = Frist
post-deadline-effect = Tritt in Kraft
post-deadline-opt-out = Widerspruch endet
post-deadline-consultation = Konsultation endet
post-deadline-other = Frist
post-reminder = Erinnerung
post-digest =
    { $count ->
        [one] { $count } Meldung zu KI und Musik
       *[other] { $count } Meldungen zu KI und Musik
    }
post-digest-also = Außerdem
post-notice = Vom Bot
post-page = Seite
post-topic-terms-training = AGB und Training
post-topic-opt-out = Widerspruch
post-topic-licensing-deal = Lizenzverträge
post-topic-lawsuit = Klagen
post-topic-legislation = Gesetze
post-topic-labelling-or-ban = Kennzeichnung und Verbote
post-topic-voice-likeness = Stimme und Abbild
post-topic-royalties-fraud = Tantiemen und Betrug
post-topic-campaign = Kampagnen
post-topic-guidance = Leitlinien

# Buttons under a post: at most 80 characters, better a word or two.

button-sources = Quellen
button-history = Verlauf
button-why = Warum?
button-irrelevant = Nicht relevant
button-follow = Folgen
button-mute = Stumm
button-calendar = Kalender
button-undo = Rückgängig
button-approve = Freigeben
button-headline = Titel
button-skip = Auslassen
button-open-calendar = In Google Kalender öffnen

# Answers to a press on one of them, seen by that person alone.

answer-gone = Diese Geschichte habe ich nicht mehr. Versuch es mit /latest.
answer-sources = Wer berichtet hat, der Reihe nach:
answer-history = { $platform } und KI, soweit bei mir verzeichnet:
answer-history-none = Zu { $platforms } habe ich außer dieser Geschichte noch nichts verzeichnet.
answer-no-platform = Diese Geschichte nennt keine Plattform, über die ich Buch führe.
answer-why = Warum du das siehst:
answer-why-story = Thema: { $topic }. Betrifft: { $platforms }. Medien bisher: { $outlets }.
answer-why-place = Es kam hierher, weil hier abonniert ist: { $wanted }.
answer-everything = alles
answer-why-evidence = Was im ersten Bericht dafür sprach:
answer-irrelevant = Notiert, danke: Wer mich betreibt, sieht es. Für die anderen bleibt es stehen.
answer-irrelevant-again = Das hast du schon gesagt, und es ist notiert.
answer-undone = Zurückgenommen.
answer-followed = Erledigt: Geht diese Geschichte weiter, schreibe ich dir direkt. Bitte erlaube Direktnachrichten von diesem Server.
answer-follows-already = Du folgst dieser Geschichte schon.
answer-unfollowed = Du folgst dieser Geschichte nicht mehr.
answer-muted = Erledigt: Keine weiteren Meldungen zu dieser Geschichte in { $place }.
answer-unmuted = Meldungen zu dieser Geschichte kommen wieder nach { $place }.
answer-mute-managers = Nur wer *Server verwalten* darf, kann eine Geschichte hier für alle stummschalten.
answer-mute-nowhere = Hier ist nichts abonniert, also gibt es nichts stummzuschalten.
answer-calendar = { $what }: { $when }. Öffne die Datei, um es in deinen Kalender zu übernehmen.
answer-no-deadline = Zu dieser Geschichte kenne ich kein Datum mehr.
answer-trouble = Bei mir ging etwas schief, geändert wurde nichts. Versuch es in einer Minute noch einmal.

# A story's card for those who decide whether it goes out.

approval-waits = Wartet auf euer Wort.
approval-approved = Freigegeben von { $who }
approval-skipped = Ausgelassen von { $who }
approval-released = Niemand hat rechtzeitig entschieden, also ging es von selbst hinaus.
approval-decision = Entscheidung
button-unfollow = Nicht mehr folgen
approval-done = Erledigt: Es geht jetzt hinaus.
approval-skip-done = Erledigt: Hier geht es nicht hinaus.
approval-too-late = Das ist schon entschieden.
approval-managers = Hier darf nur entscheiden, wer *Server verwalten* hat.
approval-headline-title = Titel ändern
approval-headline-field = Titel
