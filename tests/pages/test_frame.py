"""What the frame of every page reads: the same as its editors last published, and the partners of today."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from pages.models import AssetIndexPage, ContentPage, ProjectIndexPage
from pages.serving.frame import linked, partners
from territory.models import Commune, Partner
from tests.territory.factories import PartnerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_linked_are_those_of_the_language_with_their_addresses(language, django_assert_num_queries) -> None:
    of_language = Page.objects.live().filter(locale__language_code=language)
    assets, projects, menu = linked(language)
    assert (assets.url, projects.url) == (
        of_language.type(AssetIndexPage).get().url,
        of_language.type(ProjectIndexPage).get().url,
    )
    expected = [(page.url, page.title) for page in of_language.type(ContentPage).in_menu().order_by("path")]
    with django_assert_num_queries(0):
        assert [(page.url, page.title) for page in menu] == expected
    assert len(menu) > 2
    with django_assert_num_queries(1):
        linked(language)


def test_what_an_editor_changes_is_linked_so_at_once() -> None:
    _assets, projects, menu = linked("fr")
    ContentPage.objects.filter(pk=menu[0].pk).update(title="Un autre titre")
    ContentPage.objects.filter(pk=menu[1].pk).update(show_in_menus=False)
    Page.objects.filter(pk=projects.pk).update(live=False)
    _assets, none, changed = linked("fr")
    assert none is None
    assert [page.title for page in changed] == ["Un autre titre", *[page.title for page in menu[2:]]]


def test_the_area_of_partners_is_counted_alike_with_and_without_their_communes(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        counted = {
            partner.slug: (partner.area, partner.commune_count, partner.role)
            for partner in partners(timezone.localdate())
        }
    assert counted == {
        partner.slug: (partner.area, partner.commune_count, partner.role) for partner in Partner.objects.all()
    }
    assert counted["ept"][:2] == ({"94": 18, "91": 6}, 24)


def test_the_partners_are_those_of_the_day_in_their_order() -> None:
    today = timezone.localdate()
    joined = PartnerFactory(member_since=today - timedelta(days=1), short_name="Agence des laboratoires")
    joined.communes.add(Commune.objects.get(name="Rungis"))
    PartnerFactory(member_since=date(2018, 6, 25), member_until=today - timedelta(days=1))
    assert partners(today) == list(Partner.objects.members_on(today))
    assert next(partner.area for partner in partners(today) if partner == joined) == {"94": 1}
    assert joined not in partners(today - timedelta(days=2))
