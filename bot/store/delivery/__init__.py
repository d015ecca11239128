"""The outbox, digests, revisions of posts, reminders."""
