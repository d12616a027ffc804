"""Page of the draft: proof, reordering, undo, approval, activation."""

from datetime import date, datetime, time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from implantation.routing import activation, approvals, drafts
from implantation.routing.admin.preparing import CoordinatorView, number, say_what_the_proof_found
from implantation.routing.admin.proof import proof_of
from implantation.routing.admin.reading import approvals_read, history_read, in_words
from implantation.routing.choices import TableState
from implantation.routing.models import RoutingTable, Rule
from territory.models import Partner


class DraftView(CoordinatorView):
    """Page of the draft with its proof. POST runs the action named by `do` and redirects."""

    template_name = "implantation/admin/draft.html"
    page_title = gettext_lazy("Draft of the rules")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("do", "")
        if action == "start":
            self.attempt(
                lambda: drafts.start_draft(actor=self.actor), _("The draft is ready: the rules in force, to change.")
            )
            return redirect("rules:draft")
        if action == "unschedule":
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
        }.get(action)
        if self.draft is None or does is None:
            raise Http404
        return does(self.draft)

    def move(self, draft: RoutingTable) -> HttpResponse:
        """Move a rule; `rule` is its key, `step` is -1 or 1, or else `to` is the new position."""
        typed = self.request.POST
        rule = get_object_or_404(Rule, pk=number(typed.get("rule")) or 0, table=draft)
        step = number(typed.get("step"))
        to = rule.position + step if step else number(typed.get("to"))
        last = draft.rules.count()
        if to is None or not 1 <= to <= last:
            messages.error(self.request, _("Say at which position: a number from 1 to %(last)s.") % {"last": last})
        else:
            self.attempt(
                lambda: drafts.move_rule(rule=rule, actor=self.actor, position=to, edition=self.edition),
                _("Rule %(before)s is now rule %(after)s.") % {"before": rule.position, "after": to},
            )
            say_what_the_proof_found(self.request, draft)
        # Keyboard focus returns to the button pressed.
        button = {-1: "up", 1: "down"}.get(step or 0, "to")
        return HttpResponseRedirect(f"{reverse('rules:draft')}#{button}-{rule.pk}")

    def undo(self, draft: RoutingTable) -> HttpResponse:
        self.attempt(
            lambda: drafts.undo_change(table=draft, actor=self.actor, edition=self.edition),
            _("The last change is undone."),
        )
        say_what_the_proof_found(self.request, draft)
        return redirect("rules:draft")

    def accept(self, draft: RoutingTable) -> HttpResponse:
        """Accept the enlarged residual; `reason` is the justification."""
        reason = self.request.POST.get("reason", "")
        done = self.attempt(
            lambda: approvals.accept_residual(table=draft, actor=self.actor, reason=reason, edition=self.edition),
            _("Accepted: your reason is kept with these rules."),
        )
        return redirect("rules:draft") if done else self.again(reason=reason)

    def ask(self, draft: RoutingTable) -> HttpResponse:
        self.attempt(
            lambda: approvals.ask_approval(table=draft, actor=self.actor, edition=self.edition),
            _("The rules are proved; the partners whose share changes are asked."),
        )
        return redirect("rules:draft")

    def reopen(self, draft: RoutingTable) -> HttpResponse:
        self.attempt(
            lambda: drafts.reopen_draft(table=draft, actor=self.actor),
            _("Back to draft: the answers given no longer count."),
        )
        return redirect("rules:draft")

    def override(self, draft: RoutingTable) -> HttpResponse:
        partner = get_object_or_404(Partner, slug=self.request.POST.get("partner", ""))
        reason = self.request.POST.get("reason", "")
        done = self.attempt(
            lambda: approvals.override_approval(table=draft, partner=partner, actor=self.actor, reason=reason),
            _("You go on without this answer; your reason is kept."),
        )
        return redirect("rules:draft") if done else self.again(reason=reason, partner=partner.slug)

    def activate(self, draft: RoutingTable) -> HttpResponse:
        """Activate from the first instant of the day `since`; without a day, now."""
        typed = self.request.POST.get("since", "")
        since = None
        if typed:
            since = _instant(typed)
            if since is None:
                messages.error(self.request, _("This is not a date: choose one, or none for now."))
                return self.again(since=typed)
        done = self.attempt(
            lambda: activation.activate_table(table=draft, actor=self.actor, at=since),
            _("The new rules will take over by themselves on that day.")
            if since
            else _("The new rules are in force: the next enquiry follows them."),
        )
        return redirect("rules:index") if done else self.again(since=typed)

    def unschedule(self) -> HttpResponse:
        table = get_object_or_404(RoutingTable, state=TableState.SCHEDULED)
        done = self.attempt(
            lambda: activation.unschedule_table(table=table, actor=self.actor),
            _("These rules wait again: they are approved, and not put in force."),
        )
        return redirect("rules:draft" if done else "rules:index")

    def again(self, **typed: str) -> HttpResponse:
        """Show the present draft again with the typed values of a refused action (422)."""
        self.draft = drafts.draft_table()
        if self.draft is None:
            return redirect("rules:index")
        return self.render_to_response(self.get_context_data(typed=typed), status=422)

    def discard(self, draft: RoutingTable) -> HttpResponse:
        self.attempt(
            lambda: drafts.discard_draft(table=draft, actor=self.actor),
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
                "approvals": approvals_read(self.draft),
                "history": history_read(self.draft),
                "can_undo": drafts.last_change(self.draft) is not None,
            }
        )


def _instant(text: str) -> datetime | None:
    """Parse a day such as 2026-12-31 to its first instant, in the territory's time zone; None when invalid."""
    try:
        return timezone.make_aware(datetime.combine(date.fromisoformat(text), time.min))
    except (ValueError, OverflowError):
        return None
