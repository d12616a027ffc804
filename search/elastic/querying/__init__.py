"""Searches put to an index, and the engine made of them."""
