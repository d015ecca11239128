"""What each button under a post does, and what it answers to the person who pressed it."""
