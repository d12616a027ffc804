"""The ground floor in the admin."""
