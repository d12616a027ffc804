"""The first start of a site: what it writes, and that it may be run again."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from implantation.routing.deciding import table_in_force
from implantation.routing.proof.keeping import table_is_proved
from territory.choices import OfficerRole
from territory.models import Axis, Officer, Partner
from tests.config.conftest import Run
from tests.config.partners_file import ONE, REAL, state
from tests.implantation.factories import submitted

pytestmark = pytest.mark.django_db


def test_the_example_with_real_addresses_starts_a_site(run: Run, client: Client) -> None:
    said = run(REAL)
    ept, cci = Partner.objects.coordinator(), Partner.objects.get(slug="cci-91")
    assert (ept.slug, ept.communes.count(), cci.communes.count()) == ("ept", 24, 6)
    roles = {(officer.partner, officer.role, officer.user.email) for officer in Officer.objects.all()}
    assert roles == {
        (ept, OfficerRole.COORDINATOR, "dominique.petit@ept.partners.test"),
        (ept, OfficerRole.DEPUTY, "alix.moreau@ept.partners.test"),
        (cci, OfficerRole.OFFICER, "sacha.bernard@cci91.partners.test"),
        (cci, OfficerRole.DEPUTY, "lou.garnier@cci91.partners.test"),
    }
    assert get_user_model().objects.get(is_superuser=True).email == "camille.martin@partners.test"
    table = table_in_force()
    assert table is not None
    assert [(rule.conditions, rule.lead) for rule in table.rules.all()] == [({}, ept)]
    assert table_is_proved()
    assert client.get("/readyz").json() == {"status": "ready"}
    assert submitted().holder == ept
    assert Axis.objects.get(number=1).lead == ept
    assert cci in Axis.objects.get(number=1).contributors.all()
    for words in ("CCI Essonne", "camille.martin@partners.test, invited", "10 published"):
        assert words in said


def test_accounts_are_invited_and_choose_their_own_password(run: Run, client: Client, settings: Any) -> None:
    run(ONE)
    assert sorted(message.to[0] for message in mail.outbox) == [
        "admin@partners.test", "deputy@partners.test", "officer@partners.test",
    ]  # fmt: skip
    invitation = next(message for message in mail.outbox if message.to == ["officer@partners.test"])
    path = re.search(rf"{settings.SITE_URL}(/admin/password_reset/\S+)", invitation.body)
    assert path is not None
    form = client.get(path[1], follow=True)
    password = "a password of their own"
    client.post(form.redirect_chain[-1][0], {"new_password1": password, "new_password2": password})
    officer = get_user_model().objects.get(username="officer@partners.test")
    assert officer.check_password(password)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/").status_code == 200


def test_run_again_it_changes_nothing_and_invites_nobody(run: Run) -> None:
    run(REAL)
    before, mails = state(), len(mail.outbox)
    assert run(REAL) == "Nothing was missing, nothing has changed.\n"
    assert state() == before
    assert len(mail.outbox) == mails
