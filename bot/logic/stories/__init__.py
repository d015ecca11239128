"""What was done by whom, which entries tell of one event, and which later turn an entry tells."""
