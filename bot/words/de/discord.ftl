# Antworten auf Befehle bei Discord.

# ---- general

guild-only = Das geht auf einem Server, auf dem ich bin. Öffne ihn und nutze es dort.
needs-manager = Nur wer *Server verwalten* darf oder die dafür benannte Rolle hat, kann ändern, was der Server bekommt. Für dich selbst: nutze /{ command-subscribe } in einer Direktnachricht an mich.
needs-manage-server = Das dürfen nur Leute mit *Server verwalten*. Bitte eine dieser Personen darum.
trouble = Bei mir ist etwas schiefgegangen, geändert wurde nichts. Versuch es in einer Minute noch einmal; bleibt es so, nenne dem Betreiber dieses Bots (/{ command-about }) die Worte „{ $reference }“.
too-slow = Das hat zu lange gedauert, ich habe abgebrochen. Versuch es in einer Minute noch einmal.
panel-over = Diese Knöpfe gehören zu einer früheren Antwort und gehen nicht mehr. Ruf den Befehl noch einmal auf; verloren ist nichts.
list-and = { $first } und { $last }
by-dm = deine Direktnachrichten
and-more = { $first } und { $more } weitere

# ---- what a subscription wants, and when

wants-everything = alles
wants-one-story = Neues zu einer Meldung
wants-words = mit { $words }
wants-no-words = ohne { $words }
when-now = sobald es geschieht
when-daily = täglich um { $time } ({ $zone })
when-weekly = { $day }, { $time } ({ $zone })
when-quiet = Ruhe { $begin }–{ $end } ({ $zone })
with-reminders = Erinnerung an Fristen
mentions = erwähnt { $role }
urgency-now = Sobald es geschieht
urgency-daily = Einmal am Tag, gesammelt
urgency-weekly = Einmal die Woche, gesammelt
threading-reply = Neues antwortet auf den ersten Beitrag
threading-thread = Jede Meldung bekommt einen Thread
day-0 = Montag
day-1 = Dienstag
day-2 = Mittwoch
day-3 = Donnerstag
day-4 = Freitag
day-5 = Samstag
day-6 = Sonntag

# ---- subscribing

subscribed = Fertig. Ab jetzt für { $place }: { $what } · { $when }. Altes wird nicht gepostet; /{ command-latest } zeigt, was es gab. /{ command-subscriptions } ändert oder beendet das.
subscribed-already = Dieses Abo gibt es schon für { $place } ({ $what } · { $when }). Geändert wurde nichts.
goes-on = Es war angehalten und läuft jetzt weiter.
unsubscribed = Fertig. Nicht mehr für { $place }: { $what }.
dm-hello = Hallo! Hierher kommen deine Meldungen. /{ command-subscriptions } ändert oder beendet das, /{ command-forget } löscht, was ich von dir weiß.
dm-closed = Ich kann dir nicht direkt schreiben. Erlaube in deinen Privatsphäre-Einstellungen Direktnachrichten von diesem Server (oder von Apps) und versuch es noch einmal.
missing-rights = In { $place } kann ich noch nicht schreiben. Gib mir dort { $rights } (Kanal bearbeiten → Berechtigungen → meine Rolle hinzufügen) und versuch es noch einmal.
hint-history = Tipp: Gib mir dort auch *Nachrichtenverlauf anzeigen*. Damit antworte ich auf den ersten Beitrag einer Meldung und sehe nach einem Absturz, ob eine Nachricht angekommen ist.
hint-role = { $role } kann ich dort noch nicht benachrichtigen: Erlaube allen, diese Rolle zu erwähnen, oder gib mir *@everyone, @here und alle Rollen erwähnen*.
never-everyone = Alle auf einmal erwähne ich nie. Wähle eine andere Rolle oder keine.
no-such-place = { $place } kann ich nicht sehen. Gib mir dort *Kanal anzeigen* und versuch es noch einmal.
wrong-place = In { $place } kann ich nicht schreiben. Wähle einen Text-, Ankündigungs- oder Forenkanal oder einen Thread.
unknown-platform =
    { $found ->
        [0] Eine Plattform namens „{ $typed }“ kenne ich nicht. Lass sie weg, um von allen zu hören.
       *[other] Eine Plattform namens „{ $typed }“ kenne ich nicht. Meinst du { $near }?
    }
