"""What a case owes under reporting laws: when, and what is still missing."""
