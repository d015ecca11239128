"""From stories to destinations, exactly once, and what follows a post."""
