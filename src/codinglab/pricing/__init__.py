"""What a payer's published schedule pays: every price with the arithmetic that made it."""
