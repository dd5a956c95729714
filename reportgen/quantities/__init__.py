"""Numbers and dates that know how sure they are: the kernel, free to all."""
