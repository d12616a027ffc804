"""Components of templates: their parameters are documented, and all that they read."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
INCLUDE = re.compile(r'\{% include "components/[^%]*%\}')


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.stem)
def test_a_component_documents_its_context_on_its_first_line(component):
    first = component.read_text().partition("\n")[0]
    assert re.fullmatch(r"\{# .*(Context[:,] |No context|Blocks: ).*#\}", first)


def test_every_include_of_a_component_names_its_parameters_only():
    loose = [
        f"{template.relative_to(TEMPLATES)}: {include}"
        for template in TEMPLATES.rglob("*.html")
        for include in INCLUDE.findall(template.read_text())
        if not include.endswith(" only %}")
    ]
    assert loose == []
