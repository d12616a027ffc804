"""The routing rules in force, in words, and the draft of the next ones."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from implantation import services
from implantation.choices import Fact
from implantation.desk.wording import Words
from implantation.models import RoutingTable, Rule
from implantation.permissions import coordinates
from implantation.services.tables import domain
from territory.models import Axis, Partner


def in_words(table: RoutingTable | None) -> list[dict[str, Any]]:
    """Each rule in order, with its conditions in words."""
    if table is None:
        return []
    words = Words()
    rules = table.rules.select_related("lead", "axis")
    return [{"rule": rule, "conditions": words.conditions(rule.conditions)} for rule in rules]


class RulesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Read by every officer: rules are the partnership's, they name no enquiry."""

    model = RoutingTable
    any_permission_required = ["view"]
    template_name = "implantation/admin/rules.html"
    page_title = gettext_lazy("Routing rules")
    header_icon = "list-ol"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": reverse("rules:index"), "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table = services.table_in_force()
        return super().get_context_data(**kwargs) | {
            "table": table,
            "rules": in_words(table),
            "draft": services.draft_table(),
            "coordinator": coordinates(self.request.user),
        }


class CoordinatorView(RulesView):
    """Preparing rules is the coordinator's."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not coordinates(request.user):
            raise PermissionDenied
        self.draft = services.draft_table()
        return super().dispatch(request, *args, **kwargs)

    def attempt(self, does: Callable[[], Any], said: str | Promise) -> bool:
        """Do it and say so, or say why it was refused."""
        try:
            does()
        except services.Refused as refusal:
            messages.error(self.request, str(refusal))
            return False
        messages.success(self.request, str(said))
        return True


class DraftView(CoordinatorView):
    """The draft: GET reads it; POST starts it, puts it in force or discards it (`do`)."""

    template_name = "implantation/admin/draft.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.draft else redirect("rules:index")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        what, actor, draft = request.POST.get("do"), request.user, self.draft
        assert actor.is_authenticated
        if what == "start":
            self.attempt(
                lambda: services.start_draft(actor=actor), _("The draft is ready: the rules in force, to change.")
            )
            return redirect("rules:draft")
        if draft is None:
            raise Http404
        if what == "activate":
            done = self.attempt(
                lambda: services.activate_table(table=draft, actor=actor),
                _("The new rules are in force: the next enquiry follows them."),
            )
            return redirect("rules:index" if done else "rules:draft")
        if what == "discard":
            self.attempt(
                lambda: services.discard_draft(table=draft, actor=actor),
                _("The draft is discarded; the rules in force are untouched."),
            )
            return redirect("rules:index")
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"table": self.draft, "rules": in_words(self.draft)}


class RuleForm(forms.Form):
    """Conditions are boxes to tick; none ticked for a fact means any value."""

    position = forms.IntegerField(label=gettext_lazy("Position"), min_value=1, max_value=999)
    lead = forms.ModelChoiceField(label=gettext_lazy("Given to"), queryset=Partner.objects.none())
    axis = forms.ModelChoiceField(label=gettext_lazy("Axis served"), queryset=Axis.objects.all(), required=False)
    reason_fr = forms.CharField(
        label=gettext_lazy("Why, in French"), max_length=240, help_text=gettext_lazy("The investor reads it.")
    )
    reason_en = forms.CharField(label=gettext_lazy("Why, in English"), max_length=240)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead: Any = self.fields["lead"]
        lead.queryset = Partner.objects.members_on(timezone.localdate())
        words = Words()
        for fact, values in domain().items():
            choices = [(value, words.value(fact, value)) for value in words.ordered(fact, values)]
            self.fields[fact] = forms.MultipleChoiceField(
                label=Fact(fact).label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )

    def facts(self) -> list[Any]:
        """The fields of the conditions."""
        return [self[fact.value] for fact in Fact]

    def plain(self) -> list[Any]:
        """The other fields."""
        return [self[name] for name in ("position", "lead", "axis", "reason_fr", "reason_en")]

    def text(self) -> services.RuleText:
        typed = self.cleaned_data
        return services.RuleText(
            conditions={fact.value: typed[fact.value] for fact in Fact if typed[fact.value]},
            lead=typed["lead"],
            axis=typed["axis"],
            reason_fr=typed["reason_fr"],
            reason_en=typed["reason_en"],
        )


class RuleView(CoordinatorView):
    """One rule of the draft, a new one when there is no key; POST keeps it, or takes it out (`do=drop`)."""

    template_name = "implantation/admin/rule_form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.rule: Rule | None = None
        if "pk" in kwargs:
            self.rule = get_object_or_404(Rule, pk=kwargs["pk"], table=services.draft_table())
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.draft else redirect("rules:index")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft, rule, actor = self.draft, self.rule, request.user
        assert actor.is_authenticated
        if draft is None:
            return redirect("rules:index")
        if rule is not None and request.POST.get("do") == "drop":
            self.attempt(lambda: services.drop_rule(rule=rule, actor=actor), _("The rule is out of the draft."))
            return redirect("rules:draft")
        form = RuleForm(request.POST)
        if form.is_valid() and self.attempt(
            lambda: services.keep_rule(
                table=draft, actor=actor, position=form.cleaned_data["position"], text=form.text(), rule=rule
            ),
            _("The rule is in the draft."),
        ):
            return redirect("rules:draft")
        return self.render_to_response(self.get_context_data(form=form, **kwargs), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule = self.rule
        initial: dict[str, Any] = {"position": self.draft.rules.count() if self.draft else 1}
        if rule is not None:
            initial = {name: getattr(rule, name) for name in ("position", "lead", "axis", "reason_fr", "reason_en")}
            initial |= rule.conditions
        return {"form": RuleForm(initial=initial)} | super().get_context_data(**kwargs) | {"rule": rule}
