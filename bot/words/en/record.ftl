# Where a platform stands: /policy on Discord, “policy” to the Mastodon account.

record-title = Where { $platform } stands on AI
record-since = since { $date }
record-seen = first seen { $date }, since when is not known
record-corrected = Corrected: { $reason }
record-said = What { $platform } said
record-questions = Open questions
record-latest = Latest
record-unknown = I have nothing on record for { $platform } yet. The platforms that I know are offered while you type.
command-policy = policy
command-policy-does = Where a platform stands on AI: training, opting out, labels, voices.
option-platform-policy = The platform that you want to know about.

record-subject-training = Training on your music
record-subject-licensing-on = Passing it on for AI
record-subject-opting-out = Opting out
record-subject-ai-uploads = Music made with AI
record-subject-labels = Labels for AI music
record-subject-voice-likeness = Copied voices
record-subject-royalties = Pay for AI music

record-position-allows = allowed
record-position-allows-unless-you-opt-out = allowed unless you opt out
record-position-only-with-consent = only with your consent
record-position-forbids = forbidden
record-position-limits = limited
record-position-requires = required
record-position-marks = marked by the platform
record-position-offers = offered
record-position-silent = its texts say nothing
record-position-unknown = unknown
