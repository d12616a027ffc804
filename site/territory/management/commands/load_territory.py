"""manage.py load_territory"""

from typing import Any

from django.core.management.base import BaseCommand

from territory.models import Axis, Commune, Sector, Station
from territory.services import load_axes, load_places


class Command(BaseCommand):
    help = "Refresh communes and stations, complete sectors and axes, from site/territory/data; may be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        load_places()
        load_axes()
        counts = [
            (model._meta.verbose_name_plural, model.objects.count()) for model in (Commune, Station, Sector, Axis)
        ]
        self.stdout.write(", ".join(f"{count} {name}" for name, count in counts))
