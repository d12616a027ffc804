"""Text analysis, the same for every engine: words folded, cut and stemmed, and their synonyms."""
