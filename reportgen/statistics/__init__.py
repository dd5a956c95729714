"""What follows from the facts of one or more cases."""
