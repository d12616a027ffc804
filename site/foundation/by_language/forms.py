"""The form field of a text by language: one input a language, each with its own error."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.by_language.errors import LanguageError
from foundation.by_language.value import language_codes, language_name


class TextByLanguageWidget(forms.Widget):
    """One input a language, named `title_fr`, `title_en`; its accessible name is "Title, French".

    Wagtail calls `render_with_errors`, so that an error stands at the input of its language.
    """

    use_fieldset = True
    label = ""
    max_length: int | None = None
    required_languages: Sequence[str] = ()

    def __init__(self, attrs: dict[str, Any] | None = None, *, multiline: bool = False) -> None:
        super().__init__(attrs)
        self.multiline = multiline

    def id_for_label(self, id_: str) -> str:
        """None: each input has a label of its own."""
        return ""

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, Any]:
        return {code: data.get(f"{name}_{code}") for code in language_codes()}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}_{code}" not in data for code in language_codes())

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return self.render_with_errors(name, value, attrs, (), renderer)

    def render_with_errors(
        self, name: str, value: Any, attrs: Any = None, errors: Any = (), renderer: Any = None
    ) -> SafeString:
        """The inputs, each followed by what is wrong with it; what is wrong with all of them comes first."""
        input_attrs = self.build_attrs(self.attrs, attrs)
        raised = errors.as_data() if hasattr(errors, "as_data") else ()
        general = [error for error in raised if not isinstance(error, LanguageError)]
        inputs = format_html_join(
            "",
            "{}",
            (
                (
                    self._input(
                        name,
                        code,
                        value,
                        input_attrs,
                        [e for e in raised if getattr(e, "language", "") == code],
                        renderer,
                    ),
                )
                for code in language_codes()
            ),
        )
        return format_html(
            '<div class="multilingual" role="group" aria-label="{}">{}{}</div>',
            self.label,
            _messages(general, ""),
            inputs,
        )

    def _input(
        self, name: str, code: str, value: Any, attrs: dict[str, Any], errors: list[ValidationError], renderer: Any
    ) -> SafeString:
        text = value.get(code) if isinstance(value, Mapping) else None
        own = {key: attribute for key, attribute in attrs.items() if key not in ("id", "required")} | {"lang": code}
        identifier = f"{attrs['id']}_{code}" if attrs.get("id") else ""
        if identifier:
            own["id"] = identifier
        if self.max_length is not None:
            own["maxlength"] = str(self.max_length)
        if self.is_required and code in self.required_languages:
            own["required"] = True
        if errors:
            own["aria-invalid"] = "true"
            if identifier:
                own["aria-describedby"] = f"{attrs.get('aria-describedby', '')} {identifier}_error".strip()
        widget = forms.Textarea({"rows": 4}) if self.multiline else forms.TextInput()
        return format_html(
            '<div class="multilingual__language"><label{}><span class="w-sr-only">{}, </span>{}</label>{}{}</div>',
            flatatt({"for": identifier} if identifier else {}),
            self.label,
            language_name(code),
            widget.render(f"{name}_{code}", text, own, renderer),
            _messages(errors, f"{identifier}_error" if identifier else ""),
        )


def _messages(errors: list[ValidationError], identifier: str) -> SafeString:
    if not errors:
        return SafeString("")
    messages = " ".join(message for error in errors for message in error.messages)
    return format_html('<p class="error-message"{}>{}</p>', flatatt({"id": identifier} if identifier else {}), messages)


class TextByLanguageFormField(forms.Field):
    """One text a language of the site; cleaned, `{"fr": "Atelier", "en": ""}`, each language named.

    `required_languages` gives the codes that need a text; by default the first language when the field is required.
    Each error is a `LanguageError`.
    """

    widget = TextByLanguageWidget

    def __init__(
        self,
        *,
        max_length: int | None = None,
        multiline: bool = False,
        required_languages: Callable[[], Sequence[str]] | None = None,
        **options: Any,
    ) -> None:
        for name in ("encoder", "decoder"):
            options.pop(name, None)
        widget = options.pop("widget", None) or self.widget(multiline=multiline)
        self.max_length, self._required_languages = max_length, required_languages
        super().__init__(widget=widget, **options)

    def required_languages(self) -> Sequence[str]:
        if self._required_languages is not None:
            return self._required_languages()
        return language_codes()[:1] if self.required else ()

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        bound = super().get_bound_field(form, field_name)
        self.widget.label, self.widget.max_length = str(bound.label), self.max_length
        self.widget.required_languages = self.required_languages() if form.use_required_attribute else ()
        return bound

    def clean(self, value: Any) -> dict[str, str]:
        texts: dict[str, str] = {}
        errors = list(self._clean(value or {}, texts))
        if errors:
            raise ValidationError(errors)
        self.run_validators(texts)
        return texts

    def _clean(self, value: Mapping[str, Any], texts: dict[str, str]) -> Iterator[ValidationError]:
        required = self.required_languages()
        for code in language_codes():
            field = forms.CharField(max_length=self.max_length, required=code in required)
            try:
                texts[code] = field.clean(value.get(code))
            except ValidationError as error:
                for field_error in error.error_list:
                    yield LanguageError(field_error.messages[0], language=code, code=field_error.code)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        before, after = initial or {}, data or {}
        return any((before.get(code) or "") != (after.get(code) or "") for code in language_codes())
