"""Code sets: which codes exist on a day and what they say."""
