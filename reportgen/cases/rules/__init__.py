"""Rules across the fields of a case: pure functions from a case to its problems."""
