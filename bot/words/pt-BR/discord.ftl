# Respostas aos comandos no Discord.

# ---- general

guild-only = Isso funciona em um servidor onde eu estou. Abra esse servidor e use lá.
needs-manager = Só quem tem *Gerenciar servidor*, ou o cargo que este servidor indicou, pode mudar o que ele recebe. Para você, use /{ command-subscribe } em uma mensagem direta comigo.
needs-manage-server = Só quem tem *Gerenciar servidor* pode fazer isso. Peça a uma dessas pessoas.
trouble = Algo deu errado do meu lado e nada foi mudado. Tente de novo em um minuto; se continuar, diga a quem me mantém (/{ command-about }) as palavras “{ $reference }”.
too-slow = Demorou demais e eu parei. Tente de novo em um minuto.
panel-over = Estes botões são de uma resposta anterior e não funcionam mais. Use o comando de novo; nada se perdeu.
list-and = { $first } e { $last }
by-dm = suas mensagens diretas
and-more = { $first } e mais { $more }

# ---- what a subscription wants, and when

wants-everything = tudo
wants-one-story = novidades de uma história
wants-words = com { $words }
wants-no-words = sem { $words }
when-now = assim que acontece
when-daily = todo dia às { $time } ({ $zone })
when-weekly = { $day }, { $time } ({ $zone })
when-quiet = silêncio { $begin }–{ $end } ({ $zone })
with-reminders = lembretes de prazos
mentions = menciona { $role }
urgency-now = Assim que acontece
urgency-daily = Uma vez por dia, junto
urgency-weekly = Uma vez por semana, junto
threading-reply = Novidades respondem à primeira mensagem
threading-thread = Cada história tem seu tópico
day-0 = Segunda-feira
day-1 = Terça-feira
day-2 = Quarta-feira
day-3 = Quinta-feira
day-4 = Sexta-feira
day-5 = Sábado
day-6 = Domingo

# ---- subscribing

subscribed = Pronto. A partir de agora para { $place }: { $what } · { $when }. Nada antigo é postado; /{ command-latest } mostra o que houve. /{ command-subscriptions } muda ou encerra isso.
subscribed-already = Esta assinatura já existe para { $place } ({ $what } · { $when }). Nada foi mudado.
goes-on = Estava em pausa e agora continua.
unsubscribed = Pronto. Não mais para { $place }: { $what }.
dm-hello = Olá! Suas histórias chegarão aqui. /{ command-subscriptions } muda ou encerra isso, /{ command-forget } apaga o que sei de você.
dm-closed = Não consigo escrever para você diretamente. Permita mensagens diretas deste servidor (ou de aplicativos) nas suas configurações de privacidade e tente de novo.
missing-rights = Ainda não posso escrever em { $place }. Dê-me { $rights } lá (Editar canal → Permissões → adicionar meu cargo) e tente de novo.
hint-history = Dica: dê-me também *Ver histórico de mensagens* lá. Assim respondo à primeira mensagem de uma história e, depois de uma falha, vejo se uma mensagem chegou.
hint-role = Ainda não posso avisar { $role } lá: permita que todos mencionem esse cargo, ou dê-me *Mencionar @everyone, @here e todos os cargos*.
never-everyone = Nunca menciono todo mundo. Escolha outro cargo, ou nenhum.
no-such-place = Não vejo { $place }. Dê-me *Ver canal* lá e tente de novo.
wrong-place = Não posso escrever em { $place }. Escolha um canal de texto, de anúncios ou um fórum, ou um tópico.
unknown-platform =
    { $found ->
        [0] Não conheço uma plataforma chamada “{ $typed }”. Deixe vazio para receber todas.
       *[other] Não conheço uma plataforma chamada “{ $typed }”. Você quis dizer { $near }?
    }
unknown-topic =
    { $found ->
        [0] Não conheço um tema chamado “{ $typed }”. Deixe vazio para receber todos.
       *[other] Não conheço um tema chamado “{ $typed }”. Você quis dizer { $near }?
    }
unknown-zone = Não conheço um fuso horário chamado “{ $typed }”. Diga um como { $near }.
unknown-time = Não entendo a hora “{ $typed }”. Escreva como 09:00.
unknown-quiet = Não entendo as horas de silêncio “{ $typed }”. Escreva como 22:00-07:00.
too-many-words = É demais para procurar: no máximo { $most } palavras ou frases de até { $longest } caracteres cada.

# ---- the list

