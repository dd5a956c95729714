"""The ledger, written by one at a time: its lines, its bags, its head."""
