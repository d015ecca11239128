# Respuestas a los comandos en Discord.

# ---- general

guild-only = Esto funciona en un servidor donde yo esté. Abre ese servidor y úsalo allí.
needs-manager = Solo quien tiene *Gestionar servidor*, o el rol que este servidor nombró, puede cambiar lo que recibe. Para ti, usa /{ command-subscribe } en un mensaje directo conmigo.
needs-manage-server = Solo quien tiene *Gestionar servidor* puede hacerlo. Pídeselo a una de esas personas.
trouble = Algo falló por mi parte y no se cambió nada. Inténtalo de nuevo en un minuto; si sigue así, di a quien me mantiene (/{ command-about }) las palabras «{ $reference }».
too-slow = Tardó demasiado y lo detuve. Inténtalo de nuevo en un minuto.
panel-over = Estos botones son de una respuesta anterior y ya no funcionan. Usa el comando otra vez; no se perdió nada.
list-and = { $first } y { $last }
by-dm = tus mensajes directos
and-more = { $first } y { $more } más

# ---- what a subscription wants, and when

wants-everything = todo
wants-one-story = novedades de una historia
wants-words = con { $words }
wants-no-words = sin { $words }
when-now = en cuanto ocurre
when-daily = a diario a las { $time } ({ $zone })
when-weekly = { $day }, { $time } ({ $zone })
when-quiet = silencio { $begin }–{ $end } ({ $zone })
with-reminders = avisos de plazos
mentions = menciona a { $role }
urgency-now = En cuanto ocurre
urgency-daily = Una vez al día, junto
urgency-weekly = Una vez a la semana, junto
threading-reply = Las novedades responden al primer mensaje
threading-thread = Cada historia tiene su hilo
day-0 = Lunes
day-1 = Martes
day-2 = Miércoles
day-3 = Jueves
day-4 = Viernes
day-5 = Sábado
day-6 = Domingo

# ---- subscribing

subscribed = Listo. Desde ahora para { $place }: { $what } · { $when }. No se publica nada antiguo; /{ command-latest } muestra lo que hubo. /{ command-subscriptions } lo cambia o termina.
subscribed-already = Esta suscripción ya existe para { $place } ({ $what } · { $when }). No se cambió nada.
goes-on = Estaba en pausa y ahora sigue.
unsubscribed = Listo. Ya no para { $place }: { $what }.
dm-hello = ¡Hola! Aquí llegarán tus historias. /{ command-subscriptions } lo cambia o termina, /{ command-forget } borra lo que sé de ti.
dm-closed = No puedo escribirte directamente. Permite los mensajes directos de este servidor (o de aplicaciones) en tus ajustes de privacidad e inténtalo de nuevo.
missing-rights = Aún no puedo escribir en { $place }. Dame { $rights } allí (Editar canal → Permisos → añadir mi rol) e inténtalo de nuevo.
hint-history = Consejo: dame también *Leer el historial de mensajes* allí. Así respondo al primer mensaje de una historia y, tras un fallo, veo si un mensaje llegó.
hint-role = Aún no puedo avisar a { $role } allí: permite que todos mencionen ese rol, o dame *Mencionar @everyone, @here y todos los roles*.
never-everyone = Nunca menciono a todos. Elige otro rol, o ninguno.
no-such-place = No veo { $place }. Dame *Ver canal* allí e inténtalo de nuevo.
wrong-place = No puedo escribir en { $place }. Elige un canal de texto, de anuncios o un foro, o un hilo.
unknown-platform =
    { $found ->
        [0] No conozco una plataforma llamada «{ $typed }». Déjalo vacío para recibirlas todas.
       *[other] No conozco una plataforma llamada «{ $typed }». ¿Quieres decir { $near }?
    }
unknown-topic =
    { $found ->
        [0] No conozco un tema llamado «{ $typed }». Déjalo vacío para recibirlos todos.
       *[other] No conozco un tema llamado «{ $typed }». ¿Quieres decir { $near }?
    }
unknown-zone = No conozco una zona horaria llamada «{ $typed }». Di una como { $near }.
unknown-time = No entiendo la hora «{ $typed }». Escríbela como 09:00.
unknown-quiet = No entiendo las horas de silencio «{ $typed }». Escríbelas como 22:00-07:00.
too-many-words = Es demasiado para buscar: como mucho { $most } palabras o frases de hasta { $longest } caracteres cada una.

# ---- the list

