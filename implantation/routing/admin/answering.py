"""Answer of a partner to a draft changing its share."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from implantation.errors import RefusedError
from implantation.routing import approvals
from implantation.routing.admin.reading import VersionView


class AnswerView(VersionView):
    """Answer to a draft. POST approves, or refuses with a reason; GET redirects to the version.

    A refused POST answers 422 with the typed reason kept.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("rules:version", kwargs["version"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        table, typed = self.table, request.POST
        assert isinstance(request.user, User)
        approve = typed.get("answer") == "yes"
        try:
            approvals.answer_table(
                table=table,
                actor=request.user,
                approve=approve,
                reason=typed.get("reason", ""),
                round=int(typed["round"]) if typed.get("round", "").isdecimal() else None,
            )
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            table.refresh_from_db()
            context = self.get_context_data(refused=str(refusal), reason=typed.get("reason", ""), **kwargs)
            return self.render_to_response(context, status=422)
        confirmation = (
            _("Your partner says yes to these rules.") if approve else _("Your partner says no to these rules.")
        )
        messages.success(request, confirmation)
        return redirect("rules:version", table.version)
