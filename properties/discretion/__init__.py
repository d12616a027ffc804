"""As much of a hidden address as the public may know, and words that would give away the rest. Pure."""
