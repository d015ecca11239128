"""What the public site answers to programs."""
