from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from pages import forms, guards, pictures, signals

        signals.connect()
        pictures.connect()
        forms.take_profile_pictures()
        guards.leave_out_synchronisation()
