from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImplantationConfig(AppConfig):
    name = "implantation"
    verbose_name = _("Implantation")
