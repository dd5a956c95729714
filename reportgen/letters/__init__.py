"""From a letter's file, its cases and its prose to a draft."""
