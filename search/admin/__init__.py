"""The synonyms and the state of the index in the admin."""
