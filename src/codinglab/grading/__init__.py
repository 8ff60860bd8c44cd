"""Compare an answer with a reference. Knows no medicine."""
