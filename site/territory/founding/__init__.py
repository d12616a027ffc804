"""The first start of a real site: its partners and their accounts, read from a file and written."""
