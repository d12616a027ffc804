"""Import of premises from a partner's file: reading, parsing, matching. The same door for the demo and for everybody."""
