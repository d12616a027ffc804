"""Page of the visitor's shortlist: comparison, changes by POST, and a shareable address."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from properties.listing import shortlist as basket
from properties.listing.comparison import side_by_side


@require_http_methods(["GET", "HEAD", "POST"])
def shortlist(request: HttpRequest) -> HttpResponse:
    """Show the visitor's list or an address's list (`?ref=`, repeated); POST changes the visitor's."""
    response = _change(request) if request.method == "POST" else _show(request)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def _change(request: HttpRequest) -> HttpResponse:
    """Apply a POST: `add` or `remove` one reference, `take` a shared list into the visitor's, `clear` all.

    A refused addition changes nothing and shows its reason on the page.
    """
    references = basket.kept(request)
    posted = request.POST
    address = reverse("properties:shortlist")
    if added := posted.get("add", "").strip().upper():
        if not basket.premises([added]):
            return _show(request, problem=_("No property on the market has the reference %(it)s.") % {"it": added[:20]})
        if added not in references and len(references) >= basket.LIMIT:
            return _show(request, problem=_full())
        references, where = (*references, added), _back(request, added) or address
    elif removed := posted.get("remove", "").strip().upper():
        references = tuple(reference for reference in references if reference != removed)
        where = _back(request, removed) or f"{address}?{urlencode({'removed': removed[:20]})}"
    elif "take" in posted:
        shared = basket.listed(posted.getlist("ref"))
        if len(set(references) | set(shared)) > basket.LIMIT:
            return _show(request, problem=_full())
        references, where = (*references, *shared), address
    elif "clear" in posted:
        where = f"{address}?{urlencode([('removed', reference) for reference in references])}"
        references = ()
    else:
        return _show(request, problem=_("Nothing was asked: use one of the buttons."))
    response = HttpResponseRedirect(where)
    basket.keep(response, references)
    return response


def _full() -> str:
    return _("A shortlist holds %(limit)s properties at most: remove one first.") % {"limit": basket.LIMIT}


def _back(request: HttpRequest, reference: str) -> str:
    """Return the local address of the form's page, at the property's row; empty without one or for another site."""
    next_url = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(next_url, allowed_hosts=None) and next_url.startswith("/")
    return f"{next_url.partition('#')[0]}#keep-{reference}" if allowed else ""


def _show(request: HttpRequest, problem: str = "") -> HttpResponse:
    own = basket.kept(request)
    requested_references = [] if problem else request.GET.getlist("ref")
    references = basket.listed(requested_references) if requested_references else own
    listings = basket.premises(references)
    removed = basket.listed(request.GET.getlist("removed"))
    shown_references = {listing.reference for listing in listings}
    query = urlencode([("ref", listing.reference) for listing in listings])
    context: dict[str, Any] = {
        "listings": listings,
        "parts": side_by_side(listings) if listings else (),
        "shared": bool(requested_references) and set(references) != set(own),
        "gone": [reference for reference in references if reference not in shown_references],
        "too_many": len(set(requested_references)) > basket.LIMIT,
        "limit": basket.LIMIT,
        "removed": [reference for reference in removed if reference not in own],
        "problem": problem,
        "share_url": f"{settings.SITE_URL}{reverse('properties:shortlist')}?{query}",
    }
    return render(request, "properties/shortlist.html", context, status=422 if problem else 200)
