# What stands around a story in a post.

post-language = en
post-update = Update
post-update-of = Update ({ $turn })
post-correction = Correction
post-turn-denial = denial
post-turn-clarification = clarification
post-turn-correction = correction
post-turn-reversal = reversal
post-turn-ruling = ruling
post-turn-settlement = settlement
post-turn-new-text = new wording
post-turn-effect-date = date set
post-turn-apology = apology
post-turn-refusal = refusal
post-turn-motion = motion
post-turn-hearing = hearing
post-turn-appeal = appeal
post-turn-amended-claim = amended claim
post-turn-vote = vote
post-turn-takedown = takedown
post-turn-reaction = reaction
post-developing = Developing: one outlet so far.
post-other-side = The other side
post-still-open = Still open
post-to-do = What you can do
post-wording = The wording
post-now = Now
post-before = Before
post-corrected = Corrected
post-sources =
    { $count ->
        [one] Source
       *[other] Sources
    }
post-more = and { $count } more
post-deadline = Deadline
post-deadline-effect = Takes effect
post-deadline-opt-out = Opt-out ends
post-deadline-consultation = Consultation closes
post-deadline-other = Deadline
post-reminder = Reminder
post-digest =
    { $count ->
        [one] { $count } story on AI and music
       *[other] { $count } stories on AI and music
    }
post-digest-also = Also
post-notice = From the bot
post-page = Story page
post-topic-terms-training = Terms and training
post-topic-opt-out = Opt-outs
post-topic-licensing-deal = Licensing deals
post-topic-lawsuit = Lawsuits
post-topic-legislation = Laws
post-topic-labelling-or-ban = Labels and bans
post-topic-voice-likeness = Voices and likeness
post-topic-royalties-fraud = Royalties and fraud
post-topic-campaign = Campaigns
post-topic-guidance = Guidance

# Buttons under a post: at most 80 characters, better a word or two.

button-sources = Sources
button-history = History
button-why = Why?
button-irrelevant = Not relevant
button-follow = Follow
button-mute = Mute
button-calendar = Calendar
button-undo = Undo
button-approve = Approve
button-headline = Headline
button-skip = Skip
button-open-calendar = Open in Google Calendar

# Answers to a press on one of them, seen by that person alone.

answer-gone = I no longer have this story. Try /latest.
answer-sources = Who reported it, first to last:
answer-history = { $platform } on AI, by what I have on record:
answer-history-none = I have nothing on record for { $platforms } yet beyond this story.
answer-no-platform = This story names no platform that I keep a record of.
answer-why = Why you see this:
answer-why-story = Topic: { $topic }. About: { $platforms }. Outlets so far: { $outlets }.
answer-why-place = It came here because this place asked for: { $wanted }.
answer-everything = everything
answer-why-evidence = What spoke for it in the first report:
answer-irrelevant = Noted, thank you: whoever runs me will see it. It stays here for the others.
answer-irrelevant-again = You said so already, and it is kept.
answer-undone = Taken back.
answer-followed = Done: I write you directly when this story goes on. Please allow direct messages from this server.
answer-follows-already = You follow this story already.
answer-unfollowed = You no longer follow this story.
answer-muted = Done: no more updates of this story in { $place }.
answer-unmuted = Updates of this story come to { $place } again.
answer-mute-managers = Only people with *Manage Server* can mute a story for everybody here.
answer-mute-nowhere = Nothing is subscribed in this place, so there is nothing to mute.
answer-calendar = { $what }: { $when }. Open the file to put it into your calendar.
answer-no-deadline = I know of no date for this story any more.
answer-trouble = Something went wrong on my side and nothing was changed. Try again in a minute.

# A story's card for those who decide whether it goes out.

approval-waits = Waits for your word.
approval-approved = Approved by { $who }
approval-skipped = Skipped by { $who }
approval-released = Nobody decided in time, so it went out by itself.
approval-decision = Decision
button-unfollow = Unfollow
approval-done = Done: it goes out now.
approval-skip-done = Done: it does not go out here.
approval-too-late = This was decided already.
approval-managers = Only people with *Manage Server* may decide here.
approval-headline-title = Edit the headline
approval-headline-field = Headline
