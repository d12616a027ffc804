"""Protection against spreadsheet formula injection."""

# Prefixes interpreted as a formula (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(text: str, *, mark: str = "'") -> str:
    """Prefix a cell's text with `mark` when a spreadsheet would run the text as a formula."""
    return f"{mark}{text}" if text.startswith(_FORMULA) else text
