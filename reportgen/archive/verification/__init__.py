"""What is asked of an archive, and the verdict: fixity, contents, the ledger's chain."""
