"""What leaves an archive for others, and what comes from them: records, a certificate."""