subscriptions-title = Suscripciones
no-subscriptions = Este servidor aún no recibe nada de mí. Usa /{ command-setup }, o /{ command-subscribe } en el canal que deba recibirlo.
no-own-subscriptions = Aún no recibes nada de mí por mensaje directo. Usa /{ command-subscribe }.
page-of = { $count } en total · página { $page } de { $pages }
pick-one = Elige una abajo para editarla, pausarla, moverla o borrarla
paused = En pausa: { $why }
paused-by-you = En pausa hasta que la reanudes
paused-notice = He puesto en pausa { $place }: { $why } No se pierde nada; lo que llegó mientras tanto se publica al seguir. Después de 30 días lo dejo.
channel-gone = el canal fue borrado. Elige otro con /{ command-subscribe }.
no-such-subscription = No encuentro aquí una suscripción llamada «{ $typed }». Elige una de la lista que se abre al escribir.
gone-already = Esta suscripción ya no existe. /{ command-subscriptions } muestra las que hay.
twin = Ya hay una suscripción igual. Borra mejor una de las dos.
now-paused = En pausa: { $what } para { $place }. Lo que llegue mientras tanto no se publica después.
now-resumed = Sigue: { $what } para { $place }.
brought-back = De vuelta: { $what } para { $place }.
moved = Movida: { $what } va ahora a { $place }.
saved = Guardado. Para { $place }: { $what }.

# ---- the panel

welcome = ¡Hola { $server }! Leo la letra pequeña para quienes hacen música: cuando cambian condiciones, demandas, acuerdos o leyes sobre IA y música, os lo digo una vez, con las palabras exactas y las dos partes. Quien tenga *Gestionar servidor* puede empezar con el botón o /{ command-setup }. Antes no publico nada.
no-channel-yet = (elige un canal)
panel-wish = { $place }: { $what } · { $when }
trial =
    { $count ->
        [one] Los últimos 30 días habrían traído { $count } historia, unas { $week } por semana.
       *[other] Los últimos 30 días habrían traído { $count } historias, unas { $week } por semana.
    }
trial-few =
    { $count ->
        [one] Los últimos 30 días habrían traído { $count } historia, menos de una por semana.
       *[other] Los últimos 30 días habrían traído { $count } historias, menos de una por semana.
    }
trial-none = Los últimos 30 días no habrían traído nada.
menu-channel = ¿Qué canal?
menu-platforms = Plataformas (ninguna: todas)
menu-topics = Temas (ninguno: todos)
menu-urgency = ¿Cuándo?
menu-role = ¿Mencionar un rol? (ninguno: a nadie)
menu-threads = Novedades de una historia
menu-language = Idioma alrededor de las historias
menu-subscription = Elige una para cambiarla
button-setup = Configurar
button-start = Empezar
button-save = Guardar
button-words = Palabras y horas…
button-more = Rol y más…
button-back = Volver
button-reminders-on = Avisar de plazos
button-reminders-off = Sin avisos
button-previous = Anterior
button-next = Siguiente
button-edit = Editar
button-pause = Pausar
button-resume = Reanudar
button-move = Mover
button-delete = Borrar
form-title = Palabras y horas
form-include = Solo con una de estas palabras (comas)
form-exclude = Nunca con estas palabras (comas)
form-time = Hora de los resúmenes
form-zone = Zona horaria
form-quiet = Horas de silencio (- para ninguna)
test-title = Lo que habría llegado
test-nothing = { $place }: allí no hay nada suscrito, así que no habría llegado nada. Usa /{ command-setup } o /{ command-subscribe }.

# ---- stories

latest-title = Últimas historias
latest-footer = Las opciones de /{ command-latest } piden una plataforma o un tema
nothing-yet = Aún no tengo una historia así. Prueba /{ command-latest } sin plataforma ni tema.
search-title = Historias con «{ $text }»
search-none = No encuentro una historia con «{ $text }». Prueba con menos palabras o más cortas, o /{ command-latest }.
story-unknown = No conozco una historia como «{ $typed }». Elige una de la lista que se abre al escribir, o usa /{ command-search }.
why-title = Por qué lo conté
why-not-title = Por qué no lo conté
why-unknown = No he visto una noticia con la dirección { $address }. Compruébala, o propón su fuente con /{ command-suggest }.
why-topic = Tema: { $topic }. Sobre: { $platforms }.
why-nothing-named = ninguna plataforma en particular
why-outlets = Lo cuentan: { $outlets }
why-evidence = Lo que hablaba a su favor en la primera noticia:
why-against = Lo que vi en ella:
why-here =
    { $count ->
        [0] Aquí no se publicó.
        [one] Aquí se publicó { $count } vez.
       *[other] Aquí se publicó { $count } veces.
    }
sources-title = Lo que vigilo
sources-summary =
    { $count ->
        [one] { $count } fuente: { $well } bien, { $ill } con problemas.
       *[other] { $count } fuentes: { $well } bien, { $ill } con problemas.
    }
