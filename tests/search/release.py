"""Another release of the site, in a process of its own: this code with some lines left out."""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from tests import databases

# A text by module.
Lacking = Mapping[str, str]


def run(lacking: Lacking, *acts: str) -> str:
    """Have these acts (`tests.search.release_acts`) done by a release that lacks these texts; what it prints.

    It works on the database of this test. The modules are some that need no model, such as `properties.choices`.
    """
    base = settings.DATABASES["default"]
    environment = os.environ | {"DATABASE_URL": databases.url_of(base, base["NAME"]), "PYTHONPATH": "site:."}
    command = [sys.executable, "-m", "tests.search.release_acts", json.dumps(lacking), *acts]
    return subprocess.run(
        command, env=environment, cwd=databases.ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def import_without(name: str, left_out: str) -> None:
    """Import a module without this text, under its own name."""
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).read_text()
    assert source.count(left_out) == 1, left_out
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    exec(compile(source.replace(left_out, ""), spec.origin, "exec"), module.__dict__)
    parent, _dot, own = name.rpartition(".")
    setattr(sys.modules[parent], own, module)
