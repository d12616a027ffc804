"""The home page promises what every partner holds: the longest of their delays, as the clock reads them today."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from territory.models import Partner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
DELAY = re.compile(r"(\w+) (?:working days?|jours? ouvrés?)")


@pytest.mark.parametrize("path", ["/fr/", "/en/"])
@pytest.mark.parametrize(("days", "said"), [({}, "1"), ({"ept": 2}, "2"), ({"ept": 2, "cci-94": 7}, "7")])
def test_the_home_page_promises_the_longest_delay_of_the_partners(client: Client, path, days, said) -> None:
    Partner.objects.update(first_answer_days=1, tailored_answer_days=9)
    for slug, number in days.items():
        assert Partner.objects.filter(slug=slug).update(first_answer_days=number)
    assert DELAY.findall(client.get(path).content.decode()) == [said]


def test_a_partner_that_left_promises_nothing(client: Client) -> None:
    Partner.objects.update(first_answer_days=1, tailored_answer_days=9)
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    Partner.objects.filter(slug="cci-94").update(first_answer_days=7, member_until=yesterday)
    assert DELAY.findall(client.get("/en/").content.decode()) == ["1"]


def test_without_a_partner_the_home_page_promises_no_delay(client: Client) -> None:
    Partner.objects.update(member_until=timezone.localdate() - timezone.timedelta(days=1))
    html = client.get("/fr/").content.decode()
    assert DELAY.findall(html) == []
    assert "Il vous répond" in html
