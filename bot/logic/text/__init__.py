"""Text made comparable, measured and harmless: the floor that every other room stands on."""
