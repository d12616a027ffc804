"""Wake-up of a task at a moment, deduplicated; durable state lives in rows, the task only sweeps."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max


def come_back(task: Any, moment: datetime) -> None:
    """Ensure that a task (django-tasks, without arguments) starts by `moment`.

    A task already waiting to start by then suffices; `get_date_max()` is the backend's value for "at once".
    """
    waiting = DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.READY)
    if not waiting.filter(Q(run_after__lte=moment) | Q(run_after=get_date_max())).exists():
        task.using(run_after=moment).enqueue()
