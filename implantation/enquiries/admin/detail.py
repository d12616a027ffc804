"""Page of one enquiry: facts, holder and decision, timeline, actions."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from foundation.wording import moment
from implantation.enquiries.admin.access import VisibleEnquiries
from implantation.enquiries.admin.actions import ACTIONS, Action, offered, open_transfer
from implantation.enquiries.admin.wording import line
from implantation.enquiries.choices import EventKind, NoticeKind
from implantation.enquiries.models import Enquiry, Event, Notice
from implantation.enquiries.privacy import note_opening
from implantation.errors import RefusedError
from implantation.officers.models import Absence
from implantation.officers.permissions import officer_of
from implantation.routing.facts import FACTS, UNKNOWN, held
from implantation.routing.models import Decision
from implantation.routing.wording import RuleWording
from territory.choices import OfficerRole

# Events of colleagues to read before writing, closing or handing over.
_CHANGES = (
    EventKind.MESSAGE_OUT,
    EventKind.MESSAGE_IN,
    EventKind.STATE,
    EventKind.FACTS_CORRECTED,
    EventKind.WITHDRAWN,
    EventKind.TAKEN,
    EventKind.TRANSFER_PROPOSED,
    EventKind.TRANSFER_ACCEPTED,
)


class EnquiryDetailView(VisibleEnquiries, PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Page of an enquiry. POST runs one action and redirects, or on refusal answers 422 with the typed values kept."""

    model = Enquiry
    any_permission_required = ["view"]
    template_name = "implantation/admin/detail.html"
    header_icon = "mail"
    index_url_name = "enquiry:index"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = self.get_object()
        self.bound: Any = None
        self.failed: Action | None = None
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "action" in kwargs:  # a reloaded or bookmarked address of an action
            return redirect("enquiry:detail", self.object.pk)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = ACTIONS.get(kwargs.get("action", ""))
        if action is None:
            raise Http404
        form = action.form(request.POST, enquiry=self.object)
        if form.is_valid():
            try:
                with transaction.atomic():
                    self._do(action, form.cleaned_data, request.user)
            except RefusedError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, str(action.done))
                return self._leave()
        self.object, self.bound, self.failed = self.get_object(), form, action
        why = " ".join(str(error) for errors in form.errors.values() for error in errors)
        messages.error(request, _("Nothing was done. %(why)s What you typed is kept below.") % {"why": why})
        return self.render_to_response(self.get_context_data(**kwargs), status=422)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        note_opening(enquiry=self.object, user=self.request.user)
        return super().render_to_response(context, **kwargs)

    def _do(self, action: Action, typed: dict[str, Any], actor: Any) -> None:
        # Lock first: of two concurrent officers, the second waits here, then reads the events of the first.
        enquiry = Enquiry.objects.select_for_update(of=("self",)).get(pk=self.object.pk)
        if action.alone and typed["seen"] is not None:
            self._tell_what_happened_since(typed["seen"], actor)
        action.does(enquiry, actor, typed)

    def _tell_what_happened_since(self, seen: int, actor: Any) -> None:
        since = self.object.events.filter(sequence__gt=seen, kind__in=_CHANGES).exclude(actor=actor)
        event = since.select_related("actor", "partner").order_by("-sequence").first()
        if event is not None:
            raise RefusedError(
                _("Meanwhile, on %(when)s: %(what)s (%(who)s). Read it below, then confirm if you still want to.")
                % {"when": moment(event.at), "what": event.get_kind_display(), "who": who(event)}
            )

    def _leave(self) -> HttpResponseRedirect:
        """Redirect to the enquiry, or to the list once the enquiry is no longer visible to this officer."""
        if Enquiry.objects.visible_to(self.request.user).filter(pk=self.object.pk).exists():
            return redirect("enquiry:detail", self.object.pk)
        return redirect(self.index_url_name)

    def get_page_title(self) -> str:
        return self.object.reference

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": capfirst(str(Enquiry._meta.verbose_name_plural))},
            {"url": "", "label": self.object.reference},
        ]

    @cached_property
    def words(self) -> RuleWording:
        return RuleWording()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        enquiry = self.object
        officer = officer_of(self.request.user)
        assert officer is not None  # visible_to is empty for any other account
        transfer = open_transfer(enquiry)
        whole = Enquiry.objects.read_whole_by(self.request.user).filter(pk=enquiry.pk).exists()
        lines = timeline(enquiry)
        last = lines[0]["event"].sequence if lines else 0
        actions = offered(enquiry, officer, transfer)
        if self.failed:  # first, and the only open form, so that the eye finds it
            actions = [self.failed, *(action for action in actions if action is not self.failed)]
        forms = [(action, self._form(action, last)) for action in actions]
        return super().get_context_data(**kwargs) | {
            "enquiry": enquiry,
            "whole": whole,
            "facts": [(fact.label, self.words.value(fact.key, enquiry.facts[fact.key])) for fact in held()],
            "asked": asked(enquiry, whole=whole),
            "away": Absence.objects.on(timezone.localdate()).filter(officer__user=enquiry.taken_by_id).first(),
            "transfer": transfer,
            "transfer_reason": transfer_reason(enquiry) if transfer else "",
            "actions": forms,
            "open_actions": [self.failed.name] if self.failed else URGENT,
            "timeline": lines if whole else [],
            "decision": self._decision(whole=officer.role == OfficerRole.COORDINATOR),
            "tracking": tracking(enquiry, lines),
            "failed_notices": [
                notice
                for item in lines
                for notice in item["notices"]
                if whole and notice.attempts and not notice.sent_at
            ],
        }

    def _form(self, action: Action, last: int) -> Any:
        if action is self.failed:
            # The typed values stay; `seen` moves on, since the page now shows the newer events.
            self.bound.data = self.bound.data.copy()
            self.bound.data["seen"] = last
            return self.bound
        return action.form(initial={"seen": last}, enquiry=self.object)

    def _decision(self, *, whole: bool) -> dict[str, Any] | None:
        """Return the decision with its reasons, or None while the enquiry is held for checking.

        Officers get the facts and the rule; with `whole`, for the authors of rules, also the unknown facts and the
        misses of earlier rules.
        """
        decision = (
            Decision.objects.select_related("rule__lead", "rule__axis", "table").filter(enquiry=self.object).first()
        )
        if decision is None:
            return None
        rules = {}
        if decision.table and whole:
            rules = {rule.position: rule for rule in decision.table.rules.select_related("lead")}
        earlier = [
            {
                "position": step["position"],
                "lead": rules[step["position"]].lead if step["position"] in rules else "",
                "misses": [self.words.miss(**miss) for miss in step["misses"]],
            }
            for step in decision.earlier
            if whole
        ]
        conditions = self.words.conditions(decision.rule.conditions) if decision.rule else []
        return {
            "it": decision,
            "facts": [self.words.fact(fact, value) for fact, value in decision.facts.items() if value != UNKNOWN],
            "unknown": [fact.label for key, fact in FACTS.items() if whole and decision.facts.get(key) == UNKNOWN],
            "conditions": conditions,
            "earlier": earlier,
        }


