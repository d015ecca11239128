# Answers to people who write to the Mastodon account. Each must stay under 400 characters.

mastodon-help =
    I tell of AI rules in music: terms, lawsuits, deals, laws. You can write me:
    subscribe soundcloud lawsuits – alerts by direct message (daily or weekly, if you add that)
    subscriptions · unsubscribe 1 · stop
    latest suno – the newest stories
    policy soundcloud – where it stands
    why – as a reply to one of my posts
mastodon-contact = Whoever runs me: { $contact }
mastodon-subscribed = You will hear of { $what } by direct message, at most { $most } a day. “subscriptions” shows your alerts, “stop” ends them.
mastodon-no-alerts = This account sends no alerts. Follow it for its posts, or write “latest”.
mastodon-too-many = You have { $most } alerts, which is as many as one person can have. End one first: “subscriptions” shows them.
mastodon-unknown-name = I do not know “{ $name }”, so nothing was changed. Name platforms such as SoundCloud and topics such as lawsuits.
mastodon-did-you-mean = Did you mean { $names }?
mastodon-none = You have no alerts. Write “subscribe soundcloud lawsuits” for some.
mastodon-list = Your alerts:
mastodon-which = Which one? Write “unsubscribe” and its number, or “stop” for all:
mastodon-unsubscribed = Ended: { $what }.
mastodon-stopped = You get no more alerts from me. Write “subscribe” whenever you want them again.
mastodon-latest = The latest:
mastodon-latest-none = I have no such story yet.
mastodon-why = Why I told “{ $title }”:
mastodon-why-about = Topic: { $topic }. About: { $platforms }. Reported by: { $outlets }.
mastodon-why-ask = Reply “why” to one of my posts, or add the address of a report.
mastodon-why-unknown = I told no story with that address.
mastodon-policy = { $platform } on AI, by what I have on record:
mastodon-policy-ask = Of which platform? Write “policy soundcloud”.
mastodon-policy-unknown = I have nothing on record for { $platform } yet.
mastodon-slow-down = You have written a lot in an hour. I answer again in a while; your alerts go on.
mastodon-any-platform = every platform
mastodon-any-topic = every topic
mastodon-daily = daily
mastodon-weekly = weekly

mastodon-topic-terms-training = terms and training
mastodon-topic-opt-out = opting out
mastodon-topic-licensing-deal = licensing deals
mastodon-topic-lawsuit = lawsuits
mastodon-topic-legislation = laws
mastodon-topic-labelling-or-ban = labels and bans
mastodon-topic-voice-likeness = voices and likeness
mastodon-topic-royalties-fraud = royalties and fraud
mastodon-topic-campaign = campaigns
mastodon-topic-guidance = guidance

mastodon-post-developing = Developing: one outlet so far.
mastodon-post-other-side = The other side
mastodon-post-still-open = Still open
mastodon-post-to-do = What you can do
mastodon-post-wording = The wording
mastodon-post-replaced = Before
mastodon-post-also = Also
mastodon-post-corrected = Corrected
mastodon-post-deadline = Deadline
mastodon-post-correction = Correction
mastodon-post-update = Update
mastodon-post-digest = News on AI and music
mastodon-post-more = and { $count } more

mastodon-turn-denial = denial
mastodon-turn-clarification = clarification
mastodon-turn-correction = correction
mastodon-turn-reversal = reversal
mastodon-turn-ruling = ruling
mastodon-turn-settlement = settlement
mastodon-turn-new-text = new wording
mastodon-turn-effect-date = date set
mastodon-turn-apology = apology
mastodon-turn-refusal = refusal
mastodon-turn-motion = motion
mastodon-turn-hearing = hearing
mastodon-turn-appeal = appeal
mastodon-turn-amended-claim = amended claim
mastodon-turn-vote = vote
mastodon-turn-takedown = takedown
mastodon-turn-reaction = reaction
