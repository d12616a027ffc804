"""The choices of the filters, two hundred a page: written in one go each list, which takes a fifth of what a template
takes for the same."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.groups import Choice, FeatureRow
from territory.wording import number

register = template.Library()


@register.simple_tag
def checkboxes(name: str, choices: Iterable[Choice]) -> SafeString:
    """Values to choose for a parameter, each with how many it would give where that is known."""
    return format_html_join(
        "\n",
        '<label class="ch"><input type="checkbox" id="{0}-{1}" name="{0}" value="{1}"{2}><span>{3}</span>{4}</label>',
        ((name, choice.value, _checked(choice), choice.label, _count(choice)) for choice in choices),
    )


@register.simple_tag
def options(choices: Iterable[Choice], chosen: str) -> SafeString:
    """The same in a list of which one is chosen."""
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}{}</option>',
        (
            (
                choice.value,
                SafeString(" selected" if choice.value == chosen else ""),
                choice.label,
                "" if choice.count is None else f" ({number(choice.count)})",
            )
            for choice in choices
        ),
    )


@register.simple_tag
def features(rows: Iterable[FeatureRow]) -> SafeString:
    """A row of the table each: yes, and not stated."""
    return format_html_join(
        "\n",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (row.label, format_html_join("", "<td>{}</td>", ((_cell(choice),) for choice in row.choices)))
            for row in rows
        ),
    )


def _cell(choice: Choice) -> SafeString:
    known = choice.count is not None
    return format_html(
        '<label class="cc"><input type="checkbox" id="feature-{}" name="feature" value="{}" aria-label="{}"{}>'
        "{}</label>",
        choice.value.replace(":", ""),
        choice.value,
        f"{choice.label}, {number(choice.count)}" if known else choice.label,
        _checked(choice),
        format_html('<b aria-hidden="true">{}</b>', number(choice.count)) if known else "",
    )


def _checked(choice: Choice) -> SafeString:
    return SafeString(" checked" if choice.chosen else "")


def _count(choice: Choice) -> SafeString | str:
    return "" if choice.count is None else format_html("<b>{}</b>", number(choice.count))
