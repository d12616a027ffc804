from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class FoundationConfig(AppConfig):
    name = "foundation"
    verbose_name = _("Foundation")

    def ready(self) -> None:
        """Import the modules `checks`, `receivers` and `periodic` of every app, to register them."""
        autodiscover_modules("checks", "receivers", "periodic")
