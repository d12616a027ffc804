"""Verbs of publication: translating a page, keeping the source of a translation up to date, who may edit."""

from collections.abc import Callable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

EDITORS = "Rédaction"


@transaction.atomic
def translate_page(*, page: Page, locale: Locale, translate: Callable[[str], str]) -> Page:
    """Make the translation of a live page through wagtail-localize, with words for every string, and publish it.

    One page a transaction, parents first (DESIGN §6: a subtree in one transaction breaks the tree). `translate`
    gives the words of a string of the source, HTML included; it raises `KeyError` when it has none.
    """
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={
                "data": translate(segment.string.data),
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )
    translation.save_target(publish=False)
    return source.get_translated_instance(locale)


@transaction.atomic
def ensure_editors() -> Group:
    """The group of communications staff: pages, translations, redirects, figures, projects, people, files, synonyms."""
    group, _created = Group.objects.get_or_create(name=EDITORS)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        Permission.objects.get(content_type__app_label="wagtail_localize", codename="submit_translation"),
        *Permission.objects.filter(
            content_type__app_label="territory", content_type__model__in=["figure", "majorproject", "person"]
        ),
        *Permission.objects.filter(content_type__app_label="search", content_type__model="synonymset"),
        *Permission.objects.filter(content_type__app_label="wagtailredirects", content_type__model="redirect"),
    )
    for home in Page.objects.filter(depth=2):
        for action in ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"):
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=action)
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
    root = Collection.get_first_root_node()
    for codename in ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"):
        permission = Permission.objects.get(
            codename=codename, content_type__app_label__in=["wagtailimages", "wagtaildocs"]
        )
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    return group
