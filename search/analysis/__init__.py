"""Text analysis shared by all engines: folding, tokenising, stemming, synonyms."""
