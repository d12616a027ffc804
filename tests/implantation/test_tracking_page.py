"""The tracking page: what the investor sees, what never shows, and actions that are posts, each done once."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from implantation.enquiries.choices import EnquiryState, EventKind
from implantation.enquiries.conversation import add_note, write_to_investor
from implantation.enquiries.custody import accept_transfer, propose_transfer
from implantation.enquiries.form import limits
from implantation.enquiries.handling import change_state, take_in_charge, withdraw
from implantation.enquiries.models import Enquiry, Event, Notice
from implantation.enquiries.tracking import token_for
from implantation.routing.facts import Activity
from territory.choices import Article
from territory.models import Partner
from tests.implantation.factories import submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry(partnership):
    return submitted(activity=Activity.CRAFT, message="Nous cherchons un atelier.")


def address(enquiry, name="track", language="fr"):
    with translation.override(language):
        return reverse(f"implantation:{name}", args=[token_for(enquiry)])


def page_of(client, enquiry, language="fr"):
    return client.get(address(enquiry, language=language)).content.decode()


@pytest.mark.parametrize(
    ("language", "path", "words"),
    [
        ("fr", "/fr/implantation/suivi/", "Votre demande est chez"),
        ("en", "/en/business-location/track/", "Your request is with"),
    ],
)
def test_it_says_who_holds_it_since_when_and_what_is_next(client, partnership, enquiry, language, path, words):
    assert address(enquiry, language=language).startswith(path)
    response = client.get(address(enquiry, language=language))
    text = response.content.decode()
    assert words in text
    assert partnership.cma.short_name in text
    assert enquiry.first_answer_due.isoformat() in text
    assert "Nous cherchons un atelier." in text
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    assert 'content="noindex, nofollow"' in text


def test_it_shows_neither_name_nor_address(client, enquiry):
    for name in ("track", "confirmation"):
        text = client.get(address(enquiry, name)).content.decode()
        assert enquiry.email not in text
        assert enquiry.name not in text


def test_notes_and_reasons_for_colleagues_never_show(client, partnership, enquiry):
    take_in_charge(enquiry=enquiry, actor=partnership.cma_officer)
    add_note(enquiry=enquiry, actor=partnership.cma_officer, body="NOTE-SECRETE")
    write_to_investor(enquiry=enquiry, actor=partnership.cma_officer, body="Bonjour, quelle hauteur ?")
    propose_transfer(enquiry=enquiry, actor=partnership.cma_officer, to_partner=partnership.cci, reason="MOTIF-SECRET")
    change_state(
        enquiry=enquiry, actor=partnership.cma_officer, state=EnquiryState.UNSUCCESSFUL, reason="RAISON-SECRETE"
    )
    text = page_of(client, enquiry)
    assert "Bonjour, quelle hauteur ?" in text
    assert "SECRET" not in text
    assert partnership.cma_officer.last_name not in text


def test_the_journal_tells_newest_first_who_wrote(client, partnership, enquiry):
    take_in_charge(enquiry=enquiry, actor=partnership.cma_officer)
    write_to_investor(enquiry=enquiry, actor=partnership.cma_officer, body="Bonjour.")
    client.post(address(enquiry), {"message": "Merci."})
    entries = client.get(address(enquiry)).context["entries"]
    assert [entry.who for entry in entries] == ["you", "partner", "system", "system", "you"]
    assert [entry.message for entry in entries if entry.message] == ["Merci.", "Bonjour.", "Nous cherchons un atelier."]


def test_a_partner_is_named_with_its_article_inside_a_sentence_and_at_its_head(client, partnership, enquiry):
    Partner.objects.filter(pk=partnership.cma.pk).update(article=Article.LA)
    take_in_charge(enquiry=enquiry, actor=partnership.cma_officer)
    text = page_of(client, enquiry)
    assert f"chez la {partnership.cma.short_name}" in text
    assert f"La {partnership.cma.short_name} prend votre demande en charge" in text


def test_after_a_transfer_the_new_partner_holds_it(client, partnership, enquiry):
    transfer = propose_transfer(
        enquiry=enquiry, actor=partnership.cma_officer, to_partner=partnership.cci, reason="Plutôt eux"
    )
    accept_transfer(transfer=transfer, actor=partnership.cci_officer)
    text = page_of(client, enquiry)
    assert f"chez {partnership.cci.short_name}" in text
    assert "Plutôt eux" not in text


def test_reading_changes_nothing(client, enquiry):
    before = (Event.objects.count(), Notice.objects.count(), Enquiry.objects.values().get())
    for name in ("track", "confirmation"):
        client.get(address(enquiry, name))
    assert client.get(address(enquiry, "withdraw")).status_code == 405
    assert before == (Event.objects.count(), Notice.objects.count(), Enquiry.objects.values().get())


def test_a_reply_enters_the_timeline_and_wakes_the_holder(client, partnership, enquiry):
    response = client.post(address(enquiry), {"message": "  Il faut du triphasé.\r\nMerci.  "})
    assert response.status_code == 302
    event = enquiry.events.get(kind=EventKind.MESSAGE_IN)
    assert event.body == "Il faut du triphasé.\nMerci."
    assert set(event.notices.values_list("recipient", flat=True)) == {
        partnership.cma_officer.email,
        partnership.cma_deputy.email,
    }
    assert "Il faut du triphasé." in page_of(client, enquiry)


def test_the_same_reply_sent_twice_is_one_and_written_again_is_two(client, enquiry):
    seen = re.search(r'name="seen" value="(\d+)"', page_of(client, enquiry))[1]
    for _ in range(2):
        client.post(address(enquiry), {"message": "Bonjour", "seen": seen})
    assert enquiry.events.filter(kind=EventKind.MESSAGE_IN).count() == 1
    later = re.search(r'name="seen" value="(\d+)"', page_of(client, enquiry))[1]
    client.post(address(enquiry), {"message": "Bonjour", "seen": later})
    assert enquiry.events.filter(kind=EventKind.MESSAGE_IN).count() == 2


@pytest.mark.parametrize("typed", ["", "   \n", "x" * 5_001, "a\x00b"])
def test_a_bad_reply_is_told_kept_and_not_sent(client, enquiry, typed):
    response = client.post(address(enquiry), {"message": typed})
    assert response.status_code == 200
    assert response.context["reply"].errors["message"]
    assert response.context["reply"]["message"].value() == typed
    assert 'id="errors"' in response.content.decode()
    assert not enquiry.events.filter(kind=EventKind.MESSAGE_IN).exists()


@pytest.mark.parametrize("seen", ["abc", "-1", "9" * 40, "1\x00"])
def test_a_broken_guard_loses_no_message(client, enquiry, seen):
    assert client.post(address(enquiry), {"message": "Bonjour", "seen": seen}).status_code == 302
    assert enquiry.events.filter(kind=EventKind.MESSAGE_IN).count() == 1


def test_too_many_replies_keep_the_text_and_say_where_to_write(client, partnership, enquiry, monkeypatch):
    monkeypatch.setattr(limits, "REPLIES", (limits.REPLIES[0], 1))
    client.post(address(enquiry), {"message": "Un"})
    response = client.post(address(enquiry), {"message": "Deux, long et précieux"})
    assert partnership.cma.email in response.content.decode()
    assert "Deux, long et précieux" in response.content.decode()
    assert enquiry.events.filter(kind=EventKind.MESSAGE_IN).count() == 1


def test_withdrawing_wants_its_box(client, enquiry):
    response = client.post(address(enquiry, "withdraw"), {})
    assert response.status_code == 200
    assert response.context["giving_up"].errors
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.RECEIVED


def test_withdrawing_is_done_once_and_said(client, enquiry):
    for _ in range(2):
        assert client.post(address(enquiry, "withdraw"), {"sure": "on"}).status_code == 302
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.WITHDRAWN
    assert enquiry.events.filter(kind=EventKind.WITHDRAWN).count() == 1
    text = page_of(client, enquiry)
    assert "Vous avez retiré votre demande" in text
    assert 'name="message"' not in text
    assert 'name="sure"' not in text


def test_a_withdrawn_request_takes_no_reply_and_keeps_the_text(client, enquiry):
    withdraw(enquiry=enquiry)
    response = client.post(address(enquiry), {"message": "Finalement si"})
    assert response.status_code == 200
    assert not enquiry.events.filter(kind=EventKind.MESSAGE_IN).exists()
    assert response.context["reply"]["message"].value() == "Finalement si"
    assert "Finalement si" in response.content.decode()


def test_a_closed_request_says_so_and_cannot_be_withdrawn(client, partnership, enquiry):
    take_in_charge(enquiry=enquiry, actor=partnership.cma_officer)
    change_state(enquiry=enquiry, actor=partnership.cma_officer, state=EnquiryState.SETTLED, reason="Installés")
    text = page_of(client, enquiry)
    assert "Votre demande est close" in text
    response = client.post(address(enquiry, "withdraw"), {"sure": "on"})
    assert response.status_code == 200
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.SETTLED


def test_what_is_next_depends_on_the_state(client, partnership, enquiry):
    take_in_charge(enquiry=enquiry, actor=partnership.cma_officer)
    write_to_investor(enquiry=enquiry, actor=partnership.cma_officer, body="Quelle hauteur ?", awaiting=True)
    assert client.get(address(enquiry)).context["next"].yours
    client.post(address(enquiry), {"message": "5 m"})
    assert not client.get(address(enquiry)).context["next"].yours
    assert client.get(address(enquiry)).context["next"].due == timezone.localdate(Enquiry.objects.get().due_at)
    write_to_investor(enquiry=enquiry, actor=partnership.cma_officer, body="Voici deux ateliers.", tailored=True)
    assert client.get(address(enquiry)).context["next"].due is None
    assert "sous 1 jour ouvré" in page_of(client, enquiry)
    client.post(address(enquiry), {"message": "Le second ?"})
    assert "Réponse de Cma à votre message" in page_of(client, enquiry)
    assert client.get(address(enquiry)).context["next"].due is not None


def test_a_late_answer_is_called_late(client, enquiry):
    Enquiry.objects.update(due_at=timezone.now() - timezone.timedelta(minutes=1))
    assert client.get(address(enquiry)).context["next"].late
    assert "a du retard" in page_of(client, enquiry)


def test_a_quarantined_request_says_that_a_person_reads_it(client, partnership):
    enquiry = submitted(suspicion="trap")
    assert "en cours de lecture" in page_of(client, enquiry)
    assert "Votre demande est chez" not in page_of(client, enquiry)


@pytest.mark.parametrize("name", ["track", "confirmation"])
@pytest.mark.parametrize(("language", "words"), [("fr", "Ce lien n’ouvre aucune demande"), ("en", "opens no request")])
@pytest.mark.parametrize("token", ["x", "A" * 43, "é" * 43, "A" * 5_000, "-_" * 21 + "A", "%00", "%00" * 43])
def test_an_unknown_token_is_a_helpful_404(client, partnership, name, language, words, token):
    with translation.override(language):
        path = reverse(f"implantation:{name}", args=["TOKEN"]).replace("TOKEN", token)
    response = client.get(path)
    assert response.status_code == 404
    assert words in response.content.decode()
    assert partnership.ept.email in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["track", "confirmation"])
def test_nothing_is_posted_to_a_null_character(client, partnership, name):
    path = reverse(f"implantation:{name}", args=["TOKEN"]).replace("TOKEN", "%00")
    expected = 404 if name == "track" else 405
    assert client.post(path, {"message": "Bonjour"}).status_code == expected


def test_a_revoked_token_opens_nothing_and_its_posts_do_nothing(client, enquiry):
    track, out = address(enquiry), address(enquiry, "withdraw")
    Enquiry.objects.update(token_version=2)
    assert client.get(track).status_code == 404
    assert client.post(track, {"message": "Bonjour"}).status_code == 404
    assert client.post(out, {"sure": "on"}).status_code == 404
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.RECEIVED
    assert not enquiry.events.filter(kind=EventKind.MESSAGE_IN).exists()


def test_the_rules_are_told_in_words(client, partnership):
    enquiry = submitted(activity=Activity.LIBERAL)
    rules = client.get(address(enquiry, "confirmation")).context["rules"]
    assert [rule.decided for rule in rules] == [False, True]
    assert rules[0].answer.startswith("non")
    assert partnership.ept.short_name in rules[1].answer


def test_what_is_written_is_shown_as_text(client, partnership):
    enquiry = submitted(message="<script>alert(1)</script>")
    assert "<script>alert" not in page_of(client, enquiry)
    assert "&lt;script&gt;" in page_of(client, enquiry)
