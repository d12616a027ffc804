"""Why a verb was refused."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """The verb was refused and nothing was written; the message is for people and says what to do."""


class Outdated(Refused):
    """Somebody changed the same thing meanwhile: what was typed is to be looked at again, and sent again."""


def required(text: str, message: str, *, longest: int = 10_000) -> str:
    """The text without outer spaces; refused when nothing is left, or more than `longest` characters."""
    text = text.strip()
    if not text:
        raise Refused(message)
    if len(text) > longest:
        raise Refused(_("This text is too long: %(limit)s characters at most.") % {"limit": longest})
    return text
