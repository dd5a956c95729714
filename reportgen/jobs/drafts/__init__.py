"""From the files of a workspace to a draft, with its charts and what it was made from."""
