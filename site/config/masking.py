"""Log masking: tokens of private links are removed from every record, for any logger and handler.

Django, gunicorn and the task worker log whole paths (a refused form, a wrong URL, a failure); the path of a tracking
link is the key of an enquiry.
"""

import logging
import logging.config
import re
import traceback
from typing import Any

MASK = "[masked]"
# Path segments before a private token, in each language (a test walks the URL configuration).
TOKEN_WORDS = ("track", "suivi", "sent", "envoyee", "confirm", "confirmer")
_SLASH = "(?:/|%2F)"
_AFTER_A_WORD = re.compile(rf"({_SLASH}(?:{'|'.join(TOKEN_WORDS)}){_SLASH})[^\s\"'<>]+", re.IGNORECASE)
# A slash mistyped as another character.
_AFTER_A_SIGN = re.compile(rf"({_SLASH}(?:{'|'.join(TOKEN_WORDS)})[-_.~:=,;])[\w.:-]{{30,}}", re.IGNORECASE)
# Elsewhere: a tracking token (43 letters, no identifier of the code), and a value signed by Django.
_TRACKING = re.compile(r"(?:(?<![\w-])|(?<=%2F))(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])", re.ASCII)
_SIGNED = re.compile(r"(?<![\w.-])[\w.-]+:[\w-]{4,9}:(?:[\w-]{43}|[\w-]{27})(?![\w-])", re.ASCII)


def masked(text: str) -> str:
    """Replace each private token, and the rest of its URL, by `MASK`."""
    text = _AFTER_A_SIGN.sub(rf"\1{MASK}", _AFTER_A_WORD.sub(rf"\1{MASK}", text))
    return _TRACKING.sub(MASK, _SIGNED.sub(MASK, text))


class MaskedRecord(logging.LogRecord):
    """Log record with message, traceback and stack masked on creation, before any filter or handler.

    Arguments are merged into the message, a traceback into its text; the request attached by Django is dropped.
    """

    request = property(lambda self: None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.msg, self.args = masked(self._message()), ()
        if self.exc_info:
            self.exc_text = masked("".join(traceback.format_exception(*self.exc_info)).rstrip("\n"))
            self.exc_info = None
        if self.stack_info:
            self.stack_info = masked(self.stack_info)

    def _message(self) -> str:
        """Return the message; mismatched arguments are appended, where logging would print them to stderr."""
        try:
            return self.getMessage()
        except (TypeError, ValueError, KeyError):
            return f"{self.msg} {self.args!r}"


def configure(config: dict[str, Any]) -> None:
    """Apply `settings.LOGGING` (as `settings.LOGGING_CONFIG`), with masked records from then on."""
    logging.setLogRecordFactory(MaskedRecord)
    logging.config.dictConfig(config)
