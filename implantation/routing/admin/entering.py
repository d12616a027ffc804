"""Entry of the draft's rules: one by one, or from a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from implantation.errors import OutdatedError, RefusedError
from implantation.routing import drafts
from implantation.routing.admin.forms import ImportForm, RuleForm, initial_of
from implantation.routing.admin.preparing import CoordinatorView, say_what_the_proof_found
from implantation.routing.models import Rule
from implantation.routing.serialization import TableFileError


class RuleView(CoordinatorView):
    """Form of a rule of the draft, new without a key. POST saves, or removes with `do=drop`.

    Typed values are never lost: when the optimistic lock fails, the form is shown again with them, on the present
    draft.
    """

    template_name = "implantation/admin/rule_form.html"
    page_title = gettext_lazy("Rule of the draft")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.rule: Rule | None = None
        if "pk" in kwargs:
            self.rule = Rule.objects.filter(pk=kwargs["pk"], table=drafts.draft_table()).first()
            if self.rule is None and request.method != "POST":
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft, rule = self.draft, self.rule
        if draft is None:
            return redirect("rules:index")
        if request.POST.get("do") == "drop":
            self.attempt(
                lambda: drafts.drop_rule(rule=rule or Rule(table=draft), actor=self.actor, edition=self.edition),
                _("The rule is out of the draft."),
            )
            say_what_the_proof_found(request, draft)
            return redirect("rules:draft")
        form = RuleForm(request.POST)
        if form.is_valid():
            typed = form.cleaned_data
            try:
                if "pk" in kwargs and rule is None:
                    raise OutdatedError(
                        _("This rule was taken out of the draft meanwhile. Keep it again to put it back as a new one.")
                    )
                saved_rule = drafts.keep_rule(
                    table=draft,
                    actor=self.actor,
                    position=typed["position"],
                    text=form.text(),
                    rule=rule,
                    edition=typed["edition"],
                )
            except OutdatedError as outdated:
                draft.refresh_from_db()
                again = request.POST.copy()
                again["edition"] = str(draft.edition)
                form = RuleForm(again)
                form.full_clean()
                form.add_error(None, str(outdated))
            except RefusedError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The rule is in the draft."))
                has_warning = say_what_the_proof_found(request, draft)
                return HttpResponseRedirect(
                    f"{reverse('rules:draft')}#{'proof' if has_warning else f'rule-{saved_rule.pk}'}"
                )
        return self.render_to_response(self.get_context_data(form=form, **kwargs), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule, draft = self.rule, self.draft
        assert draft is not None
        initial = {"edition": draft.edition, "position": max(draft.rules.count(), 1)}
        if rule is not None:
            initial |= initial_of(rule)
        return {"form": RuleForm(initial=initial)} | super().get_context_data(**kwargs) | {"rule": rule}


class ImportView(CoordinatorView):
    """Import of a file, replacing the draft's rules."""

    template_name = "implantation/admin/rules_import.html"
    page_title = gettext_lazy("Rules from a file")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = self.draft
        if draft is None:
            return redirect("rules:index")
        form = ImportForm(request.POST, request.FILES)
        if form.is_valid():
            typed = form.cleaned_data
            try:
                drafts.import_rules(
                    table=draft,
                    actor=self.actor,
                    text=typed["pasted"],
                    edition=typed["edition"],
                )
            except TableFileError as bad:
                for problem in bad.problems:
                    form.add_error(None, problem)
            except RefusedError as refusal:
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
