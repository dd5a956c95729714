"""What the archive says: its catalog, kept up to date, and what was said before."""
