"""Which cases may tell of the same thing: sketches of texts, candidates, scores."""
