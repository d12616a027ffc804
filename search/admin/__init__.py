"""Admin of the synonym sets and of the index state."""
