"""What was sent, put on record: sealed, followed up, corrected, disposed of."""
