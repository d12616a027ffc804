"""Forms of the admin."""
