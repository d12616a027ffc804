"""Preparing the next rules: the coordinator's."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from implantation import services
from implantation.desk.routing.forms import ImportForm, RuleForm, initial_of
from implantation.desk.routing.reading import RulesView, in_words
from implantation.models import RoutingTable, Rule
from implantation.permissions import coordinates
from implantation.services.table_rows import BadTable


class CoordinatorView(RulesView):
    """Preparing rules is the coordinator's."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not coordinates(request.user):
            raise PermissionDenied
        self.draft = services.draft_table()
        return super().dispatch(request, *args, **kwargs)

    @property
    def actor(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    @property
    def edition(self) -> int | None:
        """The edition of the draft that the page showed."""
        return _number(self.request.POST.get("edition"))

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
    """The draft: GET reads it, with its proof; POST does what `do` says, and comes back."""

    template_name = "implantation/admin/draft.html"
    page_title = gettext_lazy("Draft of the rules")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.draft else redirect("rules:index")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        what = request.POST.get("do", "")
        if what == "start":
            self.attempt(
                lambda: services.start_draft(actor=self.actor), _("The draft is ready: the rules in force, to change.")
            )
            return redirect("rules:draft")
        does = {"move": self.move, "undo": self.undo, "activate": self.activate, "discard": self.discard}.get(what)
        if self.draft is None or does is None:
            raise Http404
        return does(self.draft)

    def move(self, draft: RoutingTable) -> HttpResponse:
        """`rule` is its key; `step` is -1 or 1, else `to` is the position wanted."""
        typed = self.request.POST
        rule = get_object_or_404(Rule, pk=_number(typed.get("rule")) or 0, table=draft)
        step = _number(typed.get("step"))
        to = rule.position + step if step else _number(typed.get("to"))
        last = draft.rules.count()
        if to is None or not 1 <= to <= last:
            messages.error(self.request, _("Say at which position: a number from 1 to %(last)s.") % {"last": last})
        else:
            self.attempt(
                lambda: services.move_rule(rule=rule, actor=self.actor, position=to, edition=self.edition),
                _("Rule %(before)s is now rule %(after)s.") % {"before": rule.position, "after": to},
            )
        # The keyboard goes on from the button that was pressed.
        button = {-1: "up", 1: "down"}.get(step or 0, "to")
        return HttpResponseRedirect(f"{reverse('rules:draft')}#{button}-{rule.pk}")

    def undo(self, draft: RoutingTable) -> HttpResponse:
        self.attempt(
            lambda: services.undo_change(table=draft, actor=self.actor, edition=self.edition),
            _("The last change is undone."),
        )
        return redirect("rules:draft")

    def activate(self, draft: RoutingTable) -> HttpResponse:
        done = self.attempt(
            lambda: services.activate_table(table=draft, actor=self.actor),
            _("The new rules are in force: the next enquiry follows them."),
        )
        return redirect("rules:index" if done else "rules:draft")

    def discard(self, draft: RoutingTable) -> HttpResponse:
        self.attempt(
            lambda: services.discard_draft(table=draft, actor=self.actor),
            _("The draft is set aside; the rules in force are untouched."),
        )
        return redirect("rules:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.draft is not None
        return super().get_context_data(**kwargs) | {
            "table": self.draft,
            "rules": in_words(self.draft),
            "can_undo": services.last_change(self.draft) is not None,
        }


class RuleView(CoordinatorView):
    """One rule of the draft, a new one when there is no key; POST keeps it, or takes it out (`do=drop`).

    What was typed is never lost: when somebody changed the draft meanwhile the form comes back with it, on the draft
    as it is now.
    """

    template_name = "implantation/admin/rule_form.html"
    page_title = gettext_lazy("Rule of the draft")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.rule: Rule | None = None
        if "pk" in kwargs:
            self.rule = Rule.objects.filter(pk=kwargs["pk"], table=services.draft_table()).first()
            if self.rule is None and request.method != "POST":
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.draft else redirect("rules:index")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft, rule = self.draft, self.rule
        if draft is None:
            return redirect("rules:index")
        if request.POST.get("do") == "drop":
            self.attempt(
                lambda: services.drop_rule(rule=rule or Rule(table=draft), actor=self.actor, edition=self.edition),
                _("The rule is out of the draft."),
            )
            return redirect("rules:draft")
        form = RuleForm(request.POST)
        if form.is_valid():
            typed = form.cleaned_data
            try:
                if "pk" in kwargs and rule is None:
                    raise services.Outdated(
                        _("This rule was taken out of the draft meanwhile. Keep it again to put it back as a new one.")
                    )
                kept = services.keep_rule(
                    table=draft,
                    actor=self.actor,
                    position=typed["position"],
                    text=form.text(),
                    rule=rule,
                    edition=typed["edition"],
                )
            except services.Outdated as outdated:
                draft.refresh_from_db()
                again = request.POST.copy()
                again["edition"] = str(draft.edition)
                form = RuleForm(again)
                form.full_clean()
                form.add_error(None, str(outdated))
            except services.Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The rule is in the draft."))
                return HttpResponseRedirect(f"{reverse('rules:draft')}#rule-{kept.pk}")
        return self.render_to_response(self.get_context_data(form=form, **kwargs), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule, draft = self.rule, self.draft
        assert draft is not None
        initial = {"edition": draft.edition, "position": max(draft.rules.count(), 1)}
        if rule is not None:
            initial |= initial_of(rule)
        return {"form": RuleForm(initial=initial)} | super().get_context_data(**kwargs) | {"rule": rule}


class ImportView(CoordinatorView):
    """The rules of a file in place of those of the draft."""

    template_name = "implantation/admin/rules_import.html"
    page_title = gettext_lazy("Rules from a file")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.draft else redirect("rules:index")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = self.draft
        if draft is None:
            return redirect("rules:index")
        form = ImportForm(request.POST, request.FILES)
        if form.is_valid():
            typed = form.cleaned_data
            try:
                services.import_rules(
                    table=draft,
                    actor=self.actor,
                    text=typed["pasted"],
                    edition=typed["edition"],
                )
            except BadTable as bad:
                for problem in bad.problems:
                    form.add_error(None, problem)
            except services.Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The rules of the file are in the draft."))
                return redirect("rules:draft")
        return self.render_to_response(self.get_context_data(form=form, **kwargs), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.draft is not None
        form = ImportForm(initial={"edition": self.draft.edition})
        return {"form": form} | super().get_context_data(**kwargs) | {"table": self.draft}


def _number(text: str | None) -> int | None:
    try:
        return int(text or "")
    except ValueError:
        return None
