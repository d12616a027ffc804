"""Import of premises from a partner's file: reading, parsing, matching. One door, the demo's included."""
