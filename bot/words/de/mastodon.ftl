# Antworten an Menschen, die dem Mastodon-Konto schreiben. Jede bleibt unter 400 Zeichen.

mastodon-help =
    Ich melde KI-Regeln in der Musik: Bedingungen, Klagen, Verträge, Gesetze. Schreib mir:
    abonnieren soundcloud klagen – Hinweise als Direktnachricht (auf Wunsch täglich oder wöchentlich)
    abos · abbestellen 1 · stopp
    neueste suno – die neuesten Meldungen
    richtlinien soundcloud – was dort gilt
    warum – als Antwort auf einen meiner Beiträge
mastodon-contact = Wer mich betreibt: { $contact }
mastodon-subscribed = Du erfährst von { $what } per Direktnachricht, höchstens { $most } am Tag. „abos“ zeigt deine Hinweise, „stopp“ beendet sie.
mastodon-no-alerts = Dieses Konto verschickt keine Hinweise. Folge ihm oder schreib „neueste“.
mastodon-too-many = Du hast { $most } Hinweise, mehr gehen für eine Person nicht. Beende erst einen: „abos“ zeigt sie.
mastodon-unknown-name = „{ $name }“ kenne ich nicht, darum habe ich nichts geändert. Nenne Plattformen wie SoundCloud und Themen wie Klagen.
mastodon-did-you-mean = Meinst du { $names }?
mastodon-none = Du hast keine Hinweise. Schreib zum Beispiel „abonnieren soundcloud klagen“.
mastodon-list = Deine Hinweise:
mastodon-which = Welchen? Schreib „abbestellen“ und die Nummer, oder „stopp“ für alle:
mastodon-unsubscribed = Beendet: { $what }.
mastodon-stopped = Du bekommst keine Hinweise mehr von mir. Schreib „abonnieren“, wenn du wieder welche willst.
mastodon-latest = Das Neueste:
mastodon-latest-none = So eine Meldung habe ich noch nicht.
mastodon-why = Warum ich „{ $title }“ gemeldet habe:
mastodon-why-about = Thema: { $topic }. Es geht um: { $platforms }. Berichtet von: { $outlets }.
mastodon-why-ask = Antworte mit „warum“ auf einen meiner Beiträge, oder füge die Adresse eines Berichts an.
mastodon-why-unknown = Mit dieser Adresse habe ich nichts gemeldet.
mastodon-policy = { $platform } und KI, soweit ich es festgehalten habe:
mastodon-policy-ask = Welche Plattform? Schreib „richtlinien soundcloud“.
mastodon-policy-unknown = Zu { $platform } habe ich noch nichts festgehalten.
mastodon-slow-down = Du hast in einer Stunde viel geschrieben. Ich antworte später wieder; deine Hinweise laufen weiter.
mastodon-any-platform = alle Plattformen
mastodon-any-topic = alle Themen
mastodon-daily = täglich
mastodon-weekly = wöchentlich

mastodon-topic-terms-training = Bedingungen und Training
mastodon-topic-opt-out = Widerspruch
mastodon-topic-licensing-deal = Lizenzverträge
mastodon-topic-lawsuit = Klagen
mastodon-topic-legislation = Gesetze
mastodon-topic-labelling-or-ban = Kennzeichnung und Verbote
mastodon-topic-voice-likeness = Stimmen und Ebenbilder
mastodon-topic-royalties-fraud = Tantiemen und Betrug
mastodon-topic-campaign = Kampagnen
mastodon-topic-guidance = Leitlinien

mastodon-post-developing = In Entwicklung: bisher eine Quelle.
mastodon-post-other-side = Die Gegenseite
mastodon-post-still-open = Noch offen
mastodon-post-to-do = Was du tun kannst
mastodon-post-wording = Der Wortlaut
mastodon-post-replaced = Vorher
mastodon-post-also = Auch
mastodon-post-corrected = Berichtigt
mastodon-post-deadline = Frist
mastodon-post-correction = Berichtigung
mastodon-post-update = Neues
mastodon-post-digest = Neues zu KI und Musik
mastodon-post-more = und { $count } weitere

mastodon-turn-denial = Dementi
mastodon-turn-clarification = Klarstellung
mastodon-turn-correction = Berichtigung
mastodon-turn-reversal = Kehrtwende
mastodon-turn-ruling = Urteil
mastodon-turn-settlement = Vergleich
mastodon-turn-new-text = neuer Wortlaut
mastodon-turn-effect-date = Termin steht
mastodon-turn-apology = Entschuldigung
mastodon-turn-refusal = Ablehnung
mastodon-turn-motion = Antrag bei Gericht
mastodon-turn-hearing = Verhandlung
mastodon-turn-appeal = Berufung
mastodon-turn-amended-claim = geänderte Klage
mastodon-turn-vote = Abstimmung
mastodon-turn-takedown = Entfernung
mastodon-turn-reaction = Reaktion
