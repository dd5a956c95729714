"""Ways to print problems: one module a format."""
