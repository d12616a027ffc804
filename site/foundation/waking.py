"""Waking a task at a moment, once: what must not be lost is a row, and the task that looks after it only sweeps."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max


def come_back(task: Any, moment: datetime) -> None:
    """Make sure that a task (django-tasks, without arguments) is started by that moment.

    One that already waits to start by then is enough; `get_date_max()` is how the backend writes "at once".
    """
    waiting = DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.READY)
    if not waiting.filter(Q(run_after__lte=moment) | Q(run_after=get_date_max())).exists():
        task.using(run_after=moment).enqueue()
