"""Claims: the coded encounter with everybody it concerns, as a biller sends it."""
