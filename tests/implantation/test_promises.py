"""A delay is said in one way, and is the one that the clock holds its partner to: on pages, on the sheet, in mails."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import polib
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from foundation.wording import day, within
from implantation.deadlines import PARIS
from implantation.enquiries.conversation import write_to_investor
from implantation.enquiries.custody import accept_transfer, propose_transfer
from implantation.enquiries.handling import take_in_charge
from implantation.enquiries.tracking import token_for
from implantation.routing.facts import Activity
from properties.listing import sheet
from tests.implantation.factories import submitted, sweep_notices
from tests.properties.factories import make_property

ROOT = Path(__file__).resolve().parents[2]
DELAY = re.compile(r"([\w-]+)[ \u00a0](?:working days?|jours? ouvrés?)", re.I)
# A Monday before offices open: the first working day ends that same Monday.
EARLY = datetime(2026, 11, 2, 7, tzinfo=PARIS)
DAYS = {"ept": 3, "cma": 1, "cci": 4}


@pytest.fixture
def slow(partnership):
    """The partnership with a delay of its own for each partner."""
    for slug, days in DAYS.items():
        partner = getattr(partnership, slug)
        partner.first_answer_days = days
        partner.save()
    return partnership


def delays(html: str) -> list[str]:
    return DELAY.findall(html.replace("&nbsp;", " "))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("activity", "slug"), [(Activity.CRAFT, "cma"), (Activity.LIBERAL, "ept")])
@pytest.mark.django_db
def test_every_page_that_promises_says_the_delay_of_its_partner(client, slow, language, activity, slug):
    holder = getattr(slow, slug)
    enquiry = submitted(activity=activity, at=EARLY, language=language)
    listing = make_property(partner=holder, latitude=48.71, longitude=2.31)
    with override(language):
        addresses = {
            "guide": reverse("implantation:guide") + f"?activity={activity}",
            "property": reverse("properties:detail", args=[listing.reference]),
            "confirmation": reverse("implantation:confirmation", args=[token_for(enquiry)]),
        }
        promised = [sheet.content(listing)["partner"]["promise"]]
    pages = {name: client.get(address).content.decode() for name, address in addresses.items()}
    take_in_charge(enquiry=enquiry, actor=holder.officers.first().user)
    write_to_investor(enquiry=enquiry, actor=holder.officers.first().user, body="Two workshops.", tailored=True)
    with override(language):
        pages["tracking"] = client.get(reverse("implantation:track", args=[token_for(enquiry)])).content.decode()
        wording = within(DAYS[slug])
    for name, said in [*pages.items(), ("sheet", promised[0])]:
        assert wording in said, name
        assert set(delays(said)) == {str(DAYS[slug])}, name


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.django_db
def test_every_mail_and_page_that_names_a_day_names_the_clocks(client, slow, language):
    enquiry = submitted(activity=Activity.CRAFT, at=EARLY, language=language)
    sweep_notices()
    acknowledged = mail.outbox[:]
    mail.outbox.clear()
    with override(language):
        due = day(timezone.localdate(enquiry.due_at))
        confirmation = client.get(reverse("implantation:confirmation", args=[token_for(enquiry)])).content.decode()
        tracking = client.get(reverse("implantation:track", args=[token_for(enquiry)])).content.decode()
    assert due in confirmation.replace("&nbsp;", "\u00a0")
    assert due in tracking.replace("&nbsp;", "\u00a0")
    assert any(due in message.body for message in acknowledged if message.to == [enquiry.email])
    assert "next working day" not in confirmation, "it may be the same day"

    transfer = propose_transfer(
        enquiry=enquiry, actor=slow.cma_officer, to_partner=slow.cci, reason="A shop.", at=EARLY.replace(hour=8)
    )
    accept_transfer(transfer=transfer, actor=slow.cci_officer, at=EARLY.replace(hour=8, minute=30))
    enquiry.refresh_from_db()
    sweep_notices()
    with override(language):
        due = day(timezone.localdate(enquiry.due_at))
    assert any(due in message.body for message in mail.outbox if message.to == [enquiry.email])


@given(st.integers(1, 60))
def test_a_delay_reads_well_in_each_language(days):
    with override("fr"):
        assert within(days) == (f"sous {days} jour ouvré" if days == 1 else f"sous {days} jours ouvrés")
    with override("en"):
        assert within(days) == (f"within {days} working day" if days == 1 else f"within {days} working days")


def sentences() -> Iterator[tuple[str, str]]:
    """All that is written by hand for visitors: the catalogue, in both languages, and the contents of the pages."""
    for entry in polib.pofile(str(ROOT / "site/locale/fr/LC_MESSAGES/django.po")):
        for text in (entry.msgid, entry.msgid_plural, entry.msgstr, *entry.msgstr_plural.values()):
            yield entry.msgid, text
    for folder in ("site/demo/content", "site/pages/first_pages"):
        for file in (ROOT / folder).glob("*.py"):
            yield from ((str(file), line) for line in file.read_text(encoding="utf-8").splitlines())


NUMBER = r"(?:\d+|%\(\w+\)[sd]|one|two|three|five|next|same|un|deux|trois|cinq)"
BY_HAND = [
    re.compile(rf"(?<!\w){NUMBER}\s(?:working days?|business days?|jours? ouvr)", re.I),
    re.compile(
        rf"\b(?:répon|answers?\b|repl(?:y|ies)\b).{{0,40}}(?<!\w){NUMBER}\s?(?:h\b|hours?|heures?|jours?\b|days?\b)",
        re.I,
    ),
]


def promises(text: str) -> bool:
    """Whether a text promises an answer within a delay of its own."""
    return any(pattern.search(text) for pattern in BY_HAND)


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("It answers within two working days", True),
        ("Il vous répond sous deux jours ouvrés", True),
        ("Réponse garantie en 48h.", True),
        ("We reply within 3 days.", True),
        ("At the latest on Monday, the next working day.", True),
        ("It answers %(delay)s.", False),
        ("Remarketed after 30 days without an answer.", False),
    ],
)
def test_the_scan_knows_a_delay_written_by_hand(text, promise):
    assert promises(text) is promise


def test_nobody_writes_a_delay_by_hand():
    assert {where for where, text in sentences() if promises(text)} == {"within %(days)d working day"}
