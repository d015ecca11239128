# Respostas a quem escreve para a conta do Mastodon. Cada uma abaixo de 400 caracteres.

mastodon-help =
    Aviso sobre regras de IA na música: termos, processos, acordos, leis. Escreva para mim:
    inscrever soundcloud processos – alertas por mensagem direta (diário ou semanal, se você disser)
    inscrições · remover 1 · parar
    últimas suno – as mais recentes
    política soundcloud – a posição dela
    por que – em resposta a uma publicação minha
mastodon-contact = Quem cuida de mim: { $contact }
mastodon-subscribed = Você vai receber { $what } por mensagem direta, no máximo { $most } por dia. “inscrições” mostra seus alertas, “parar” encerra tudo.
mastodon-no-alerts = Esta conta não envia alertas. Siga a conta ou escreva “últimas”.
mastodon-too-many = Você tem { $most } alertas, o máximo por pessoa. Encerre um antes: “inscrições” mostra todos.
mastodon-unknown-name = Não conheço “{ $name }”, então nada mudou. Diga plataformas como SoundCloud e temas como processos.
mastodon-did-you-mean = Você quis dizer { $names }?
mastodon-none = Você não tem alertas. Escreva, por exemplo, “inscrever soundcloud processos”.
mastodon-list = Seus alertas:
mastodon-which = Qual? Escreva “remover” e o número, ou “parar” para todos:
mastodon-unsubscribed = Encerrado: { $what }.
mastodon-stopped = Você não vai mais receber alertas meus. Escreva “inscrever” quando quiser de novo.
mastodon-latest = As mais recentes:
mastodon-latest-none = Ainda não tenho nada assim.
mastodon-why = Por que publiquei “{ $title }”:
mastodon-why-about = Tema: { $topic }. Trata de: { $platforms }. Segundo: { $outlets }.
mastodon-why-ask = Responda “por que” a uma publicação minha ou inclua o endereço de uma matéria.
mastodon-why-unknown = Não publiquei nada com esse endereço.
mastodon-policy = { $platform } e IA, segundo o que tenho registrado:
mastodon-policy-ask = De qual plataforma? Escreva “política soundcloud”.
mastodon-policy-unknown = Ainda não tenho nada registrado sobre { $platform }.
mastodon-slow-down = Você escreveu muito em uma hora. Respondo mais tarde; seus alertas continuam.
mastodon-any-platform = todas as plataformas
mastodon-any-topic = todos os temas
mastodon-daily = por dia
mastodon-weekly = por semana

mastodon-topic-terms-training = termos e treinamento
mastodon-topic-opt-out = exclusão voluntária
mastodon-topic-licensing-deal = acordos de licenciamento
mastodon-topic-lawsuit = processos
mastodon-topic-legislation = leis
mastodon-topic-labelling-or-ban = rotulagem e proibições
mastodon-topic-voice-likeness = voz e imagem
mastodon-topic-royalties-fraud = royalties e fraude
mastodon-topic-campaign = campanhas
mastodon-topic-guidance = diretrizes

mastodon-post-developing = Em andamento: só um veículo até agora.
mastodon-post-other-side = O outro lado
mastodon-post-still-open = Ainda em aberto
mastodon-post-to-do = O que você pode fazer
mastodon-post-wording = O texto
mastodon-post-replaced = Antes
mastodon-post-also = Também
mastodon-post-corrected = Corrigido
mastodon-post-deadline = Prazo
mastodon-post-correction = Correção
mastodon-post-update = Novidade
mastodon-post-digest = Novidades sobre IA e música
mastodon-post-more = e mais { $count }

mastodon-turn-denial = desmentido
mastodon-turn-clarification = esclarecimento
mastodon-turn-correction = correção
mastodon-turn-reversal = recuo
mastodon-turn-ruling = decisão
mastodon-turn-settlement = acordo
mastodon-turn-new-text = novo texto
mastodon-turn-effect-date = data definida
mastodon-turn-apology = pedido de desculpas
mastodon-turn-refusal = recusa
mastodon-turn-motion = petição ao tribunal
mastodon-turn-hearing = audiência
mastodon-turn-appeal = recurso
mastodon-turn-amended-claim = ação emendada
mastodon-turn-vote = votação
mastodon-turn-takedown = remoção
mastodon-turn-reaction = reação
