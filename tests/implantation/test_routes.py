"""Who answers for a kind of premises, as a page says it: what the table in force would decide."""

import pytest
from django.utils.translation import override

from demo.routing import publish_routing_table
from implantation.routing.guide.premises import routes, worked_example
from implantation.routing.models import RoutingTable
from territory.models import Partner
from tests.implantation.factories import committee, in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_table(territory):
    committee()
    return publish_routing_table()


def test_each_case_goes_where_a_request_that_says_no_more_would_go(demo_table):
    with override("en"):
        found = {route.partner.slug: route.case for route in routes("warehouse")}
    assert "In Val-de-Marne" in found["cci-94"]
    assert "In Essonne" in found["cci-91"]
    assert found["essonne-developpement"] == "In Essonne, from abroad"
    assert "250 people or more" in found["ept"]


def test_each_partner_is_named_once(demo_table):
    partners = [route.partner for route in routes("office")]
    assert len(set(partners)) == len(partners)


def test_without_a_table_a_page_names_no_route(demo_table):
    RoutingTable.objects.all().update(state="superseded")
    assert routes("office") == []
    assert worked_example() is None


def test_the_example_of_the_home_page_is_decided_by_the_table_in_force(demo_table):
    example = worked_example()
    assert example.partner.slug == "cma-91"
    assert str(example.decision.reason) == "Une entreprise artisanale dans l’Essonne."


def test_the_example_follows_other_rules_once_they_are_in_force(territory):
    ept = Partner.objects.coordinator()
    in_force((ept, {}))
    example = worked_example()
    assert (example.partner, str(example.decision.reason)) == (ept, f"{ept}, règle 1.")
