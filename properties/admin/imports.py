"""Imports in the admin: list sources, upload a file, read its report, map its columns, apply."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from foundation.text import fold
from properties.admin import history
from properties.admin.access import coordinates
from properties.importing import runs
from properties.importing.headers import BY_KEY, IGNORED
from properties.importing.report import Report
from properties.models import ImportRun, ImportSource, Property
from properties.models.imports import BUSY, RunState
from territory.models import Officer

# A report may have a hundred thousand lines; the screen shows the first of them.
SHOWN = 100
REFRESH_SECONDS = 2


def is_officer(user: Any) -> bool:
    return Officer.objects.filter(user_id=user.pk, user__is_active=True).exists()


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ImportSource
        fields = ["name", "slug", "partner", "is_complete"]

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if Property.objects.filter(source=slug).exclude(partner=self.data.get("partner") or None).exists():
            raise forms.ValidationError(_("Properties of another partner already come from a source of this name."))
        return slug


class UploadForm(forms.Form):
    source = forms.ModelChoiceField(ImportSource.objects.none(), label=gettext_lazy("Source"))
    file = forms.FileField(label=gettext_lazy("File (CSV, XLSX or JSON, 50 MB at most)"))
    is_part = forms.BooleanField(
        label=gettext_lazy("Only a part of the source's properties"),
        help_text=gettext_lazy("Nothing is withdrawn because this file lacks it."),
        required=False,
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = usable = ImportSource.objects.usable_by(user)
        if usable.count() == 1:
            field.empty_label = None
        if not usable.filter(is_complete=True).exists():
            del self.fields["is_part"]


class _Screen(WagtailAdminTemplateMixin, TemplateView):
    """Screen for officers, limited to their partner's sources; a coordinator sees all."""

    page_title: Any = gettext_lazy("Imports of premises")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_officer(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def runs(self) -> Any:
        mine = ImportSource.objects.usable_by(self.request.user)
        return ImportRun.objects.filter(source__in=mine).select_related("source__partner", "user").defer("content")


class ImportsView(_Screen):
    """GET: sources, latest files and the upload form. POST: upload a file, or add a source (coordinator)."""

    template_name = "properties/admin/imports/index.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.add_source() if "add_source" in request.POST else self.send()

    def send(self) -> HttpResponse:
        form = UploadForm(self.request.POST, self.request.FILES, user=self.request.user)
        if form.is_valid():
            upload_data = form.cleaned_data
            source, upload, is_part = upload_data["source"], upload_data["file"], upload_data.get("is_part", False)
            try:
                run = runs.start(source=source, upload=upload, user=self.request.user, is_part=is_part)  # type: ignore[arg-type]
            except runs.StepRefusedError as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("imports:run", run.pk)
        return self.render_to_response(self.get_context_data(upload=form), status=422)

    def add_source(self) -> HttpResponse:
        if not coordinates(self.request.user):
            raise PermissionDenied
        form = SourceForm(self.request.POST)
        if form.is_valid():
            form.save()
            messages.success(self.request, _("%(source)s: added.") % {"source": form.instance})
            return redirect("imports:index")
        return self.render_to_response(self.get_context_data(source_form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        defaults = {
            "upload": UploadForm(user=user),
            "source_form": SourceForm() if coordinates(user) else None,
            "sources": ImportSource.objects.usable_by(user).select_related("partner"),
            "shown": self.runs().defer("content", "report")[:SHOWN],
        }
        return super().get_context_data(**{**defaults, **kwargs})


class RunView(_Screen):
    """GET: progress, then the report. POST: `do` is map, check, apply, or correct with a `file`."""

    template_name = "properties/admin/imports/run.html"

    @cached_property
    def object(self) -> ImportRun:
        run: ImportRun = get_object_or_404(self.runs(), pk=self.kwargs["pk"])
        return run

    @cached_property
    def report(self) -> Report:
        return runs.report_of(self.object)

    def get_page_title(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("imports:index"), "label": str(self.page_title)}
        return [*self.breadcrumbs_items, index, {"url": "", "label": str(self.object)}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        does: dict[str, Callable[[], ImportRun | None]] = {
            "map": self.map_columns,
            "check": self.check,
            "apply": self.apply,
            "correct": self.correct,
        }
        act = does.get(request.POST.get("do", ""))
        run = self.object
        if act is None:
            raise Http404
        try:
            next_run = act() or run
        except runs.StepRefusedError as refusal:
            messages.error(request, str(refusal))
            next_run = run
        return redirect("imports:run", next_run.pk)

    def correct(self) -> ImportRun:
        """Start a partial run of the same source from the corrected lines; a partial file withdraws nothing."""
        upload = self.request.FILES.get("file")
        if upload is None:
            raise runs.StepRefusedError(_("Choose the file with the corrected lines."))
        return runs.start(source=self.object.source, upload=upload, user=self.request.user, is_part=True)  # type: ignore[arg-type]

    def check(self) -> None:
        runs.check_again(run=self.object)

    def map_columns(self) -> None:
        mapping = {}
        for position, word in enumerate(self.report.unknown):
            name = self.request.POST.get(f"column-{position}", "")
            if name in BY_KEY or name == "-":
                mapping[fold(word)] = IGNORED if name == "-" else name
        runs.save_mapping(run=self.object, mapping=mapping)

    def apply(self) -> None:
        if self.object.state == RunState.APPLYING:
            # Retry after an interruption, with the withdrawals ticked then.
            runs.ask_to_apply(run=self.object, keep=self.object.keep, allow_withdrawals=self.object.allow_withdrawals)
            return
        ticked = set(self.request.POST.getlist("withdraw"))
        keep = self.report.missing.keys() - ticked
        runs.ask_to_apply(run=self.object, keep=keep, allow_withdrawals="allow_withdrawals" in self.request.POST)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run, report = self.object, self.report
        busy = run.state in BUSY
        stuck = bool(runs.stuck(run))
        changed = [
            (reference, [history.line(name, *values) for name, values in sorted(fields.items())])
            for reference, fields in list(report.differences.items())[:SHOWN]
        ]
        counts = [
            ("created", _("created"), len(report.created)),
            ("changed", _("changed"), len(report.differences)),
            ("", _("unchanged"), len(report.unchanged)),
            ("missing" if run.state == RunState.CHECKED else "", _("missing from the file"), len(report.missing)),
            ("rejected", _("rejected"), len(report.rejections)),
        ]
        return super().get_context_data(**kwargs) | {
            "run": run,
            "report": report,
            "counts": counts,
            "refresh": REFRESH_SECONDS if busy and not stuck else None,
            "busy": busy,
            "stuck": stuck,
            "may_apply": run.state == RunState.CHECKED,
            "may_check": run.state in (RunState.CHECKED, RunState.FAILED) or stuck,
            "changed": changed,
            "created": report.created[:SHOWN],
            "rejections": report.rejections[:SHOWN],
            "too_many": report.withdraws_too_many(),
            "columns": [(name, column_label(name)) for name in BY_KEY],
        }


def column_label(name: str) -> str:
    """Return the label of a column's field, with its unit."""
    column = BY_KEY[name]
    words = history.label(column.field)
    return f"{words} ({column.unit})" if column.unit else words


class RejectedView(_Screen):
    """Rejected lines with their reasons, as CSV to correct and upload."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        run = get_object_or_404(self.runs(), pk=self.kwargs["pk"])
        return HttpResponse(
            runs.report_of(run).rejected_csv(),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="rejected-{run.pk}.csv"',
                "Cache-Control": "no-store",
            },
        )


class ImportsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_officer(request.user)


class ImportsViewSet(ViewSet):
    name = "imports"
    icon = "upload"
    menu_label = gettext_lazy("Imports")
    menu_order = 155
    menu_item_class = ImportsMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ImportsView.as_view(), name="index"),
            path("<int:pk>/", RunView.as_view(), name="run"),
            path("<int:pk>/rejected.csv", RejectedView.as_view(), name="rejected"),
        ]
