"""From watched documents to clause changes."""
