"""The sample fortnight: invented feeds and pages served on loopback and run through the real pipeline."""
