"""What is found in an archive, for people and for programs: one module a kind of answer."""
