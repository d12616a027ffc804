from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class FoundationConfig(AppConfig):
    name = "foundation"
    verbose_name = _("Foundation")

    def ready(self) -> None:
        """Connect, for every app, its system checks, signal receivers and periodic jobs: modules of these names."""
        autodiscover_modules("checks", "receivers", "periodic")
