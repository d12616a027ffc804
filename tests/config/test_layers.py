"""The order of the apps, where the import linter cannot see: references by name."""

import tomllib
from pathlib import Path

from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]
LAYERS: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0][
    "layers"
]


def relations(model: type[Model]) -> list[tuple[str, str]]:
    """(field, app it points to) of the model's own foreign keys and many-to-many fields."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [
        (field.name, field.related_model._meta.app_label)
        for field in fields
        if field.is_relation and field.related_model
    ]


def test_every_app_of_ours_has_a_place_in_the_order():
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).is_relative_to(ROOT)}
    ours -= {config.label for config in apps.get_app_configs() if ".venv" in config.path}
    assert ours == set(LAYERS)


def test_no_foreign_key_points_upward():
    found = [
        f"{model._meta.label}.{name} points to {target}"
        for label in LAYERS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        for name, target in relations(model)
        if target in LAYERS and LAYERS.index(target) < LAYERS.index(label)
    ]
    assert not found


def test_site_is_a_source_root_and_never_a_package():
    # Python has a module called `site`: a package of that name would shadow it, or be shadowed by it.
    assert not (ROOT / "site" / "__init__.py").exists()
