"""Pure decisions: no await, clock, chance, input, output or logging. Reasons come back as data."""
