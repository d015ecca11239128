# What commands answer on Discord.

# ---- general

guild-only = This works in a server that I am in. Open that server and use it there.
needs-manager = Only people with *Manage Server*, or the role that this server named, can change what it gets. For yourself, use /subscribe in a direct message with me.
needs-manage-server = Only people with *Manage Server* can do this. Ask one of them.
trouble = Something went wrong on my side and nothing was changed. Try again in a minute; if it stays so, tell whoever runs this bot (/about) the words “{ $reference }”.
too-slow = That took too long and I stopped it. Try again in a minute.
panel-over = These buttons are from an earlier answer and no longer work. Use the command again; nothing was lost.
list-and = { $first } and { $last }
by-dm = your direct messages
and-more = { $first } and { $more } more

# ---- what a subscription wants, and when

wants-everything = everything
wants-one-story = updates of one story
wants-words = with { $words }
wants-no-words = without { $words }
when-now = as it happens
when-daily = daily at { $time } ({ $zone })
when-weekly = { $day }, { $time } ({ $zone })
when-quiet = quiet { $begin }–{ $end } ({ $zone })
with-reminders = reminders of deadlines
mentions = mentions { $role }
urgency-now = As it happens
urgency-daily = Once a day, together
urgency-weekly = Once a week, together
threading-reply = Updates answer the first post
threading-thread = Each story gets a thread
day-0 = Monday
day-1 = Tuesday
day-2 = Wednesday
day-3 = Thursday
day-4 = Friday
day-5 = Saturday
day-6 = Sunday

# ---- subscribing

subscribed = Done. From now on { $place } gets: { $what } · { $when }. Nothing old is posted; /latest shows what there was. /subscriptions changes or ends it.
subscribed-already = { $place } has this subscription already ({ $what } · { $when }). Nothing was changed.
goes-on = It was paused and goes on now.
unsubscribed = Done. No longer for { $place }: { $what }.
dm-hello = Hello! This is where your stories will come. /subscriptions changes or ends that, /forget deletes what I know of you.
dm-closed = I can't write to you directly. Allow direct messages from this server (or from apps) in your privacy settings, then try again.
missing-rights = I can't post in { $place } yet. Give me { $rights } there (Edit Channel → Permissions → add my role), then try again.
hint-history = Tip: give me *Read Message History* there too. With it I answer a story's first message, and after a crash I can see whether a message arrived.
hint-role = I can't notify { $role } there yet: switch on “Allow anyone to @mention this role”, or give me *Mention @everyone, @here and All Roles*.
never-everyone = I never mention everyone. Choose another role, or none.
no-such-place = I can't see { $place }. Give me *View Channel* there, then try again.
wrong-place = I can't post in { $place }. Choose a text, announcement or forum channel, or a thread.
unknown-platform =
    { $found ->
        [0] I do not know a platform called “{ $typed }”. Leave it out to hear of every platform.
       *[other] I do not know a platform called “{ $typed }”. Did you mean { $near }?
    }
unknown-topic =
    { $found ->
        [0] I do not know a topic called “{ $typed }”. Leave it out to hear of every topic.
       *[other] I do not know a topic called “{ $typed }”. Did you mean { $near }?
    }
unknown-zone = I do not know a time zone called “{ $typed }”. Name one such as { $near }.
unknown-time = I do not understand the time “{ $typed }”. Write it like 09:00.
unknown-quiet = I do not understand the quiet hours “{ $typed }”. Write them like 22:00-07:00.
too-many-words = That is too much to look for: at most { $most } words or phrases of up to { $longest } characters each.

# ---- the list

subscriptions-title = Subscriptions
no-subscriptions = This server gets nothing from me yet. Use /setup, or /subscribe in the channel that should.
no-own-subscriptions = You get nothing from me by direct message yet. Use /subscribe.
page-of = { $count } in all · page { $page } of { $pages }
pick-one = Pick one below to edit, pause, move or delete it
paused = Paused: { $why }
paused-by-you = Paused until you resume it
paused-notice = I have paused { $place }: { $why } Nothing is lost; what came meanwhile is posted when it goes on. After 30 days I let go of it.
channel-gone = the channel was deleted. Choose another one with /subscribe.
no-such-subscription = I found no subscription called “{ $typed }” here. Pick one from the list that opens while you type.
gone-already = This subscription is gone already. Use /subscriptions to see what there is.
twin = There is a subscription just like that already. Delete one of the two instead.
now-paused = Paused: { $what } for { $place }. What comes meanwhile is not posted later.
now-resumed = On again: { $what } for { $place }.
brought-back = Back again: { $what } for { $place }.
moved = Moved: { $what } now goes to { $place }.
saved = Saved. { $place } gets { $what }.

# ---- the panel

welcome = Hello { $server }! I read the small print for musicians: when terms, lawsuits, deals or laws about AI and music change, I tell you once, with the exact words and both sides. Somebody with *Manage Server* can start me with the button or /setup. I post nothing before that.
no-channel-yet = (choose a channel)
panel-wish = { $place } gets { $what } · { $when }
trial =
    { $count ->
        [one] The last 30 days would have brought { $count } story, about { $week } a week.
       *[other] The last 30 days would have brought { $count } stories, about { $week } a week.
    }
trial-few =
    { $count ->
        [one] The last 30 days would have brought { $count } story, less than one a week.
       *[other] The last 30 days would have brought { $count } stories, less than one a week.
    }
