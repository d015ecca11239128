"""Posts as Discord shows them on a phone, to be looked at by a person."""
