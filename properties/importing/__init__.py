"""Import of premises from a partner's file: reading, parsing, matching.

The demonstration's data takes the same path.
"""
