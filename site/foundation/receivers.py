"""Signal receivers of the foundation."""

from typing import Any

from django.apps import apps as installed
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from foundation import periodic


@receiver(post_migrate, sender=installed.get_app_config("foundation"), dispatch_uid="foundation.periodic")
def begin_periodic_jobs(*, using: str, apps: Any = installed, **kwargs: Any) -> None:
    """Schedule the periodic jobs after migration, once their table and the task table exist."""
    migrated = {model._meta.label_lower for model in apps.get_models()}
    if using == DEFAULT_DB_ALIAS and {"foundation.periodicrun", "django_tasks_database.dbtaskresult"} <= migrated:
        periodic.begin()
