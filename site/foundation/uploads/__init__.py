"""Files that people send: known by their content, never by their name; pictures are stored as pictures alone."""
