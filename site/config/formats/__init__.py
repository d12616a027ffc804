"""Formats of dates that replace Django's, one module a language (FORMAT_MODULE_PATH)."""
