"""A site of three languages: the settings, and a catalogue of words that are 40 % longer and stand in brackets."""
