"""Disclosure control of a hidden address: its public part, and detection of texts disclosing the rest. Pure."""
