"""The review of a letter: out to counsel and back, and the gate before a final copy."""
