"""Photos, plans and brochure of a property: add, describe, order and remove, each by its own POST."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from properties.admin.access import OneProperty
from properties.choices import MediaKind
from properties.forms.media import MediumForm, WordsForm
from properties.media import add_medium, describe_medium, order_media, remove_medium
from properties.models import Media


class MediaView(OneProperty):
    """GET shows the media; POST runs the action `do`, then redirects, or shows the typed values with the errors."""

    template_name = "properties/admin/media.html"
    screen = "media"
    title = gettext_lazy("Photos, plans, brochure")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        does = {
            "add": self.add,
            "describe": self.describe,
            "remove": self.remove,
            "earlier": lambda: self.move(-1),
            "later": lambda: self.move(1),
        }
        if (act := does.get(request.POST.get("do", ""))) is None:
            raise Http404
        return act()

    def add(self) -> HttpResponse:
        form = MediumForm(self.request.POST, self.request.FILES)
        if form.is_valid():
            typed = form.cleaned_data
            try:
                add_medium(
                    instance=self.object,
                    kind=MediaKind(typed["kind"]),
                    upload=typed["file"],
                    words={name: typed[name] for name in WordsForm.base_fields},
                    user=self.user,
                )
            except ValidationError as refused:
                form.take(refused)
            else:
                messages.success(self.request, _("The file was added."))
                return self.back()
        messages.error(self.request, _("The file was not added: see below. Choose it again, its words are kept."))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def describe(self) -> HttpResponse:
        medium = self.medium()
        form = words_of(medium, self.request.POST)
        try:
            if not form.is_valid():
                raise ValidationError(form.errors.as_data())
            describe_medium(medium=medium, words=form.cleaned_data, user=self.user)
        except ValidationError as refused:
            why = " ".join(dict.fromkeys(refused.messages))
            messages.error(self.request, _("Nothing was changed. %(why)s") % {"why": why})
            if form.is_valid():
                for name, errors in refused.error_dict.items():
                    form.add_error(name, errors)
            return self.render_to_response(self.get_context_data(failed=medium.pk, words=form), status=422)
        messages.success(self.request, _("The words were saved."))
        return self.back()

    def remove(self) -> HttpResponse:
        medium = self.medium()
        if self.request.POST.get("sure") != "on":
            messages.error(self.request, _("Nothing was removed: tick the box beside the button first."))
            return self.back()
        remove_medium(medium=medium, user=self.user)
        messages.success(self.request, _("The file was removed."))
        return self.back()

    def move(self, step: int) -> HttpResponse:
        medium = self.medium()
        ids = [other.pk for other in self.object.media.all() if other.kind == medium.kind]
        place = ids.index(medium.pk)
        ids.insert(max(0, place + step), ids.pop(place))
        order_media(instance=self.object, ids=ids, user=self.user)
        return self.back()

    def medium(self) -> Media:
        number = self.request.POST.get("medium", "")
        medium = self.object.media.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
        if medium is None:
            raise Http404
        return medium

    def back(self) -> HttpResponse:
        return redirect("premises:media", self.object.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        failed, words = kwargs.pop("failed", None), kwargs.pop("words", None)
        shown = [(medium, words if medium.pk == failed else words_of(medium)) for medium in self.object.media.all()]
        by_kind = [(kind, [pair for pair in shown if pair[0].kind == kind]) for kind in MediaKind]
        context = super().get_context_data(**kwargs)
        return context | {"by_kind": by_kind, "form": kwargs.get("form") or MediumForm()}


def words_of(medium: Media, typed: Any = None) -> WordsForm:
    """The form of what is said of a medium, each of its inputs named after it."""
    return WordsForm(typed, initial={"alt": medium.alt, "credit": medium.credit}, auto_id=f"%s-{medium.pk}")
