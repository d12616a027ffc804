"""Make what a fresh clone lacks before the first test, and say so: catalogues, web font, migrated database."""

from collections.abc import Callable
from pathlib import Path

from config import font
from config.translations import compile_catalogues
from tests import databases

Say = Callable[[str], None]


def prepare(base: databases.Address, say: Say, target: Path = font.TARGET) -> None:
    """Prepare for tests on the engine of `base`; silent when nothing is lacking."""
    for catalogue in compile_catalogues():
        say(f"preparing: compiled the {catalogue.parents[1].name} catalogue")
    if not target.exists():
        say("preparing: making the web font")
        font.build(target)
    databases.make_template(
        base, announce=lambda engine: say(f"preparing: migrating a template database on {engine}, some 15 s, once")
    )
