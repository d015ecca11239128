"""Sources, entries, stories and their editions."""
