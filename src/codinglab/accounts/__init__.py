"""The practice's books: what is owed by whom, what was paid, and what happens next."""
