# Respuestas a quienes escriben a la cuenta de Mastodon. Cada una por debajo de 400 caracteres.

mastodon-help =
    Informo de reglas sobre IA en la música: condiciones, demandas, acuerdos, leyes. Escríbeme:
    suscribir soundcloud demandas – avisos por mensaje directo (diario o semanal, si lo añades)
    suscripciones · quitar 1 · parar
    últimas suno – lo más reciente
    política soundcloud – su postura
    por qué – en respuesta a una de mis publicaciones
mastodon-contact = Quien me gestiona: { $contact }
mastodon-subscribed = Te avisaré de { $what } por mensaje directo, { $most } al día como mucho. «suscripciones» muestra tus avisos, «parar» los termina.
mastodon-no-alerts = Esta cuenta no envía avisos. Síguela, o escribe «últimas».
mastodon-too-many = Tienes { $most } avisos, el máximo por persona. Termina uno primero: «suscripciones» los muestra.
mastodon-unknown-name = No conozco «{ $name }», así que no he cambiado nada. Nombra plataformas como SoundCloud y temas como demandas.
mastodon-did-you-mean = ¿Querías decir { $names }?
mastodon-none = No tienes avisos. Escribe por ejemplo «suscribir soundcloud demandas».
mastodon-list = Tus avisos:
mastodon-which = ¿Cuál? Escribe «quitar» y su número, o «parar» para todos:
mastodon-unsubscribed = Terminado: { $what }.
mastodon-stopped = Ya no recibirás avisos míos. Escribe «suscribir» cuando los quieras de nuevo.
mastodon-latest = Lo más reciente:
mastodon-latest-none = Todavía no tengo nada así.
mastodon-why = Por qué publiqué «{ $title }»:
mastodon-why-about = Tema: { $topic }. Trata de: { $platforms }. Según: { $outlets }.
mastodon-why-ask = Responde «por qué» a una de mis publicaciones, o añade la dirección de un artículo.
mastodon-why-unknown = No publiqué nada con esa dirección.
mastodon-policy = { $platform } y la IA, según lo que tengo registrado:
mastodon-policy-ask = ¿De qué plataforma? Escribe «política soundcloud».
mastodon-policy-unknown = Todavía no tengo nada registrado sobre { $platform }.
mastodon-slow-down = Has escrito mucho en una hora. Responderé más tarde; tus avisos siguen.
mastodon-any-platform = todas las plataformas
mastodon-any-topic = todos los temas
mastodon-daily = cada día
mastodon-weekly = cada semana

mastodon-topic-terms-training = condiciones y entrenamiento
mastodon-topic-opt-out = exclusión voluntaria
mastodon-topic-licensing-deal = acuerdos de licencia
mastodon-topic-lawsuit = demandas
mastodon-topic-legislation = leyes
mastodon-topic-labelling-or-ban = etiquetado y prohibiciones
mastodon-topic-voice-likeness = voz e imagen
mastodon-topic-royalties-fraud = regalías y fraude
mastodon-topic-campaign = campañas
mastodon-topic-guidance = directrices

mastodon-post-developing = En desarrollo: un solo medio hasta ahora.
mastodon-post-other-side = La otra parte
mastodon-post-still-open = Sigue abierto
mastodon-post-to-do = Qué puedes hacer
mastodon-post-wording = El texto
mastodon-post-replaced = Antes
mastodon-post-also = También
mastodon-post-corrected = Corregido
mastodon-post-deadline = Plazo
mastodon-post-correction = Corrección
mastodon-post-update = Novedad
mastodon-post-digest = Novedades sobre IA y música
mastodon-post-more = y { $count } más

mastodon-turn-denial = desmentido
mastodon-turn-clarification = aclaración
mastodon-turn-correction = corrección
mastodon-turn-reversal = marcha atrás
mastodon-turn-ruling = sentencia
mastodon-turn-settlement = acuerdo
mastodon-turn-new-text = nuevo texto
mastodon-turn-effect-date = fecha fijada
mastodon-turn-apology = disculpa
mastodon-turn-refusal = negativa
mastodon-turn-motion = petición al tribunal
mastodon-turn-hearing = audiencia
mastodon-turn-appeal = apelación
mastodon-turn-amended-claim = demanda ampliada
mastodon-turn-vote = votación
mastodon-turn-takedown = retirada
mastodon-turn-reaction = reacción
