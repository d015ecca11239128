"""The way out: one file for each kind of destination."""
