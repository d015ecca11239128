"""Watched documents, their sentences, clause changes, and the record made of them."""
