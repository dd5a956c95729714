"""The index as a file: one module a format."""