unknown-topic =
    { $found ->
        [0] Ein Thema namens „{ $typed }“ kenne ich nicht. Lass es weg, um von allen zu hören.
       *[other] Ein Thema namens „{ $typed }“ kenne ich nicht. Meinst du { $near }?
    }
unknown-zone = Eine Zeitzone namens „{ $typed }“ kenne ich nicht. Nenne eine wie { $near }.
unknown-time = Die Uhrzeit „{ $typed }“ verstehe ich nicht. Schreib sie wie 09:00.
unknown-quiet = Die Ruhezeit „{ $typed }“ verstehe ich nicht. Schreib sie wie 22:00-07:00.
too-many-words = So viel kann ich nicht suchen: höchstens { $most } Wörter oder Wendungen mit je bis zu { $longest } Zeichen.

# ---- the list

subscriptions-title = Abos
no-subscriptions = Dieser Server bekommt noch nichts von mir. Nutze /{ command-setup } oder /{ command-subscribe } im gewünschten Kanal.
no-own-subscriptions = Du bekommst noch nichts von mir als Direktnachricht. Nutze /{ command-subscribe }.
page-of = { $count } insgesamt · Seite { $page } von { $pages }
pick-one = Wähle unten eines zum Ändern, Anhalten, Verschieben oder Löschen
paused = Angehalten: { $why }
paused-by-you = Angehalten, bis du es weiterlaufen lässt
paused-notice = Ich habe { $place } angehalten: { $why } Verloren geht nichts; was inzwischen kam, folgt, wenn es weitergeht. Nach 30 Tagen gebe ich es auf.
channel-gone = der Kanal wurde gelöscht. Wähle mit /{ command-subscribe } einen anderen.
no-such-subscription = Ein Abo namens „{ $typed }“ finde ich hier nicht. Wähle eines aus der Liste, die beim Tippen aufgeht.
gone-already = Dieses Abo gibt es nicht mehr. /{ command-subscriptions } zeigt, welche es gibt.
twin = Genau so ein Abo gibt es schon. Lösche stattdessen eines von beiden.
now-paused = Angehalten: { $what } für { $place }. Was inzwischen kommt, wird nicht nachgereicht.
now-resumed = Läuft wieder: { $what } für { $place }.
brought-back = Wieder da: { $what } für { $place }.
moved = Verschoben: { $what } geht jetzt an { $place }.
saved = Gespeichert. Für { $place }: { $what }.

# ---- the panel

welcome = Hallo { $server }! Ich lese für Musikschaffende das Kleingedruckte: Wenn sich Bedingungen, Klagen, Abkommen oder Gesetze zu KI und Musik ändern, sage ich es euch einmal, mit dem genauen Wortlaut und beiden Seiten. Wer *Server verwalten* darf, startet mich mit dem Knopf oder /{ command-setup }. Vorher poste ich nichts.
no-channel-yet = (Kanal wählen)
panel-wish = { $place }: { $what } · { $when }
trial =
    { $count ->
        [one] Die letzten 30 Tage hätten { $count } Meldung gebracht, etwa { $week } pro Woche.
       *[other] Die letzten 30 Tage hätten { $count } Meldungen gebracht, etwa { $week } pro Woche.
    }
trial-few =
    { $count ->
        [one] Die letzten 30 Tage hätten { $count } Meldung gebracht, weniger als eine pro Woche.
       *[other] Die letzten 30 Tage hätten { $count } Meldungen gebracht, weniger als eine pro Woche.
    }
