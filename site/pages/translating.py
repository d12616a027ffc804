"""What is translated and what is not, read from wagtail-localize."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

# Fewer words may be a name or a source, the same in every language.
SENTENCE_WORDS = 8


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
    enabled_translations: QuerySet[Translation] = (
        Translation.objects.filter(enabled=True)
        .select_related("source", "target_locale")
        .annotate(
            missing=Coalesce(Subquery(missing), 0),
            page_id=Subquery(page.values("pk")[:1]),
            page_published_at=Subquery(page.filter(live=True).values("last_published_at")[:1]),
        )
        .order_by("source__object_repr")
    )
    return enabled_translations


def to_update() -> QuerySet[Translation]:
    """Translations that lack words, or whose page is not online as its source now is (a figure added, say)."""
    return translations().filter(
        Q(missing__gt=0) | Q(page_published_at=None) | Q(page_published_at__lt=F("source__last_updated_at")),
        page_id__isnull=False,
    )


def changed_since() -> QuerySet[Page]:
    """Live translations no longer synchronised whose original was published after them.

    The original is the oldest page of the translation; its `original_id` and `original_published_at` are annotated.
    """
    original = Page.objects.live().filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    synchronised = Translation.objects.filter(
        enabled=True, source__object=OuterRef("translation_key"), target_locale=OuterRef("locale")
    )
    outdated_pages: QuerySet[Page] = (
        Page.objects.live()
        .filter(~Exists(synchronised), alias_of=None)
        .annotate(
            original_id=Subquery(original.order_by("pk").values("pk")[:1]),
            original_published_at=Subquery(original.order_by("pk").values("last_published_at")[:1]),
        )
        .filter(original_published_at__gt=F("last_published_at"))
    )
    return outdated_pages


def mark_outdated(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Annotate pages with `translation_outdated`: to be translated, or published, again."""
    waiting = Exists(to_update().filter(page_id=OuterRef("pk")))
    changed = Exists(changed_since().filter(pk=OuterRef("pk")))
    marked: QuerySet[Page] = pages.annotate(translation_outdated=waiting | changed)
    return marked


def repeated_sentences(page: Page) -> list[str]:
    """Sentences of a page left as they are in the page it was translated from; empty for an original."""
    original = page.get_translations().filter(pk__lt=page.pk).order_by("pk").first() if page.pk else None
    if original is None:
        return []
    source = set(_sentences(original))
    return [sentence for sentence in _sentences(page) if sentence in source]


def _sentences(page: Page) -> list[str]:
    texts = (strip_tags(part.string.data) for part in extract_segments(page) if isinstance(part, StringSegmentValue))
    return [text for text in texts if len(text.split()) >= SENTENCE_WORDS]


def missing_strings(page: Page) -> int:
    """How many strings of a translated page have no words yet; 0 for a page that is not a translation."""
    page_translation = translations().filter(source__object=page.translation_key, target_locale=page.locale_id).first()
    return page_translation.missing if page_translation else 0