# Forms open on load: the most likely next step.
URGENT = ("release", "take", "accept", "write")


def who(event: Event) -> str:
    """Return the author of a timeline event: the colleague with the partner, or the investor."""
    if event.kind in (EventKind.MESSAGE_IN, EventKind.WITHDRAWN, EventKind.SUBMITTED):
        return _("the investor")
    if event.actor is None:
        return str(event.partner or "")
    name = event.actor.get_full_name() or event.actor.get_username()
    return f"{name}, {event.partner}" if event.partner else name


def timeline(enquiry: Enquiry) -> list[dict[str, Any]]:
    """Return timeline lines, latest first, each with its text, author and notices."""
    events = enquiry.events.select_related("actor", "partner", "text").prefetch_related("notices")
    return [
        {
            "event": event,
            "said": line(event),
            "who": who(event),
            "tone": event.kind.replace("_", "-"),
            "notices": list(event.notices.all()),
        }
        for event in events.order_by("-sequence")
    ]


def transfer_reason(enquiry: Enquiry) -> str:
    """Return the reason given with the open transfer."""
    event = enquiry.events.filter(kind=EventKind.TRANSFER_PROPOSED).select_related("text").order_by("-sequence").first()
    return event.body if event else ""


def asked(enquiry: Enquiry, *, whole: bool) -> list[tuple[str, str, Any]]:
    """Return the investor's other answers as (label, format, value); the SIRET only with `whole`."""
    rows: list[tuple[str, str, Any]] = [
        ("deadline", "text", enquiry.get_deadline_display()),
        ("budget", "euros", enquiry.budget),
        ("jobs", "number", enquiry.jobs),
        ("siret", "text", enquiry.siret if whole else ""),
        ("country", "text", getattr(enquiry.country, "name", "")),
    ]
    label = {field.name: capfirst(str(field.verbose_name)) for field in Enquiry._meta.fields}
    return [(label[name], kind, value) for name, kind, value in rows if value not in (None, "")]


def tracking(enquiry: Enquiry, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the state of the investor's tracking link, never the link itself: the link is the investor's key."""
    sent: list[Notice] = [
        notice for item in lines for notice in item["notices"] if notice.kind == NoticeKind.ACKNOWLEDGEMENT
    ]
    return {
        "closed": bool(enquiry.anonymised_at),
        "notice": sent[0] if sent else None,
    }
