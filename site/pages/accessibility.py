"""The accessibility rules that pages are held to, by axe's names."""

# WCAG 2.0, 2.1 and 2.2, levels A and AA.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Beside them: what axe leaves out of those tags, or keeps switched off.
RULES = ("heading-order", "empty-heading", "label-content-name-mismatch")
