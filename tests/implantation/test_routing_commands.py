"""What operators are told about routing."""

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from implantation.enquiries.models import Notice
from implantation.routing.choices import TableState
from implantation.routing.facts import Activity
from implantation.routing.models import RoutingTable
from implantation.routing.proof.keeping import prove_current
from tests.implantation.factories import RoutingTableFactory, RuleFactory, in_force, staffed, submitted

pytestmark = pytest.mark.django_db


def warnings():
    return [message.id for message in run_checks(databases=["default"]) if message.id.startswith("implantation")]


def test_a_decision_is_explained_rule_by_rule(partnership, capsys):
    enquiry = submitted(activity=Activity.LIBERAL)
    call_command("routing", "explain", enquiry.reference.lower())
    said = capsys.readouterr().out
    assert "not rule 1: activity is liberal, not craft" in said
    assert "rule 2 of" in said
    assert "held by Ept" in said
    assert enquiry.email not in said


def test_what_cannot_be_explained_says_so(partnership):
    with pytest.raises(CommandError, match="no enquiry GO-1999-000001"):
        call_command("routing", "explain", "GO-1999-000001")
    suspect = submitted(suspicion="honeypot")
    with pytest.raises(CommandError, match="to be checked"):
        call_command("routing", "explain", suspect.reference)


def test_a_site_that_cannot_route_is_warned(partnership):
    assert warnings() == []
    in_force((partnership.cma, {"place": ["75056"]}), (partnership.ept, {}))
    assert warnings() == ["implantation.W002"]
    RoutingTable.objects.update(state=TableState.SUPERSEDED)
    assert warnings() == ["implantation.W001"]


def test_the_table_in_force_is_proved_or_what_is_wrong_is_said(partnership, capsys, settings):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(CommandError, match=r"not proved:\n.*has no active deputy"):
        call_command("routing", "prove")
    staffed(partnership.ept, partnership.cma)
    call_command("routing", "prove")
    said = capsys.readouterr().out
    assert "Activity: any but Craft" in said
    assert "is proved" in said
    RoutingTable.objects.update(state=TableState.SUPERSEDED)
    with pytest.raises(CommandError, match="No routing table"):
        call_command("routing", "prove")


def test_a_version_is_simulated(partnership, capsys, settings):
    settings.LANGUAGE_CODE = "en"
    enquiry = submitted(activity=Activity.LIBERAL)
    other = RoutingTableFactory()
    RuleFactory(table=other, lead=partnership.cci, position=1)
    call_command("routing", "simulate", str(other.version))
    said = capsys.readouterr().out
    assert f"{enquiry}: ept (rule 2) → cci (rule 1)" in said
    assert "EPT −1, CCI +1" in said
    with pytest.raises(CommandError, match="no version 999"):
        call_command("routing", "simulate", "999")


def test_the_probe_says_when_the_table_in_force_is_not_proved(client, partnership):
    being_proved = {"status": "ready", "degraded": ["routing being proved anew"]}
    assert client.get("/readyz").json() == being_proved
    prove_current()
    assert client.get("/readyz").json() == {"status": "ready", "degraded": ["routing"]}
    staffed(partnership.ept, partnership.cma)
    assert client.get("/readyz").json() == being_proved
    prove_current()
    assert client.get("/readyz").json() == {"status": "ready"}
    RoutingTable.objects.update(state=TableState.SUPERSEDED)
    assert client.get("/readyz").status_code == 503


def test_the_probe_says_that_mails_could_not_be_sent(client, partnership):
    staffed(partnership.ept, partnership.cma)
    submitted()
    prove_current()
    assert client.get("/readyz").json() == {"status": "ready"}
    Notice.objects.update(attempts=1)
    assert client.get("/readyz").json() == {"status": "ready", "degraded": ["notices"]}
    Notice.objects.update(sent_at=timezone.now())
    assert client.get("/readyz").json() == {"status": "ready"}


def test_the_coordinator_alone_is_alerted_at_home_that_the_table_in_force_is_not_proved(client, partnership):
    seen = {}
    for proved in (False, True):
        if proved:
            staffed(partnership.ept, partnership.cma)
        prove_current()
        for who in ("coordinator", "cma_officer"):
            client.force_login(getattr(partnership, who))
            body = client.get(reverse("wagtailadmin_home")).content.decode()
            seen[who, proved] = "desk-notice--bad" in body
    assert seen == {
        ("coordinator", False): True,
        ("cma_officer", False): False,
        ("coordinator", True): False,
        ("cma_officer", True): False,
    }
