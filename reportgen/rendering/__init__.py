"""A draft in, bytes out: one module a format."""