subscriptions-title = Assinaturas
no-subscriptions = Este servidor ainda não recebe nada de mim. Use /{ command-setup }, ou /{ command-subscribe } no canal que deve receber.
no-own-subscriptions = Você ainda não recebe nada de mim por mensagem direta. Use /{ command-subscribe }.
page-of = { $count } no total · página { $page } de { $pages }
pick-one = Escolha uma abaixo para editar, pausar, mover ou apagar
paused = Em pausa: { $why }
paused-by-you = Em pausa até você retomar
paused-notice = Pausei { $place }: { $why } Nada se perde; o que veio nesse meio-tempo é postado quando continuar. Depois de 30 dias eu desisto.
channel-gone = o canal foi apagado. Escolha outro com /{ command-subscribe }.
no-such-subscription = Não encontro aqui uma assinatura chamada “{ $typed }”. Escolha uma da lista que se abre ao digitar.
gone-already = Esta assinatura não existe mais. /{ command-subscriptions } mostra as que há.
twin = Já existe uma assinatura igual. Apague uma das duas.
now-paused = Em pausa: { $what } para { $place }. O que vier nesse meio-tempo não é postado depois.
now-resumed = De novo ligada: { $what } para { $place }.
brought-back = De volta: { $what } para { $place }.
moved = Movida: { $what } agora vai para { $place }.
saved = Salvo. Para { $place }: { $what }.

# ---- the panel

welcome = Olá { $server }! Leio as letras miúdas para quem faz música: quando mudam termos, processos, acordos ou leis sobre IA e música, conto uma vez, com as palavras exatas e os dois lados. Quem tem *Gerenciar servidor* pode começar com o botão ou /{ command-setup }. Antes disso não posto nada.
no-channel-yet = (escolha um canal)
panel-wish = { $place }: { $what } · { $when }
trial =
    { $count ->
        [one] Os últimos 30 dias teriam trazido { $count } história, umas { $week } por semana.
       *[other] Os últimos 30 dias teriam trazido { $count } histórias, umas { $week } por semana.
    }
trial-few =
    { $count ->
        [one] Os últimos 30 dias teriam trazido { $count } história, menos de uma por semana.
       *[other] Os últimos 30 dias teriam trazido { $count } histórias, menos de uma por semana.
    }
trial-none = Os últimos 30 dias não teriam trazido nada.
menu-channel = Qual canal?
menu-platforms = Plataformas (nenhuma: todas)
menu-topics = Temas (nenhum: todos)
menu-urgency = Quando?
menu-role = Mencionar um cargo? (nenhum: ninguém)
menu-threads = Novidades de uma história
menu-language = Idioma em volta das histórias
menu-subscription = Escolha uma para mudar
button-setup = Configurar
button-start = Começar
button-save = Salvar
button-words = Palavras e horas…
button-more = Cargo e mais…
button-back = Voltar
button-reminders-on = Lembrar prazos
button-reminders-off = Sem lembretes
button-previous = Anterior
button-next = Próxima
button-edit = Editar
button-pause = Pausar
button-resume = Retomar
button-move = Mover
button-delete = Apagar
form-title = Palavras e horas
form-include = Só com uma destas palavras (vírgulas)
form-exclude = Nunca com estas palavras (vírgulas)
form-time = Hora dos resumos
form-zone = Fuso horário
form-quiet = Horas de silêncio (- para nenhuma)
test-title = O que teria vindo
test-nothing = { $place }: nada é assinado lá, então nada teria vindo. Use /{ command-setup } ou /{ command-subscribe }.

# ---- stories

latest-title = Últimas histórias
latest-footer = As opções de /{ command-latest } pedem uma plataforma ou um tema
nothing-yet = Ainda não tenho uma história assim. Tente /{ command-latest } sem plataforma nem tema.
search-title = Histórias com “{ $text }”
search-none = Não encontro uma história com “{ $text }”. Tente menos palavras ou mais curtas, ou /{ command-latest }.
story-unknown = Não conheço uma história como “{ $typed }”. Escolha uma da lista que se abre ao digitar, ou use /{ command-search }.
why-title = Por que contei isto
why-not-title = Por que não contei isto
why-unknown = Não vi uma notícia com o endereço { $address }. Confira, ou sugira a fonte com /{ command-suggest }.
why-topic = Tema: { $topic }. Sobre: { $platforms }.
why-nothing-named = nenhuma plataforma em particular
why-outlets = Noticiado por: { $outlets }
why-evidence = O que falava a favor na primeira notícia:
why-against = O que vi nela:
why-here =
    { $count ->
        [0] Não foi postado aqui.
        [one] Foi postado aqui { $count } vez.
       *[other] Foi postado aqui { $count } vezes.
    }
