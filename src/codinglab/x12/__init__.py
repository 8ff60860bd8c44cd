"""X12: text to segments and back, the guides as tables, and what a guide says of a transaction."""
