"""The text index follows the offering in the transaction of its change."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from properties.models import Property
from search import services
from search.engines.database import table, textindex
from territory.models import Partner
from tests.search.world import make_world, number_found, plain, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Partner:
    return make_world()


def test_a_property_is_found_by_what_names_it(partner):
    publish([plain(title="Atelier avec cour", commune="94038", text="Deux quais de déchargement")], partner)
    for words in ("ateliers", "cours", "REF-0", "ref 0", "94240", "L'Haÿ", "quai", "atelier quai hay", "val de marne"):
        assert number_found(words) == 1, words
    for words in ("bureau", "REF-1", "94310", "atelier bureau"):
        assert number_found(words) == 0, words


def test_a_changed_text_is_found_at_once_and_the_old_one_is_not(partner):
    (item,) = publish([plain(title="Atelier")], partner)
    Property.objects.filter(pk=item.pk).update(title={"fr": "Verrière"})
    assert (number_found("atelier cour"), number_found("verrière")) == (0, 1)
    item.refresh_from_db()
    item.title |= {"en": "Glasshouse"}
    item.save()
    assert number_found("glasshouses") == 1


def test_a_change_undone_leaves_the_index_as_it_was(partner):
    (item,) = publish([plain(title="Atelier")], partner)
    with transaction.atomic():
        Property.objects.filter(pk=item.pk).update(title={"fr": "Verrière"})
        transaction.set_rollback(True)
    assert (number_found("verrière"), number_found("REF-0")) == (0, 1)


def test_a_deleted_property_leaves_the_index(partner):
    publish([plain(), plain()], partner)
    Property.objects.get(reference="REF-0").delete()
    Property.objects.all().delete()
    assert table.keys() == set()


def test_many_changes_are_written_in_bulk(partner, django_assert_max_num_queries):
    items = publish([plain() for _ in range(60)], partner)
    with django_assert_max_num_queries(16):
        services.index(ids=[item.pk for item in items])


def test_verify_names_each_difference_and_rebuild_repairs_it(partner):
    first, second = publish([plain(), plain()], partner)
    call_command("search_index", "verify", stdout=StringIO())
    textindex.remove([first.pk])
    textindex.write([(first.pk, ("other",), ()), (999_999, ("nobody",), ())])
    table.forget([second.pk])
    said = StringIO()
    with pytest.raises(CommandError, match="3 differences"):
        call_command("search_index", "verify", stdout=said)
    assert "REF-0: differs" in said.getvalue()
    assert "999999" in said.getvalue()
    call_command("search_index", "rebuild", stdout=StringIO())
    call_command("search_index", "verify", stdout=StringIO())
    status = StringIO()
    call_command("search_index", "status", stdout=status)
    assert "2 public properties, 2 rows" in status.getvalue()
