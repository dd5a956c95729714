"""The rules of the lint: one module a rule, or a family of rules."""
