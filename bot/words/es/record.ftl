# Where a platform stands: /policy on Discord, “policy” to the Mastodon account.

record-title = La postura de { $platform } ante la IA
record-since = desde { $date }
record-seen = visto por primera vez { $date }, no se sabe desde cuándo
record-corrected = Corregido: { $reason }
record-said = Lo que dijo { $platform }
record-questions = Preguntas abiertas
record-latest = Lo más reciente
record-unknown = Todavía no tengo nada anotado sobre { $platform }. Las plataformas que conozco aparecen al escribir.
command-policy = postura
command-policy-does = La postura de una plataforma ante la IA: entrenamiento, exclusión, etiquetas, voces.
option-platform-policy = La plataforma que te interesa.

record-subject-training = Entrenamiento con tu música
record-subject-licensing-on = Cesión para IA
record-subject-opting-out = Exclusión voluntaria
record-subject-ai-uploads = Música hecha con IA
record-subject-labels = Etiquetado de música de IA
record-subject-voice-likeness = Voces copiadas
record-subject-royalties = Pago por música de IA

record-position-allows = permitido
record-position-allows-unless-you-opt-out = permitido salvo que te niegues
record-position-only-with-consent = solo con tu consentimiento
record-position-forbids = prohibido
record-position-limits = limitado
record-position-requires = obligatorio
record-position-marks = lo marca la plataforma
record-position-offers = se ofrece
record-position-silent = sus textos no dicen nada
record-position-unknown = desconocido
