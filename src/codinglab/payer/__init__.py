"""Who pays: what a payer is asked and answers before and after a claim."""
