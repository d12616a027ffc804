"""What another release does: `python -m tests.search.release_acts LACKING ACT…`, with the code lacking some texts.

Acts: `rebuild` the index, `write:REFERENCE` (a property anew), `work` (the task of the index), print `fingerprints`.
"""

import json
import os
import sys

import django
from django.apps import apps

from tests.search.release import import_without

if not apps.ready:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    for module, text in json.loads(sys.argv[1]).items():
        import_without(module, text)
    django.setup()

from django.core.management import call_command

from properties.models import Property
from search import tasks
from search.elastic import definition
from search.engines.database import layout


def act(name: str, argument: str) -> None:
    match name:
        case "rebuild":
            call_command("search_index", "rebuild")
        case "write":
            Property.objects.filter(reference=argument).update(floors=2)
        case "work":
            tasks.pack_index.call()
        case "fingerprints":
            sys.stdout.write(f"{layout.fingerprint()} {definition.fingerprint()}")


if __name__ == "__main__":
    for wanted in sys.argv[2:]:
        name, _colon, argument = wanted.partition(":")
        act(name, argument)