trial-none = Die letzten 30 Tage hätten nichts gebracht.
menu-channel = Welcher Kanal?
menu-platforms = Plattformen (keine: alle)
menu-topics = Themen (keines: alle)
menu-urgency = Wann?
menu-role = Eine Rolle erwähnen? (keine: niemanden)
menu-threads = Neues zu einer Meldung
menu-language = Sprache rund um die Meldungen
menu-subscription = Wähle eines, um es zu ändern
button-setup = Einrichten
button-start = Start
button-save = Speichern
button-words = Wörter und Zeiten…
button-more = Rolle und mehr…
button-back = Zurück
button-reminders-on = An Fristen erinnern
button-reminders-off = Keine Erinnerungen
button-previous = Zurück
button-next = Weiter
button-edit = Ändern
button-pause = Anhalten
button-resume = Weiter
button-move = Verschieben
button-delete = Löschen
form-title = Wörter und Zeiten
form-include = Nur mit einem dieser Wörter (Kommas)
form-exclude = Nie mit diesen Wörtern (Kommas)
form-time = Uhrzeit der Sammelpost
form-zone = Zeitzone
form-quiet = Ruhezeit (- für keine)
test-title = Was gekommen wäre
test-nothing = { $place }: Dort ist nichts abonniert, also wäre nichts gekommen. Nutze /{ command-setup } oder /{ command-subscribe }.

# ---- stories

latest-title = Neueste Meldungen
latest-footer = Die Optionen von /{ command-latest } fragen nach einer Plattform oder einem Thema
nothing-yet = So eine Meldung habe ich noch nicht. Versuch /{ command-latest } ohne Plattform und Thema.
search-title = Meldungen mit „{ $text }“
search-none = Eine Meldung mit „{ $text }“ finde ich nicht. Versuch weniger oder kürzere Wörter, oder /{ command-latest }.
story-unknown = Eine Meldung wie „{ $typed }“ kenne ich nicht. Wähle eine aus der Liste, die beim Tippen aufgeht, oder nutze /{ command-search }.
why-title = Warum ich das gemeldet habe
why-not-title = Warum ich das nicht gemeldet habe
why-unknown = Einen Bericht mit der Adresse { $address } habe ich nicht gesehen. Prüfe sie, oder schlage die Quelle mit /{ command-suggest } vor.
why-topic = Thema: { $topic }. Es geht um: { $platforms }.
why-nothing-named = keine bestimmte Plattform
why-outlets = Berichtet von: { $outlets }
why-evidence = Was im ersten Bericht dafür sprach:
why-against = Was ich darin sah:
why-here =
    { $count ->
        [0] Hier wurde es nicht gepostet.
        [one] Hier wurde es { $count }-mal gepostet.
       *[other] Hier wurde es { $count }-mal gepostet.
    }
sources-title = Was ich beobachte
sources-summary =
    { $count ->
        [one] { $count } Quelle: { $well } in Ordnung, { $ill } gestört.
       *[other] { $count } Quellen: { $well } in Ordnung, { $ill } gestört.
    }
sources-last = zuletzt Neues { $when }
sources-never = noch nicht gelesen
sources-page = Seite { $page } von { $pages }
source-well = in Ordnung
source-ill = gestört
source-new = noch nicht gelesen
suggested = Danke. „{ $text }“ ist für den Betreiber notiert; er entscheidet, was beobachtet wird.
suggested-enough = { $most } deiner Vorschläge hat noch niemand angesehen. Bitte warte, bis das geschehen ist.
suggest-empty = Nenne mir Adresse oder Namen der Quelle.

# ---- the server

settings-title = Einstellungen dieses Servers
settings-language = Sprache
settings-zone = Zeitzone
settings-role = Darf Abos verwalten
settings-only-managers = wer *Server verwalten* darf
settings-and-role = wer *Server verwalten* darf, und { $role }
settings-approval = Freigabe
settings-approval-off = aus: Meldungen werden sofort gepostet
settings-approval-never = in { $place }; nichts erscheint, bevor es jemand freigibt
settings-approval-hours =
    { $hours ->
        [one] in { $place }; erscheint nach { $hours } Stunde von selbst
       *[other] in { $place }; erscheint nach { $hours } Stunden von selbst
    }
