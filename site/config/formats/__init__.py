"""Date formats overriding Django's, one module per language (FORMAT_MODULE_PATH)."""
