"""Import of the demonstration's premises, through the same importer as partners' files."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from properties.importing.report import Report
from properties.importing.service import import_file
from properties.models import Property

SOURCE = "demo"


@transaction.atomic
def offer(path: Path) -> Report:
    """Import the unknown rows of a CSV as demonstration data; known premises are left alone."""
    imported_references = set(Property.objects.filter(source=SOURCE).values_list("source_reference", flat=True))
    with path.open(newline="", encoding="utf-8") as file, TemporaryDirectory() as folder:
        rows = csv.DictReader(file)
        new = [row for row in rows if row["reference"] not in imported_references]
        if not new:
            return Report()
        copy = Path(folder) / path.name
        with copy.open("w", newline="", encoding="utf-8") as written:
            writer = csv.DictWriter(written, fieldnames=list(rows.fieldnames or ()))
            writer.writeheader()
            writer.writerows(new)
        report = import_file(path=copy, source=SOURCE)
    Property.objects.filter(source=SOURCE, is_demo=False).update(is_demo=True)
    return report
