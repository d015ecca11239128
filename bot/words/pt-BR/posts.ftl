# What stands around a story in a post.

post-language = pt-BR
post-update = Novidade
post-update-of = Novidade ({ $turn })
post-correction = Correção
post-turn-denial = negação
post-turn-clarification = esclarecimento
post-turn-correction = correção
post-turn-reversal = recuo
post-turn-ruling = decisão
post-turn-settlement = acordo
post-turn-new-text = novo texto
post-turn-effect-date = data definida
post-turn-apology = pedido de desculpas
post-turn-refusal = recusa
post-turn-motion = petição ao tribunal
post-turn-hearing = audiência
post-turn-appeal = recurso
post-turn-amended-claim = ação emendada
post-turn-vote = votação
post-turn-takedown = remoção
post-turn-reaction = reação
post-developing = Em andamento: só um veículo até agora.
post-other-side = O outro lado
post-still-open = Ainda em aberto
post-to-do = O que você pode fazer
post-wording = O texto
post-now = Agora
post-before = Antes
post-corrected = Corrigido
post-sources =
    { $count ->
        [one] Fonte
       *[other] Fontes
    }
post-more = e mais { $count }
post-deadline = Prazo
post-deadline-effect = Entra em vigor
post-deadline-opt-out = Fim do prazo para sair
post-deadline-consultation = Encerramento da consulta
post-deadline-other = Prazo
post-reminder = Lembrete
post-digest =
    { $count ->
        [one] { $count } notícia sobre IA e música
       *[other] { $count } notícias sobre IA e música
    }
post-digest-also = Também
post-notice = Do bot
post-page = Página
post-topic-terms-training = Termos e treinamento
post-topic-opt-out = Exclusão
post-topic-licensing-deal = Acordos de licença
post-topic-lawsuit = Processos
post-topic-legislation = Leis
post-topic-labelling-or-ban = Rótulos e proibições
post-topic-voice-likeness = Voz e imagem
post-topic-royalties-fraud = Royalties e fraude
post-topic-campaign = Campanhas
post-topic-guidance = Orientações

# Buttons under a post: at most 80 characters, better a word or two.

button-sources = Fontes
button-history = Histórico
button-why = Por quê?
button-irrelevant = Não é relevante
button-follow = Seguir
button-mute = Silenciar
button-calendar = Agenda
button-undo = Desfazer
button-approve = Aprovar
button-headline = Título
button-skip = Pular
button-open-calendar = Abrir no Google Agenda

# Answers to a press on one of them, seen by that person alone.

answer-gone = Não tenho mais esta notícia. Tente /latest.
answer-sources = Quem noticiou, em ordem:
answer-history = { $platform } e a IA, segundo o que tenho registrado:
answer-history-none = Ainda não tenho nada sobre { $platforms } além desta notícia.
answer-no-platform = Esta notícia não cita nenhuma plataforma que eu acompanhe.
answer-why = Por que você vê isto:
answer-why-story = Tema: { $topic }. Sobre: { $platforms }. Veículos até agora: { $outlets }.
answer-why-place = Chegou aqui porque aqui se pediu: { $wanted }.
answer-everything = tudo
answer-why-evidence = O que pesou na primeira notícia:
answer-irrelevant = Anotado, obrigado: quem me administra vai ver. Para os outros, fica.
answer-irrelevant-again = Você já disse isso, e está anotado.
answer-undone = Desfeito.
answer-followed = Pronto: escrevo para você em particular quando houver novidade. Permita mensagens diretas deste servidor.
answer-follows-already = Você já segue esta notícia.
answer-unfollowed = Você não segue mais esta notícia.
answer-muted = Pronto: sem mais novidades desta notícia em { $place }.
answer-unmuted = As novidades desta notícia voltam a { $place }.
answer-mute-managers = Só quem tem *Gerenciar servidor* pode silenciar uma notícia aqui para todos.
answer-mute-nowhere = Aqui não há nenhuma assinatura para silenciar.
answer-calendar = { $what }: { $when }. Abra o arquivo para pôr na sua agenda.
answer-no-deadline = Não conheço mais nenhuma data desta notícia.
answer-trouble = Algo deu errado do meu lado e nada mudou. Tente de novo em um minuto.

# A story's card for those who decide whether it goes out.

approval-waits = Espera a sua palavra.
approval-approved = Aprovado por { $who }
approval-skipped = Pulado por { $who }
approval-released = Ninguém decidiu a tempo, então saiu por si só.
approval-decision = Decisão
button-unfollow = Deixar de seguir
approval-done = Pronto: vai sair agora.
approval-skip-done = Pronto: não será publicado aqui.
approval-too-late = Isto já foi decidido.
approval-managers = Aqui só decide quem tem *Gerenciar servidor*.
approval-headline-title = Editar o título
approval-headline-field = Título
