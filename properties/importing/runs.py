"""State machine of an uploaded file: stored, checked in the background, reviewed, applied; each step can be retried."""

import zlib
from collections.abc import Collection
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from properties.importing.reading import MAX_BYTES, MissingColumnsError, UnreadableFileError, count_lines
from properties.importing.report import OutOfDateError, Rejection, Report, TooManyWithdrawalsError
from properties.importing.service import import_file
from properties.models import ImportRun, ImportSource
from properties.models.imports import BUSY, RunState

# Without a heartbeat for this long, a worker is presumed dead.
SILENCE = timedelta(minutes=3)
STATED = ("live", "words", "unknown", "created", "differences", "unchanged", "missing", "rejected_cells")


class StepRefusedError(Exception):
    """Step not allowed in the run's present state; nothing was done."""


@transaction.atomic
def start(*, source: ImportSource, upload: "UploadedFile[Any]", user: User, is_part: bool = False) -> ImportRun:
    """Store a file and enqueue its check. Raises `StepRefusedError` above the size limit.

    `is_part`: the file names only some of the source's properties, so none counts as missing.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise StepRefusedError(
            _("The file is larger than %(megabytes)s MB; split it.") % {"megabytes": MAX_BYTES // 10**6}
        )
    run = ImportRun(source=source, filename=Path(upload.name or "file").name[-120:], user=user, is_part=is_part)
    run.content = zlib.compress(upload.read())
    run.language = translation.get_language() or settings.LANGUAGE_CODE
    _begin(run, RunState.CHECKING)
    return run


@transaction.atomic
def check_again(*, run: ImportRun) -> None:
    """Enqueue another check of a stored file, on the present offering and columns."""
    _locked(run, {RunState.CHECKED, RunState.FAILED, *stuck(run)})
    _begin(run, RunState.CHECKING)


@transaction.atomic
def ask_to_apply(*, run: ImportRun, keep: Collection[str] = (), allow_withdrawals: bool = False) -> None:
    """Enqueue the application of a checked file; `keep`: references at the source exempt from withdrawal.

    Raises `StepRefusedError` for an unchecked run, or for too many withdrawals without `allow_withdrawals`.
    """
    _locked(run, {RunState.CHECKED, *(stuck(run) & {RunState.APPLYING})})
    if report_of(run).withdraws_too_many(keep) and not allow_withdrawals:
        raise StepRefusedError(
            _("More than a fifth of the source's properties would be withdrawn: confirm it, or keep some.")
        )
    run.keep, run.allow_withdrawals = sorted(keep), allow_withdrawals
    _begin(run, RunState.APPLYING)


@transaction.atomic
def save_mapping(*, run: ImportRun, mapping: dict[str, str]) -> None:
    """Save the source's mapping of headers to columns, and enqueue another check."""
    source = ImportSource.objects.select_for_update().get(pk=run.source_id)
    source.mapping = source.mapping | mapping
    source.save(update_fields=["mapping"])
    run.source = source
    check_again(run=run)


def stuck(run: ImportRun) -> set[str]:
    """Return the busy state of a run without a recent heartbeat, else an empty set."""
    silent = run.beat_at is None or run.beat_at < timezone.now() - SILENCE
    return {run.state} if run.state in BUSY and silent else set()


def _locked(run: ImportRun, allowed: set[str]) -> None:
    state = ImportRun.objects.select_for_update().values_list("state", flat=True).get(pk=run.pk)
    if state not in allowed:
        raise StepRefusedError(
            _("This may not be done in its present state: %(state)s.") % {"state": RunState(state).label}
        )


def _begin(run: ImportRun, state: RunState) -> None:

    run.state, run.message, run.read, run.beat_at = state, "", 0, timezone.now()
    run.save()
    work_on.enqueue(run.pk)


def work(*, pk: int) -> None:
    """Check or apply a run according to its state; failures are recorded on the run, with nothing half written."""
    run = ImportRun.objects.select_related("source__partner", "user").get(pk=pk)
    with translation.override(run.language), TemporaryDirectory() as folder:
        path = Path(folder) / f"file{Path(run.filename).suffix.lower()}"
        if run.content is None:
            return
        path.write_bytes(zlib.decompress(run.content))
        run.content = None
        try:
            if run.state == RunState.CHECKING:
                _check(run, path)
            elif run.state == RunState.APPLYING:
                _apply(run, path)
        except (UnreadableFileError, OutOfDateError, TooManyWithdrawalsError) as refusal:
            report = Report()
            if isinstance(refusal, MissingColumnsError):
                report = Report(words=refusal.words, unknown=refusal.unknown)
            _end(run, RunState.FAILED, message=str(refusal), report=_as_json(report))
        except Exception:
            _end(run, RunState.FAILED, message=_("Something broke down here. Nothing was written: check it again."))
            raise


def _check(run: ImportRun, path: Path) -> None:
    ImportRun.objects.filter(pk=run.pk).update(lines=count_lines(path))

    def beat(line: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(read=line, beat_at=timezone.now())

    report = import_file(path=path, dry_run=True, progress=beat, **_options(run))
    _end(run, RunState.CHECKED, report=_as_json(report), digest=report.digest)


@transaction.atomic
def _apply(run: ImportRun, path: Path) -> None:
    # Of two workers on one run, the second finds the run applied and stops.
    if ImportRun.objects.select_for_update().values_list("state", flat=True).get(pk=run.pk) != RunState.APPLYING:
        return
    import_file(
        path=path,
        keep=frozenset(run.keep),
        allow_withdrawals=run.allow_withdrawals,
        expected=run.digest,
        user=run.user,
        **_options(run),
    )
    _end(run, RunState.APPLIED, content=None, applied_at=timezone.now())


def _options(run: ImportRun) -> dict[str, Any]:
    source = run.source
    return {
        "source": source.slug,
        "partner": source.partner,
        "mapping": source.mapping,
        "complete": source.is_complete and not run.is_part,
    }


def _end(run: ImportRun, state: RunState, **values: Any) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=state, beat_at=timezone.now(), **values)


def _as_json(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in STATED} | {"rejections": list(map(asdict, report.rejections))}


def report_of(run: ImportRun) -> Report:
    """Return the report of the last check; empty before the first."""
    stored = dict(run.report or {})
    rejections = [Rejection(**rejection) for rejection in stored.pop("rejections", [])]
    return Report(**stored, rejections=rejections)


# An officer is waiting at the screen, so imports go ahead of Wagtail's indexing.
@task(priority=50)
def work_on(pk: int) -> None:
    """Check or apply the run of this key."""
    work(pk=pk)