trial-none = The last 30 days would have brought nothing.
menu-channel = Which channel?
menu-platforms = Platforms (none: all)
menu-topics = Topics (none: all)
menu-urgency = When?
menu-role = Mention a role? (none: nobody)
menu-threads = Updates of a story
menu-language = Language around the stories
menu-subscription = Pick one to change it
button-setup = Set up
button-start = Start
button-save = Save
button-words = Words and times…
button-more = Role and more…
button-back = Back
button-reminders-on = Remind of deadlines
button-reminders-off = No reminders
button-previous = Previous
button-next = Next
button-edit = Edit
button-pause = Pause
button-resume = Resume
button-move = Move
button-delete = Delete
form-title = Words and times
form-include = Only with one of these words (commas)
form-exclude = Never with these words (commas)
form-time = Time of digests
form-zone = Time zone
form-quiet = Quiet hours (- for none)
test-title = What would have come
test-nothing = { $place }: nothing is subscribed there, so nothing would have come. Use /setup or /subscribe.

# ---- stories

latest-title = Latest stories
latest-footer = Ask for one platform or topic with the options of /latest
nothing-yet = I have no such story yet. Try /latest without a platform or topic.
search-title = Stories with “{ $text }”
search-none = I found no story with “{ $text }”. Try fewer or shorter words, or /latest.
story-unknown = I know no story like “{ $typed }”. Pick one from the list that opens while you type, or use /search.
why-title = Why I told this
why-not-title = Why I did not tell this
why-unknown = I have not seen an entry with the address { $address }. Check it, or use /suggest to have its source watched.
why-topic = Topic: { $topic }. About: { $platforms }.
why-nothing-named = no platform in particular
why-outlets = Reported by: { $outlets }
why-evidence = What spoke for it in the first report:
why-against = What I saw in it:
why-here =
    { $count ->
        [0] It was not posted in this place.
        [one] It was posted here { $count } time.
       *[other] It was posted here { $count } times.
    }
sources-title = What I watch
sources-summary =
    { $count ->
        [one] { $count } source: { $well } well, { $ill } in trouble.
       *[other] { $count } sources: { $well } well, { $ill } in trouble.
    }
sources-last = last news { $when }
sources-never = not read yet
sources-page = page { $page } of { $pages }
source-well = well
source-ill = in trouble
source-new = not read yet
suggested = Thank you. I have kept “{ $text }” for whoever runs me; they decide what is watched.
suggested-enough = You have made { $most } suggestions that nobody has looked at yet. Please wait until somebody has.
suggest-empty = Tell me the address or the name of the source.

# ---- the server

settings-title = Settings of this server
settings-language = Language
settings-zone = Time zone
settings-role = May manage subscriptions
settings-only-managers = people with *Manage Server*
settings-and-role = people with *Manage Server*, and { $role }
settings-approval = Approval
settings-approval-off = off: stories are posted at once
settings-approval-never = in { $place }; nothing is posted before somebody approves it
settings-approval-hours =
    { $hours ->
        [one] in { $place }; posted by itself after { $hours } hour
       *[other] in { $place }; posted by itself after { $hours } hours
    }
settings-default = as Discord says
settings-saved = Saved.
settings-hours-need-channel = Hours are for approval. Name the channel for it too.
settings-approval-private = Everybody can read { $place }. Stories waiting for approval are better seen by your team only.
settings-role-hint = To show them hidden commands too, allow that role under Server Settings → Integrations.
check-title = Permissions here
check-fine = ✅ { $place }
check-missing = ⚠️ { $place }: give me { $rights } there (Edit Channel → Permissions → add my role).
check-gone = ❌ { $place }: gone, or I can't see it. Give me *View Channel* there, or move its subscription with /subscriptions.
check-paused = paused: { $why }
check-resumed = goes on from now
check-none = Nothing is subscribed here yet, so there is nothing to check. Use /setup.
help-title = What I can do
help-for-managers = For managers of a server
help-for-all = For everybody
about-what = I read the small print for musicians: news and terms about AI as it touches music. Reports of one event become one story, told once, with the exact words and who said them.
about-watch-title = What I watch
about-watch =
    { $sources ->
        [one] { $sources } source, for { $names } platforms and organisations.
       *[other] { $sources } sources, for { $names } platforms and organisations.
    }
about-never-title = What I never do
about-never = Read your messages, write to you unasked, mention @everyone, repeat a story, or put words into anybody's mouth: every sentence comes from a source that I link.
about-who-title = Who runs me
about-contact = Reach whoever runs this copy: { $contact }
about-source = Source code: { $source }
about-version = Version { $version }
privacy-title = What I keep, and what not
privacy-not = I read no messages: I am not told what you write, only what you ask me by command or button.
privacy-server = Of a server: its id and name, what it subscribed to and where, its settings, and which messages I posted.
privacy-person = Of you: your id with the subscriptions that you made, with “not relevant” marks, followed stories and suggestions. No name is kept, but for the one on your own direct messages.
privacy-end = 30 days after a server removes me, what I know of it is deleted. /forget deletes it at once, for you or for your server.
forget-ask-me = Delete all that I know of you? Your own subscriptions, followed stories, marks and suggestions go. What you set up for servers stays, without your name.
forget-ask-server = Delete all that I know of this server? Its subscriptions, settings and the memory of what I posted go. The posts themselves stay.
forget-done-me =
    { $count ->
        [one] Done. I know nothing of you any more; { $count } subscription went.
       *[other] Done. I know nothing of you any more; { $count } subscriptions went.
    }
forget-done-server =
    { $count ->
        [one] Done. I know nothing of this server any more; { $count } subscription went.
       *[other] Done. I know nothing of this server any more; { $count } subscriptions went.
    }
forget-kept = Nothing was deleted.
button-forget = Delete
button-keep = Keep
