"""Two drafts compared: aligned, merged, marked, proved."""
