"""From a draft to the files of a letter, one or a set, as drafts or final."""
