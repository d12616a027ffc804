"""Uploaded files: identified by content, never by name; pictures are re-encoded."""