settings-default = wie bei Discord
settings-saved = Gespeichert.
settings-hours-need-channel = Stunden gehören zur Freigabe. Nenne auch den Kanal dafür.
settings-approval-private = { $place } können alle lesen. Was auf Freigabe wartet, sieht besser nur euer Team.
settings-role-hint = Um ihr auch verborgene Befehle zu zeigen, erlaube die Rolle unter Servereinstellungen → Integrationen.
check-title = Berechtigungen hier
check-fine = ✅ { $place }
check-missing = ⚠️ { $place }: Gib mir dort { $rights } (Kanal bearbeiten → Berechtigungen → meine Rolle hinzufügen).
check-gone = ❌ { $place }: weg, oder ich sehe den Kanal nicht. Gib mir dort *Kanal anzeigen*, oder verschiebe das Abo mit /{ command-subscriptions }.
check-paused = angehalten: { $why }
check-resumed = läuft ab jetzt weiter
check-none = Hier ist noch nichts abonniert, also gibt es nichts zu prüfen. Nutze /{ command-setup }.
help-title = Was ich kann
help-for-managers = Für alle, die den Server verwalten
help-for-all = Für alle
about-what = Ich lese für Musikschaffende das Kleingedruckte: Nachrichten und Bedingungen zu KI in der Musik. Berichte über ein Ereignis werden eine Meldung, einmal erzählt, mit genauem Wortlaut und wer ihn gesagt hat.
about-watch-title = Was ich beobachte
about-watch =
    { $sources ->
        [one] { $sources } Quelle zu { $names } Plattformen und Organisationen.
       *[other] { $sources } Quellen zu { $names } Plattformen und Organisationen.
    }
about-never-title = Was ich nie tue
about-never = Eure Nachrichten lesen, ungefragt schreiben, @everyone erwähnen, eine Meldung wiederholen oder jemandem Worte in den Mund legen: Jeder Satz stammt aus einer Quelle, die ich verlinke.
about-who-title = Wer mich betreibt
about-contact = So erreicht ihr den Betreiber: { $contact }
about-source = Quelltext: { $source }
about-version = Version { $version }
privacy-title = Was ich speichere und was nicht
privacy-not = Ich lese keine Nachrichten: Mich erreicht nur, was ihr mich mit Befehlen und Knöpfen fragt.
privacy-server = Von einem Server: Kennung und Name, was er wohin abonniert hat, seine Einstellungen und welche Nachrichten ich gepostet habe.
privacy-person = Von dir: deine Kennung bei Abos, die du angelegt hast, bei „nicht relevant“, verfolgten Meldungen und Vorschlägen. Kein Name, außer dem an deinen eigenen Direktnachrichten.
privacy-end = 30 Tage nachdem mich ein Server entfernt hat, lösche ich, was ich von ihm weiß. /{ command-forget } löscht es sofort, für dich oder deinen Server.
forget-ask-me = Alles löschen, was ich von dir weiß? Deine eigenen Abos, verfolgten Meldungen, Markierungen und Vorschläge verschwinden. Was du für Server eingerichtet hast, bleibt ohne deinen Namen.
forget-ask-server = Alles löschen, was ich von diesem Server weiß? Seine Abos, Einstellungen und was ich gepostet habe verschwinden aus meinem Gedächtnis. Die Beiträge selbst bleiben.
forget-done-me =
    { $count ->
        [one] Fertig. Ich weiß nichts mehr von dir; { $count } Abo ist weg.
       *[other] Fertig. Ich weiß nichts mehr von dir; { $count } Abos sind weg.
    }
forget-done-server =
    { $count ->
        [one] Fertig. Ich weiß nichts mehr von diesem Server; { $count } Abo ist weg.
       *[other] Fertig. Ich weiß nichts mehr von diesem Server; { $count } Abos sind weg.
    }
forget-kept = Nichts wurde gelöscht.
button-forget = Löschen
button-keep = Behalten
