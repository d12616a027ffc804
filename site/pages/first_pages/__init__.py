"""Pages that are written in code, in both languages: the first ones of a new site, and those of the demonstration."""
