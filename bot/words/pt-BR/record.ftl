# Where a platform stands: /policy on Discord, “policy” to the Mastodon account.

record-title = A posição de { $platform } sobre IA
record-since = desde { $date }
record-seen = visto pela primeira vez { $date }, não se sabe desde quando
record-corrected = Corrigido: { $reason }
record-said = O que { $platform } disse
record-questions = Perguntas em aberto
record-latest = Mais recente
record-unknown = Ainda não tenho nada registrado sobre { $platform }. As plataformas que conheço aparecem enquanto você digita.
command-policy = posicao
command-policy-does = A posição de uma plataforma sobre IA: treinamento, exclusão, rótulos, vozes.
option-platform-policy = A plataforma que interessa a você.

record-subject-training = Treinamento com sua música
record-subject-licensing-on = Repasse para IA
record-subject-opting-out = Exclusão voluntária
record-subject-ai-uploads = Música feita com IA
record-subject-labels = Rótulos para música de IA
record-subject-voice-likeness = Vozes copiadas
record-subject-royalties = Pagamento por música de IA

record-position-allows = permitido
record-position-allows-unless-you-opt-out = permitido, a menos que você recuse
record-position-only-with-consent = só com seu consentimento
record-position-forbids = proibido
record-position-limits = limitado
record-position-requires = obrigatório
record-position-marks = marcado pela plataforma
record-position-offers = oferecido
record-position-silent = os textos não dizem nada
record-position-unknown = desconhecido
