"""Domain errors of the app."""

from django.utils.translation import gettext as _


class RefusedError(Exception):
    """Refusal of an operation, with nothing written; the message is for people and names the remedy."""


class OutdatedError(RefusedError):
    """Refusal by optimistic lock: the typed text was based on an older edition, to be reviewed and sent again."""


def required(text: str, message: str, *, longest: int = 10_000) -> str:
    """Return the stripped text; refused when empty or longer than `longest` characters."""
    text = text.strip()
    if not text:
        raise RefusedError(message)
    if len(text) > longest:
        raise RefusedError(_("This text is too long: %(limit)s characters at most.") % {"limit": longest})
    return text
