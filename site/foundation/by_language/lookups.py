"""Texts by language in queries: sorted and filtered in one language, searched in all, required in a constraint."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import CheckConstraint, Lookup, Q, TextField, Transform, Value
from django.db.models.fields.json import KT, KeyTextTransform
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import GreaterThan, IContains
from django.utils.translation import gettext_lazy

from foundation.by_language.value import fallback_order, language_codes

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    # Not subscriptable before something makes it so (django_stubs_ext), and a pure module may be imported first.
    _Lookup = Lookup


def in_language(field: str, language: str | None = None) -> Coalesce:
    """The text of a field as it is shown in `language`, or else the active one, for `order_by`, `annotate`, `values`.

    `field` may follow relations, such as `axis__title`. "" without any text.
    """
    texts = (NullIf(KT(f"{field}__{code}"), Value("")) for code in fallback_order(language))
    return Coalesce(*texts, Value(""), output_field=TextField())


class TextIn(Transform):
    """`title__fr`: the text in this language, null without one."""

    output_field = TextField()

    def __init__(self, code: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> tuple[str, Any]:
        sql: tuple[str, Any] = compiler.compile(KeyTextTransform(self.code, self.lhs))
        return sql


class WrittenIn(_Lookup):
    """`title__written_in="fr"`: there is a text in this language."""

    lookup_name = "written_in"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        text = Coalesce(KeyTextTransform(self.rhs, self.lhs), Value(""), output_field=TextField())
        sql: tuple[str, Any] = compiler.compile(GreaterThan(text, Value("")))
        return sql


class InAnyLanguage(_Lookup):
    """`title__icontains="hall"`: the text of some language of the site contains it, whatever its case."""

    lookup_name = "icontains"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        texts = (KeyTextTransform(code, self.lhs) for code in language_codes())
        pairs = [compiler.compile(IContains(text, self.rhs)) for text in texts]
        return f"({' OR '.join(sql for sql, _given in pairs)})", tuple(
            parameter for _sql, parameters in pairs for parameter in parameters
        )


def required_text(field: str, name: str, message: Any = "") -> CheckConstraint:
    """The constraint that a field has a text in the site's default language.

    It names no other language: to add one to the setting changes no constraint.
    """
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__written_in": settings.LANGUAGE_CODE}),
        violation_error_message=message or gettext_lazy("This is required in the main language of the site."),
    )
