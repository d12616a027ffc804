"""Texts by language: one JSON column keyed by language, so that a language more is a line of settings.

`title = TextByLanguageField(_("title"), max_length=120)` holds a `TextByLanguage`; `str(item.title)` is the text of the
active language, or of the first that has one. Forms have one input a language; `in_language("title")` sorts and
filters, `title__icontains` searches in every language, `required_text("title", …)` is the constraint.
"""

from foundation.by_language.errors import LanguageError
from foundation.by_language.fields import TextByLanguageField
from foundation.by_language.forms import TextByLanguageFormField, TextByLanguageWidget
from foundation.by_language.lookups import in_language, required_text
from foundation.by_language.names import (
    field_of,
    fields_by_language,
    gathered,
    named,
    refusal,
    split_name,
    spread,
    text_name,
)
from foundation.by_language.value import (
    TextByLanguage,
    fallback_order,
    in_every_language,
    language_choices,
    language_codes,
    language_name,
)

__all__ = [
    "LanguageError",
    "TextByLanguage",
    "TextByLanguageField",
    "TextByLanguageFormField",
    "TextByLanguageWidget",
    "fallback_order",
    "field_of",
    "fields_by_language",
    "gathered",
    "in_every_language",
    "in_language",
    "language_choices",
    "language_codes",
    "language_name",
    "named",
    "refusal",
    "required_text",
    "split_name",
    "spread",
    "text_name",
]
