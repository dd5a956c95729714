"""What was submitted: sealed in bags, chained in a ledger, found in a catalog."""
