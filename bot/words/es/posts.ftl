# What stands around a story in a post.

post-language = es
post-update = Novedad
post-update-of = Novedad ({ $turn })
post-correction = Corrección
post-turn-denial = desmentido
post-turn-clarification = aclaración
post-turn-correction = corrección
post-turn-reversal = marcha atrás
post-turn-ruling = fallo
post-turn-settlement = acuerdo
post-turn-new-text = nuevo texto
post-turn-effect-date = fecha fijada
post-turn-apology = disculpa
post-turn-refusal = negativa
post-turn-motion = petición al tribunal
post-turn-hearing = audiencia
post-turn-appeal = apelación
post-turn-amended-claim = demanda ampliada
post-turn-vote = votación
post-turn-takedown = retirada
post-turn-reaction = reacción
post-developing = En desarrollo: por ahora, un solo medio.
post-other-side = La otra parte
post-still-open = Aún abierto
post-to-do = Qué puedes hacer
post-wording = El texto
post-now = Ahora
post-before = Antes
post-corrected = Corregido
post-sources =
    { $count ->
        [one] Fuente
       *[other] Fuentes
    }
post-more = y { $count } más
post-deadline = Plazo
post-deadline-effect = Entra en vigor
post-deadline-opt-out = Fin del plazo para excluirse
post-deadline-consultation = Cierra la consulta
post-deadline-other = Fecha límite
post-reminder = Recordatorio
post-digest =
    { $count ->
        [one] { $count } noticia sobre IA y música
       *[other] { $count } noticias sobre IA y música
    }
post-digest-also = Además
post-notice = Del bot
post-page = Página
post-topic-terms-training = Términos y entrenamiento
post-topic-opt-out = Exclusión
post-topic-licensing-deal = Acuerdos de licencia
post-topic-lawsuit = Demandas
post-topic-legislation = Leyes
post-topic-labelling-or-ban = Etiquetas y vetos
post-topic-voice-likeness = Voz e imagen
post-topic-royalties-fraud = Regalías y fraude
post-topic-campaign = Campañas
post-topic-guidance = Orientaciones

# Buttons under a post: at most 80 characters, better a word or two.

button-sources = Fuentes
button-history = Historial
button-why = ¿Por qué?
button-irrelevant = No es relevante
button-follow = Seguir
button-mute = Silenciar
button-calendar = Calendario
button-undo = Deshacer
button-approve = Aprobar
button-headline = Titular
button-skip = Descartar
button-open-calendar = Abrir en Google Calendar

# Answers to a press on one of them, seen by that person alone.

answer-gone = Ya no tengo esta noticia. Prueba /latest.
answer-sources = Quién lo contó, por orden:
answer-history = { $platform } y la IA, según lo que tengo registrado:
answer-history-none = Aún no tengo nada sobre { $platforms } aparte de esta noticia.
answer-no-platform = Esta noticia no nombra ninguna plataforma que yo siga.
answer-why = Por qué ves esto:
answer-why-story = Tema: { $topic }. Sobre: { $platforms }. Medios hasta ahora: { $outlets }.
answer-why-place = Llegó aquí porque aquí se pidió: { $wanted }.
answer-everything = todo
answer-why-evidence = Lo que pesó en la primera noticia:
answer-irrelevant = Anotado, gracias: quien me administra lo verá. Para los demás se queda.
answer-irrelevant-again = Ya lo dijiste, y está anotado.
answer-undone = Deshecho.
answer-followed = Hecho: te escribiré por privado cuando haya novedades. Permite los mensajes directos de este servidor.
answer-follows-already = Ya sigues esta noticia.
answer-unfollowed = Ya no sigues esta noticia.
answer-muted = Hecho: no habrá más novedades de esta noticia en { $place }.
answer-unmuted = Las novedades de esta noticia vuelven a { $place }.
answer-mute-managers = Solo quien tenga *Gestionar servidor* puede silenciar aquí una noticia para todos.
answer-mute-nowhere = Aquí no hay ninguna suscripción que silenciar.
answer-calendar = { $what }: { $when }. Abre el archivo para añadirlo a tu calendario.
answer-no-deadline = Ya no conozco ninguna fecha de esta noticia.
answer-trouble = Algo falló de mi lado y no cambió nada. Inténtalo de nuevo en un minuto.

# A story's card for those who decide whether it goes out.

approval-waits = Espera vuestra decisión.
approval-approved = Aprobado por { $who }
approval-skipped = Descartado por { $who }
approval-released = Nadie decidió a tiempo, así que salió solo.
approval-decision = Decisión
button-unfollow = Dejar de seguir
approval-done = Hecho: sale ahora.
approval-skip-done = Hecho: aquí no se publica.
approval-too-late = Esto ya está decidido.
approval-managers = Aquí solo decide quien tenga *Gestionar servidor*.
approval-headline-title = Editar el titular
approval-headline-field = Titular
