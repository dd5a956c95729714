"""Where stages meet: the only room with files, clock and cache."""
