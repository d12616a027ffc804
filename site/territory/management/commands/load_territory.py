"""manage.py load_territory"""

from typing import Any

from django.core.management.base import BaseCommand

from territory.models import Axis, Commune, Partner, Station
from territory.services import load


class Command(BaseCommand):
    help = "Load communes, stations, sectors, partners and axes from site/territory/data; may be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        load()
        counts = [
            (model._meta.verbose_name_plural, model.objects.count()) for model in (Commune, Station, Partner, Axis)
        ]
        self.stdout.write(", ".join(f"{count} {name}" for name, count in counts))
