"""Files that came back: read with suspicion, each edit put at its sentence."""
