"""The yardstick: Django without middleware or database, one answer of 48 KB. Served like the site itself."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

_BODY = b"<p>Grand-Orly Seine Bi\xc3\xa8vre</p>\n" * (48 * 1024 // 32)


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_BODY)


urlpatterns = [path("", view)]
settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="of a benchmark")
application = get_wsgi_application()
