from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = pgettext_lazy("noun", "Search")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from search import receivers

        post_migrate.connect(receivers.pack_for_this_release, sender=self, dispatch_uid="search.packing")
