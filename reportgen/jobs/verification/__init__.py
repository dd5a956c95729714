"""What was sealed, proved: read, built again, compared."""
