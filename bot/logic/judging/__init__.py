"""Whether an entry is our subject, how sure that is, and what it is about."""
