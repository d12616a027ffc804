"""Template tags for filter choices, about two hundred a page.

Each list is built as one string, a tenth of the time of a template; the markup around count and tick is cached for the
process.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from foundation.wording import numbers
from search.page.groups import FacetChoice, FeatureRow

register = template.Library()

# Cache size: vocabulary values times languages.
_written_once = lru_cache(maxsize=2_048)


@register.simple_tag
def checkboxes(name: str, choices: Sequence[FacetChoice]) -> SafeString:
    """Render the choices of a parameter as checkboxes, with facet counts where known."""
    return SafeString("\n".join(_checkbox(name, choice, count) for choice, count in _counted(choices)))


@register.simple_tag
def options(choices: Sequence[FacetChoice], chosen: str) -> SafeString:
    """Render the choices as `<option>` elements, one selected."""
    return SafeString("\n".join(_option(choice, count, chosen) for choice, count in _counted(choices)))


@register.simple_tag
def features(rows: Iterable[FeatureRow]) -> SafeString:
    """Render table rows of features: yes, and not stated."""
    return SafeString("\n".join(_row(row) for row in rows))


def _counted(choices: Sequence[FacetChoice]) -> Iterable[tuple[FacetChoice, str]]:
    """Pair each choice with its formatted count; empty when unknown."""
    counts = numbers(choice.count or 0 for choice in choices)
    return ((choice, "" if choice.count is None else count) for choice, count in zip(choices, counts, strict=True))


def _checkbox(name: str, choice: FacetChoice, count: str) -> str:
    before, after = _checkbox_around(name, choice.value, choice.label)
    return f"{before}{_checked(choice)}{after}{count and f' <b>{count}</b>'}</label>"


@_written_once
def _checkbox_around(name: str, value: str, label: str) -> tuple[str, str]:
    return (
        f'<label class="filter__choice"><input type="checkbox" id="{_identifier(name, value)}" name="{escape(name)}"'
        f' value="{escape(value)}"',
        f"><span>{escape(label)}</span>",
    )


def _option(choice: FacetChoice, count: str, chosen: str) -> str:
    before, after = _option_around(choice.value, choice.label)
    return f"{before}{' selected' if choice.value == chosen else ''}{after}{count and f' ({count})'}</option>"


@_written_once
def _option_around(value: str, label: str) -> tuple[str, str]:
    return f'<option value="{escape(value)}"', f">{escape(label)}"


def _row(row: FeatureRow) -> str:
    cells = "".join(f"<td>{_cell(choice, count)}</td>" for choice, count in _counted(row.choices))
    return f'<tr><th scope="row">{escape(row.label)}</th>{cells}</tr>'


def _cell(choice: FacetChoice, count: str) -> str:
    before = _cell_before(choice.value, choice.label)
    if not count:
        return f'{before}"{_checked(choice)}></label>'
    return f'{before}, {count}"{_checked(choice)}><b aria-hidden="true">{count}</b></label>'


@_written_once
def _cell_before(value: str, label: str) -> str:
    return (
        f'<label class="filter__cell"><input type="checkbox" id="{_identifier("feature", value)}" name="feature"'
        f' value="{escape(value)}" aria-label="{escape(label)}'
    )


def _identifier(name: str, value: str) -> str:
    """Return an HTML id without the spaces and signs of a value ("RER B", "fibre:yes")."""
    return re.sub(r"[^\w-]", "", f"{name}-{value}")


def _checked(choice: FacetChoice) -> str:
    return " checked" if choice.chosen else ""
