"""manage.py clean_uploads: once after an upgrade; again whenever in doubt."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from pages.uploads.stored import clean_uploads


class Command(BaseCommand):
    help = "Encode stored pictures anew, without metadata, and move documents out of the public folder."

    def handle(self, *args: Any, **options: Any) -> None:
        cleaning = clean_uploads()
        for name, reason in cleaning.left:
            self.stderr.write(f"{name}: {reason}")
        self.stdout.write(
            _("%(pictures)s pictures encoded anew, %(documents)s documents moved, %(left)s files left")
            % {"pictures": cleaning.pictures, "documents": cleaning.documents, "left": len(cleaning.left)}
        )
        if cleaning.left:
            raise CommandError(_("Some files could not be taken: replace or delete them in the administration."))
