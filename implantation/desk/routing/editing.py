"""Preparing the next rules: the coordinator's."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.admin import messages

from implantation import services
from implantation.desk.routing.forms import RuleForm
from implantation.desk.routing.reading import RulesView, in_words
from implantation.models import Rule
from implantation.permissions import coordinates


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
