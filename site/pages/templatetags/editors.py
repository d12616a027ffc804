"""What editors alone see on public pages."""

from typing import Any

from django import template
from django.conf import settings
from wagtail.admin.templatetags.wagtailuserbar import get_page_instance, wagtailuserbar

register = template.Library()


@register.simple_tag(takes_context=True)
def editors_bar(context: template.Context) -> Any:
    """Return Wagtail's user bar, with its checks, for an editor on a page of the tree; else nothing.

    A visitor without a session cookie has no account: reading theirs would make each page vary by cookie.
    """
    request = context.get("request")
    if get_page_instance(context) is None or settings.SESSION_COOKIE_NAME not in getattr(request, "COOKIES", {}):
        return ""
    return wagtailuserbar(context)
