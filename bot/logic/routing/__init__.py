"""Who gets a story, where, and when."""
