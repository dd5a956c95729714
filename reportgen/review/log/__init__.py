"""Who said what of a letter: entries, verdicts, approvals, and whether they still hold."""
