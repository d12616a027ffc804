"""URL configuration. Public URLs carry a language prefix; the admin, the API and the probes do not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.health import healthz, readyz
from config.masking import TOKEN_WORDS
from foundation.accounts.views import AskForResetView, ChoosePasswordView
from implantation.enquiries.follow_up.views import other_language
from implantation.redirects import english_request
from pages.serving.views import document

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    # Override Wagtail's views: attempts are limited, chosen passwords logged.
    path("admin/password_reset/", AskForResetView.as_view(), name="wagtailadmin_password_reset"),
    path(
        "admin/password_reset/confirm/<uidb64>/<token>/",
        ChoosePasswordView.as_view(),
        name="wagtailadmin_password_reset_confirm",
    ),
    path("admin/", include(wagtailadmin_urls)),
    # Takes precedence over Wagtail's view of the same name.
    path("documents/<int:document_id>/<str:document_filename>", document, name="wagtaildocs_serve"),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v1/", include("search.api.urls")),
    path("", include("pages.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("en/implantation/", english_request),
    path("en/implantation/<path:rest>", english_request),
    *i18n_patterns(
        path(_("premises/"), include("search.urls")),
        path(_("premises/"), include("properties.urls")),
        path(_("business-location/"), include("implantation.urls")),
        # A private link with path segments of another language: a URL edited by hand, or a switched language.
        re_path(rf"^[\w-]+/(?:{'|'.join(TOKEN_WORDS)})/(?P<token>[\w-]{{43}})/$", other_language),
        path("", include(wagtail_urls)),
    ),
]
