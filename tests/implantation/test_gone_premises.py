"""An enquiry whose premises were withdrawn, or whose partner left: still held, still read, still corrected."""

from datetime import date

import pytest
from django.urls import reverse

from implantation.enquiries.checking import release
from implantation.enquiries.correction import correct_facts
from implantation.enquiries.handling import take_in_charge
from implantation.routing.models import RoutingTable, Rule
from implantation.routing.simulation import Simulation, simulate
from properties.choices import PropertyState
from properties.models import Property
from territory.models import Partner
from tests.implantation.factories import in_force, staffed, submitted
from tests.properties.factories import make_property

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(partnership):
    """The partner of the premises first, and craft to its chamber."""
    staffed(partnership.cci)
    return in_force(
        (partnership.cci, {"property_partner": ["cci"]}),
        (partnership.cma, {"activity": ["craft"]}),
        (partnership.ept, {}),
    )


@pytest.fixture
def premises(partnership):
    return make_property(partner=partnership.cci, latitude=48.71, longitude=2.31)


def rules():
    return [list(model.objects.order_by("pk").values()) for model in (RoutingTable, Rule)]


def test_premises_withdrawn_since_are_said_and_the_enquiry_goes_on(client, partnership, table, premises):
    enquiry = submitted(activity="craft", attached_property=premises)
    assert enquiry.holder == partnership.cci
    before, decided = rules(), enquiry.decision.facts
    client.force_login(partnership.cci_officer)
    page = reverse("enquiry:detail", args=[enquiry.pk])
    assert premises.get_absolute_url() in client.get(page).content.decode()
    Property.objects.update(state=PropertyState.WITHDRAWN)
    body = client.get(page).content.decode()
    assert f"{premises.reference}, retiré de l’offre" in body
    assert premises.get_absolute_url() not in body
    take_in_charge(enquiry=enquiry, actor=partnership.cci_officer)
    corrected = correct_facts(
        enquiry=enquiry, actor=partnership.cci_officer, facts={"headcount": "1-9"}, reason="By telephone."
    )
    enquiry.refresh_from_db()
    assert (corrected, enquiry.holder, enquiry.headcount) == (None, partnership.cci, "1-9")
    assert enquiry.decision.facts == decided
    assert simulate(table) == Simulation(replayed=1, moved=[], gains={}, left=0, unread=0)
    assert rules() == before


def test_premises_whose_partner_left_fall_to_the_last_rule_with_that_reason(partnership, table, premises):
    kept = submitted(activity="craft", attached_property=premises, suspicion="honeypot")
    before = rules()
    Partner.objects.filter(pk=partnership.cci.pk).update(member_until=date(2020, 1, 1))
    for enquiry in (
        submitted(activity="craft", attached_property=premises),
        release(enquiry=kept, actor=partnership.coordinator),
    ):
        assert (enquiry.holder, enquiry.decision.fallback) == (partnership.ept, "not_a_member")
        assert enquiry.decision.facts["property_partner"] == "cci"
    assert rules() == before


def test_premises_given_to_another_partner_since_leave_the_decision_as_it_was(partnership, table, premises):
    enquiry = submitted(activity="craft", attached_property=premises)
    Property.objects.update(partner=partnership.ept)
    take_in_charge(enquiry=enquiry, actor=partnership.cci_officer)
    assert not correct_facts(
        enquiry=enquiry, actor=partnership.cci_officer, facts={"headcount": "1-9"}, reason="By telephone."
    )
    enquiry.decision.refresh_from_db()
    assert (enquiry.decision.facts["property_partner"], enquiry.decision.rule.position) == ("cci", 1)
