"""Preparing the next rules: the coordinator's."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from implantation import services
from implantation.choices import TableState
from implantation.desk.routing.forms import ImportForm, RuleForm, initial_of
from implantation.desk.routing.proof import proof_of
from implantation.desk.routing.reading import RulesView, approvals, history, in_words
from implantation.desk.routing.simulation import replay
from implantation.models import RoutingTable, Rule
from implantation.permissions import coordinates
from implantation.services.judging import judge
from implantation.services.table_rows import BadTable
from territory.models import Partner


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


def say_what_the_proof_found(request: HttpRequest, draft: RoutingTable) -> bool:
    """After a change, at the top of the page that comes: what the change made wrong, or left to the last rule. Whether
    there was anything to say."""
    draft.refresh_from_db()
    judgement = judge(draft)
    said = ""
    if judgement.problems:
        said = judgement.problems[0]
    elif judgement.to_accept:
        said = _("More is left to the last rule than before: mend the rules, or accept it with a reason.")
    if said:
        messages.warning(
            request, said, buttons=[messages.button(f"{reverse('rules:draft')}#proof", _("Read the proof"))]
        )
    return bool(said)


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
        if what == "unschedule":
            return self.unschedule()
        does = {
            "move": self.move,
            "undo": self.undo,
            "accept": self.accept,
            "ask": self.ask,
            "reopen": self.reopen,
            "override": self.override,
            "activate": self.activate,
            "discard": self.discard,
        }.get(what)
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
            say_what_the_proof_found(self.request, draft)
        # The keyboard goes on from the button that was pressed.
        button = {-1: "up", 1: "down"}.get(step or 0, "to")
        return HttpResponseRedirect(f"{reverse('rules:draft')}#{button}-{rule.pk}")

    def undo(self, draft: RoutingTable) -> HttpResponse:
        self.attempt(
            lambda: services.undo_change(table=draft, actor=self.actor, edition=self.edition),
            _("The last change is undone."),
        )
        say_what_the_proof_found(self.request, draft)
        return redirect("rules:draft")

    def accept(self, draft: RoutingTable) -> HttpResponse:
        """`reason` says why what is newly left to the last rule may stay there."""
        reason = self.request.POST.get("reason", "")
        done = self.attempt(
            lambda: services.accept_residual(table=draft, actor=self.actor, reason=reason, edition=self.edition),
            _("Accepted: your reason is kept with these rules."),
        )
        return redirect("rules:draft") if done else self.again(reason=reason)

    def ask(self, draft: RoutingTable) -> HttpResponse:
        self.attempt(
            lambda: services.ask_approval(table=draft, actor=self.actor, edition=self.edition),
            _("The rules are proved; the partners whose share changes are asked."),
        )
        return redirect("rules:draft")

    def reopen(self, draft: RoutingTable) -> HttpResponse:
        self.attempt(
            lambda: services.reopen_draft(table=draft, actor=self.actor),
            _("Back to draft: the answers given no longer count."),
        )
        return redirect("rules:draft")

    def override(self, draft: RoutingTable) -> HttpResponse:
        partner = get_object_or_404(Partner, slug=self.request.POST.get("partner", ""))
        reason = self.request.POST.get("reason", "")
        done = self.attempt(
            lambda: services.override_approval(table=draft, partner=partner, actor=self.actor, reason=reason),
            _("You go on without this answer; your reason is kept."),
        )
        return redirect("rules:draft") if done else self.again(reason=reason, partner=partner.slug)

    def activate(self, draft: RoutingTable) -> HttpResponse:
        """`since` is a day, at its first instant; none is now."""
        typed = self.request.POST.get("since", "")
        since = None
        if typed:
            since = _instant(typed)
            if since is None:
                messages.error(self.request, _("This is not a date: choose one, or none for now."))
                return self.again(since=typed)
        done = self.attempt(
            lambda: services.activate_table(table=draft, actor=self.actor, at=since),
            _("The new rules will take over by themselves on that day.")
            if since
            else _("The new rules are in force: the next enquiry follows them."),
        )
        return redirect("rules:index") if done else self.again(since=typed)

    def unschedule(self) -> HttpResponse:
        table = get_object_or_404(RoutingTable, state=TableState.SCHEDULED)
        done = self.attempt(
            lambda: services.unschedule_table(table=table, actor=self.actor),
            _("These rules wait again: they are approved, and not put in force."),
        )
        return redirect("rules:draft" if done else "rules:index")

    def again(self, **typed: str) -> HttpResponse:
        """The draft as it is, with what was typed for a verb that was refused."""
        self.draft = services.draft_table()
        if self.draft is None:
            return redirect("rules:index")
        return self.render_to_response(self.get_context_data(typed=typed), status=422)

    def discard(self, draft: RoutingTable) -> HttpResponse:
        self.attempt(
            lambda: services.discard_draft(table=draft, actor=self.actor),
            _("The draft is set aside; the rules in force are untouched."),
        )
        return redirect("rules:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.draft is not None
        proof = proof_of(self.draft)
        rules = in_words(self.draft)
        for item in rules:
            item["shadow"] = item["rule"].position in proof.judgement.shadowed
        return (
            {"typed": {}}
            | super().get_context_data(**kwargs)
            | {
                "table": self.draft,
                "rules": rules,
                "proof": proof,
                "approvals": approvals(self.draft),
                "history": history(self.draft),
                "can_undo": services.last_change(self.draft) is not None,
            }
        )


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
            say_what_the_proof_found(request, draft)
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
                found = say_what_the_proof_found(request, draft)
                return HttpResponseRedirect(f"{reverse('rules:draft')}#{'proof' if found else f'rule-{kept.pk}'}")
        return self.render_to_response(self.get_context_data(form=form, **kwargs), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule, draft = self.rule, self.draft
        assert draft is not None
        initial = {"edition": draft.edition, "position": max(draft.rules.count(), 1)}
        if rule is not None:
            initial |= initial_of(rule)
        return {"form": RuleForm(initial=initial)} | super().get_context_data(**kwargs) | {"rule": rule}


class SimulationView(CoordinatorView):
    """Each past enquiry that the draft would give to another partner, with both explanations."""

    template_name = "implantation/admin/simulation.html"
    page_title = gettext_lazy("Simulation")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.draft else redirect("rules:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.draft is not None
        return super().get_context_data(**kwargs) | {"table": self.draft} | replay(self.draft)


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
                say_what_the_proof_found(request, draft)
                return redirect("rules:draft")
        return self.render_to_response(self.get_context_data(form=form, **kwargs), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.draft is not None
        form = ImportForm(initial={"edition": self.draft.edition})
        return {"form": form} | super().get_context_data(**kwargs) | {"table": self.draft}


def _instant(text: str) -> datetime | None:
    """The first instant of a day written as 2026-12-31, in the territory's time."""
    try:
        return timezone.make_aware(datetime.combine(date.fromisoformat(text), time.min))
    except (ValueError, OverflowError):
        return None


def _number(text: str | None) -> int | None:
    try:
        return int(text or "")
    except ValueError:
        return None
