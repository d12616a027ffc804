"""What is translated and what is not, read from wagtail-localize."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation


def translations() -> QuerySet[Translation]:
    """Translations in use, with `missing` (strings without words) and their page: `page_id`, `page_published_at`."""
    words = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef(OuterRef("target_locale")),
        has_error=False,
    )
    missing = (
        StringSegment.objects.filter(~Exists(words), source=OuterRef("source"))
        .order_by()
        .values("source")
        .annotate(number=Count("pk"))
        .values("number")
    )
    page = Page.objects.filter(translation_key=OuterRef("source__object"), locale=OuterRef("target_locale"))
    return (
        Translation.objects.filter(enabled=True)
        .select_related("source", "target_locale")
        .annotate(
            missing=Coalesce(Subquery(missing), 0),
            page_id=Subquery(page.values("pk")[:1]),
            page_published_at=Subquery(page.filter(live=True).values("last_published_at")[:1]),
        )
        .order_by("source__object_repr")
    )


def to_update() -> QuerySet[Translation]:
    """Translations that lack words, or whose page is not online as its source now is (a figure added, say)."""
    return translations().filter(
        Q(missing__gt=0) | Q(page_published_at=None) | Q(page_published_at__lt=F("source__last_updated_at")),
        page_id__isnull=False,
    )


def missing_strings(page: Page) -> int:
    """How many strings of a translated page have no words yet; 0 for a page that is not a translation."""
    found = translations().filter(source__object=page.translation_key, target_locale=page.locale_id).first()
    return found.missing if found else 0
