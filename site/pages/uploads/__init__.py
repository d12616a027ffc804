"""What editors upload: refused in words, or stored encoded anew."""
