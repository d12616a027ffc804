"""Guard of files that people open in a spreadsheet."""

# A spreadsheet runs a cell that begins so (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(text: str, *, mark: str = "'") -> str:
    """The text of a cell, behind `mark` where a spreadsheet would run it as a formula."""
    return f"{mark}{text}" if text.startswith(_FORMULA) else text
