"""Cases, keys, variants, worksheets, and what a trainee's answer is worth."""