sources-title = O que acompanho
sources-summary =
    { $count ->
        [one] { $count } fonte: { $well } bem, { $ill } com problemas.
       *[other] { $count } fontes: { $well } bem, { $ill } com problemas.
    }
sources-last = última novidade { $when }
sources-never = ainda não lida
sources-page = página { $page } de { $pages }
source-well = bem
source-ill = com problemas
source-new = ainda não lida
suggested = Obrigado. Guardei “{ $text }” para quem me mantém; lá se decide o que é acompanhado.
suggested-enough = Ninguém viu ainda { $most } das suas sugestões. Espere até que alguém veja.
suggest-empty = Diga o endereço ou o nome da fonte.

# ---- the server

settings-title = Configurações deste servidor
settings-language = Idioma
settings-zone = Fuso horário
settings-role = Pode gerenciar assinaturas
settings-only-managers = quem tem *Gerenciar servidor*
settings-and-role = quem tem *Gerenciar servidor*, e { $role }
settings-approval = Aprovação
settings-approval-off = desligada: as histórias são postadas na hora
settings-approval-never = em { $place }; nada é postado antes que alguém aprove
settings-approval-hours =
    { $hours ->
        [one] em { $place }; postado sozinho depois de { $hours } hora
       *[other] em { $place }; postado sozinho depois de { $hours } horas
    }
settings-default = como o Discord diz
settings-saved = Salvo.
settings-hours-need-channel = As horas são para a aprovação. Diga também o canal dela.
settings-approval-private = Todos podem ler { $place }. O que espera aprovação é melhor que só a sua equipe veja.
settings-role-hint = Para mostrar a ele também os comandos ocultos, permita esse cargo em Configurações do servidor → Integrações.
check-title = Permissões aqui
check-fine = ✅ { $place }
check-missing = ⚠️ { $place }: dê-me { $rights } lá (Editar canal → Permissões → adicionar meu cargo).
check-gone = ❌ { $place }: sumiu, ou não vejo. Dê-me *Ver canal* lá, ou mova a assinatura com /{ command-subscriptions }.
check-paused = em pausa: { $why }
check-resumed = continua a partir de agora
check-none = Nada é assinado aqui ainda, então não há o que verificar. Use /{ command-setup }.
help-title = O que sei fazer
help-for-managers = Para quem gerencia um servidor
help-for-all = Para todos
about-what = Leio as letras miúdas para quem faz música: notícias e termos sobre IA na música. As notícias de um fato viram uma história, contada uma vez, com as palavras exatas e quem as disse.
about-watch-title = O que acompanho
about-watch =
    { $sources ->
        [one] { $sources } fonte, para { $names } plataformas e organizações.
       *[other] { $sources } fontes, para { $names } plataformas e organizações.
    }
about-never-title = O que nunca faço
about-never = Ler suas mensagens, escrever sem que peçam, mencionar @everyone, repetir uma história ou pôr palavras na boca de alguém: cada frase vem de uma fonte que eu linko.
about-who-title = Quem me mantém
about-contact = Para falar com quem me mantém: { $contact }
about-source = Código-fonte: { $source }
about-version = Versão { $version }
privacy-title = O que guardo e o que não
privacy-not = Não leio mensagens: só fico sabendo do que me pedem por comando ou botão.
privacy-server = De um servidor: o id e o nome, o que assinou e onde, as configurações e quais mensagens postei.
privacy-person = De você: seu id com as assinaturas que fez, com marcas de “não relevante”, histórias seguidas e sugestões. Nenhum nome, salvo o das suas próprias mensagens diretas.
privacy-end = 30 dias depois que um servidor me remove, o que sei dele é apagado. /{ command-forget } apaga na hora, para você ou seu servidor.
forget-ask-me = Apagar tudo o que sei de você? Vão embora suas assinaturas, histórias seguidas, marcas e sugestões. O que você configurou para servidores fica, sem o seu nome.
forget-ask-server = Apagar tudo o que sei deste servidor? Vão embora as assinaturas, as configurações e a memória do que postei. As mensagens em si ficam.
forget-done-me =
    { $count ->
        [one] Pronto. Não sei mais nada de você; { $count } assinatura foi apagada.
       *[other] Pronto. Não sei mais nada de você; { $count } assinaturas foram apagadas.
    }
forget-done-server =
    { $count ->
        [one] Pronto. Não sei mais nada deste servidor; { $count } assinatura foi apagada.
       *[other] Pronto. Não sei mais nada deste servidor; { $count } assinaturas foram apagadas.
    }
forget-kept = Nada foi apagado.
button-forget = Apagar
button-keep = Manter