sources-last = última novedad { $when }
sources-never = aún no leída
sources-page = página { $page } de { $pages }
source-well = bien
source-ill = con problemas
source-new = aún no leída
suggested = Gracias. He guardado «{ $text }» para quien me mantiene; allí se decide qué se vigila.
suggested-enough = Nadie ha mirado aún { $most } de tus propuestas. Espera a que alguien lo haga.
suggest-empty = Dime la dirección o el nombre de la fuente.

# ---- the server

settings-title = Ajustes de este servidor
settings-language = Idioma
settings-zone = Zona horaria
settings-role = Puede gestionar suscripciones
settings-only-managers = quien tiene *Gestionar servidor*
settings-and-role = quien tiene *Gestionar servidor*, y { $role }
settings-approval = Aprobación
settings-approval-off = desactivada: las historias se publican al momento
settings-approval-never = en { $place }; no se publica nada antes de que alguien lo apruebe
settings-approval-hours =
    { $hours ->
        [one] en { $place }; se publica solo tras { $hours } hora
       *[other] en { $place }; se publica solo tras { $hours } horas
    }
settings-default = como diga Discord
settings-saved = Guardado.
settings-hours-need-channel = Las horas son para la aprobación. Di también el canal para ella.
settings-approval-private = Todo el mundo puede leer { $place }. Lo que espera aprobación es mejor que lo vea solo vuestro equipo.
settings-role-hint = Para mostrarle también los comandos ocultos, permite ese rol en Ajustes del servidor → Integraciones.
check-title = Permisos aquí
check-fine = ✅ { $place }
check-missing = ⚠️ { $place }: dame { $rights } allí (Editar canal → Permisos → añadir mi rol).
check-gone = ❌ { $place }: ya no está, o no lo veo. Dame *Ver canal* allí, o mueve su suscripción con /{ command-subscriptions }.
check-paused = en pausa: { $why }
check-resumed = sigue desde ahora
check-none = Aquí no hay nada suscrito aún, así que no hay nada que comprobar. Usa /{ command-setup }.
help-title = Lo que sé hacer
help-for-managers = Para quien gestiona un servidor
help-for-all = Para todo el mundo
about-what = Leo la letra pequeña para quienes hacen música: noticias y condiciones sobre la IA en la música. Las noticias de un hecho se vuelven una historia, contada una vez, con las palabras exactas y quién las dijo.
about-watch-title = Lo que vigilo
about-watch =
    { $sources ->
        [one] { $sources } fuente, para { $names } plataformas y organizaciones.
       *[other] { $sources } fuentes, para { $names } plataformas y organizaciones.
    }
about-never-title = Lo que nunca hago
about-never = Leer vuestros mensajes, escribiros sin que lo pidáis, mencionar a @everyone, repetir una historia o poner palabras en boca de nadie: cada frase viene de una fuente que enlazo.
about-who-title = Quién me mantiene
about-contact = Para hablar con quien me mantiene: { $contact }
about-source = Código fuente: { $source }
about-version = Versión { $version }
privacy-title = Qué guardo y qué no
privacy-not = No leo mensajes: solo me llega lo que me pedís con un comando o un botón.
privacy-server = De un servidor: su id y nombre, qué suscribió y dónde, sus ajustes y qué mensajes publiqué.
privacy-person = De ti: tu id con las suscripciones que hiciste, con marcas de «no relevante», historias seguidas y propuestas. Ningún nombre, salvo el de tus propios mensajes directos.
privacy-end = 30 días después de que un servidor me quite, se borra lo que sé de él. /{ command-forget } lo borra al momento, para ti o tu servidor.
forget-ask-me = ¿Borrar todo lo que sé de ti? Se van tus suscripciones, historias seguidas, marcas y propuestas. Lo que preparaste para servidores se queda, sin tu nombre.
forget-ask-server = ¿Borrar todo lo que sé de este servidor? Se van sus suscripciones, ajustes y la memoria de lo que publiqué. Los mensajes mismos se quedan.
forget-done-me =
    { $count ->
        [one] Listo. Ya no sé nada de ti; se fue { $count } suscripción.
       *[other] Listo. Ya no sé nada de ti; se fueron { $count } suscripciones.
    }
forget-done-server =
    { $count ->
        [one] Listo. Ya no sé nada de este servidor; se fue { $count } suscripción.
       *[other] Listo. Ya no sé nada de este servidor; se fueron { $count } suscripciones.
    }
forget-kept = No se borró nada.
button-forget = Borrar
button-keep = Conservar
