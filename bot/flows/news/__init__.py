"""From sources to stories."""
