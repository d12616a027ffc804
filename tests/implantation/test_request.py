"""The public form: short steps that keep what is typed, one request for one submission, nothing lost, never a 500."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from implantation.enquiries.choices import EnquiryState
from implantation.enquiries.form.session import LONGEST_TYPED
from implantation.enquiries.form.steps import STEPS
from implantation.enquiries.models import Enquiry, Notice
from properties.choices import PropertyState as PropertyState
from properties.models import Property
from territory.models import Commune
from tests.implantation.factories import sweep_notices

pytestmark = pytest.mark.django_db

ANSWERS = {
    "project": {"message": "Un atelier de menuiserie.", "project": "settle", "activity": "craft"},
    "place": {"place": "94081", "premises": "activity", "area_min": "600", "area_max": "900", "deadline": "six_months"},
    "firm": {"headcount": "1-9", "origin": "territory", "company": "Menuiserie Exemple"},
    "contact": {"name": "Dominique Exemple", "email": "investor@example.com", "language": "fr"},
}
PATHS = {
    "fr": {
        "project": "/fr/implantation/",
        "place": "/fr/implantation/lieu/",
        "firm": "/fr/implantation/entreprise/",
        "contact": "/fr/implantation/contact/",
        "review": "/fr/implantation/relire/",
    },
    "en": {
        "project": "/en/business-location/",
        "place": "/en/business-location/place/",
        "firm": "/en/business-location/firm/",
        "contact": "/en/business-location/contact/",
        "review": "/en/business-location/review/",
    },
}


@pytest.fixture(autouse=True)
def patient(settings):
    """Tests type faster than people; the tests of that limit set it back."""
    settings.ENQUIRY_FASTEST_SECONDS = 0


@pytest.fixture
def premises(partnership):
    commune = Commune.objects.get(insee="94081")
    return Property.objects.create(
        reference="GO-94081-1",
        state=PropertyState.ON_MARKET,
        kind="activity",
        deal="rent",
        surface=620,
        commune=commune,
        public_latitude=48.78,
        public_longitude=2.4,
        title={"fr": "Atelier traversant"},
        partner=partnership.cci,
    )


def fill(client, language="fr", but=()):
    """Send each step on, except those named."""
    for step, answers in ANSWERS.items():
        if step not in but:
            response = client.post(PATHS[language][step], answers)
            assert response.status_code == 302, step


def key_of(client, language="fr"):
    page = client.get(PATHS[language]["review"]).content.decode()
    return re.search(r'name="key" value="([0-9a-f-]{36})"', page)[1]


def send(client, language="fr", **more):
    return client.post(PATHS[language]["review"], {"key": key_of(client, language)} | more)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_whole_story_in_a_language(client, partnership, language):
    places = []
    for step, answers in ANSWERS.items():
        page = client.get(PATHS[language][step])
        assert page.status_code == 200
        assert page["Cache-Control"].find("no-store") >= 0
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        response = client.post(PATHS[language][step], answers | {"language": language})
        places.append(response["Location"])
    assert places == [*list(PATHS[language].values())[1:]]
    response = send(client, language)
    enquiry = Enquiry.objects.get()
    assert enquiry.language == language
    assert enquiry.holder == partnership.cma
    assert (enquiry.area_min, enquiry.area_max, enquiry.place) == (600, 900, "94081")
    assert enquiry.company == "Menuiserie Exemple"
    page = client.get(response["Location"])
    text = page.content.decode()
    assert enquiry.reference in text
    assert "Cma" in text
    assert (
        enquiry.decision.rule.reason["fr"] in text if language == "fr" else enquiry.decision.rule.reason["en"] in text
    )
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    # The draft is gone: nobody who comes back to this browser reads it.
    assert "menuiserie" not in client.get(PATHS[language]["project"]).content.decode()


def test_only_a_name_an_address_and_the_words_are_compulsory(client, partnership):
    client.post(PATHS["fr"]["project"], {"message": "Bonjour"})
    client.post(PATHS["fr"]["place"], {})
    client.post(PATHS["fr"]["firm"], {})
    client.post(PATHS["fr"]["contact"], {"name": "Ada", "email": "ada@example.com"})
    send(client)
    enquiry = Enquiry.objects.get()
    facts = [enquiry.project, enquiry.activity, enquiry.place, enquiry.headcount, enquiry.premises, enquiry.origin]
    assert facts == ["unknown"] * 6
    assert enquiry.language == "fr"
    assert enquiry.holder == partnership.ept


@pytest.mark.parametrize(
    ("step", "field", "typed"),
    [
        ("project", "message", ""),
        ("project", "message", "   \n "),
        ("project", "message", "x" * 5_001),
        ("project", "message", "a\x00b"),
        ("project", "project", "fly"),
        ("project", "activity", "craft\x00"),
        ("place", "place", "75056"),
        ("place", "premises", "castle"),
        ("place", "area_min", "big"),
        ("place", "area_min", "-5"),
        ("place", "area_min", "0"),
        ("place", "area_min", "12.5"),
        ("place", "area_min", "9" * 400),
        ("place", "area_max", "2000000"),
        ("place", "area_max", "60"),
        ("place", "budget", "١٢ x"),
        ("place", "budget", "99999999999"),
        ("place", "deadline", "yesterday"),
        ("place", "technical_needs", "x" * 2_001),
        ("firm", "headcount", "7"),
        ("firm", "origin", "moon"),
        ("firm", "siret", "12345678901234"),
        ("firm", "siret", "x" * 300),
        ("firm", "country", "ZZ"),
        ("firm", "company", "x" * 161),
        ("firm", "company", "a\x00b"),
        ("firm", "jobs", "-1"),
        ("firm", "jobs", "50001"),
        ("contact", "name", ""),
        ("contact", "name", "x" * 121),
        ("contact", "email", ""),
        ("contact", "email", "nobody"),
        ("contact", "email", "a@b\nBcc: c@example.com"),
        ("contact", "email", "x" * 300 + "@example.com"),
        ("contact", "phone", "12"),
        ("contact", "phone", "call me"),
        ("contact", "language", "xx"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_kept(client, partnership, step, field, typed):
    response = client.post(PATHS["fr"][step], ANSWERS[step] | {field: typed})
    assert response["Location"] == PATHS["fr"][step] + "#errors"
    page = client.get(PATHS["fr"][step])
    form = page.context["form"]
    assert list(form.errors) == [field]
    assert 'id="errors"' in page.content.decode()
    assert f"id_{field}_error" in page.content.decode()
    assert 'aria-invalid="true"' in page.content.decode()
    assert form[field].value() == typed
    # The right answers of the same step are kept as well.
    assert all(form[name].value() == value for name, value in ANSWERS[step].items() if name != field)
    send(client)
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_error_is_left_in_the_other_language(client, partnership, language):
    client.post(PATHS[language]["place"], {"area_min": "900", "area_max": "60", "place": "nowhere"})
    text = client.get(PATHS[language]["place"]).content.decode()
    assert ("plus petit que" in text) == (language == "fr")
    assert ("less than" in text) == (language == "en")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1 200", 1200), ("1\u202f200 m²", 1200), ("1.200", 1200), ("1,200", 1200), ("1200m2", 1200), (" 80 ", 80)],
)
def test_surfaces_are_read_as_people_write_them(client, partnership, typed, kept):
    fill(client, but=["place"])
    client.post(PATHS["fr"]["place"], {"area_min": typed})
    send(client)
    assert Enquiry.objects.get().area_min == kept


def test_a_siret_is_kept_without_its_spaces(client, partnership):
    fill(client, but=["firm"])
    client.post(PATHS["fr"]["firm"], {"siret": "732 829 320 00074"})
    send(client)
    assert Enquiry.objects.get().siret == "73282932000074"


def test_a_phone_is_french_unless_it_says_otherwise(client, partnership):
    fill(client, but=["contact"])
    client.post(PATHS["fr"]["contact"], ANSWERS["contact"] | {"phone": "01 53 45 67 89"})
    send(client)
    assert str(Enquiry.objects.get().phone) == "+33153456789"


def test_huge_input_is_cut_and_refused_not_lost_and_not_a_crash(client, partnership):
    client.post(PATHS["fr"]["project"], {"message": "é" * 300_000})
    form = client.get(PATHS["fr"]["project"]).context["form"]
    assert list(form.errors) == ["message"]
    assert len(form["message"].value()) == LONGEST_TYPED


def test_a_repeated_answer_counts_once(client, partnership):
    fill(client)
    client.post(PATHS["fr"]["place"], {"place": ["75056", "94081"], "area_min": ["1", "2"]})
    send(client)
    assert (Enquiry.objects.get().place, Enquiry.objects.get().area_min) == ("94081", 2)


def test_what_was_typed_survives_the_language_the_back_button_and_an_error(client, partnership):
    response = client.post(PATHS["fr"]["project"], ANSWERS["project"] | {"message": "", "switch": "en"})
    assert response["Location"] == PATHS["en"]["project"]
    page = client.get(PATHS["en"]["project"])
    assert page.context["form"]["activity"].value() == "craft"
    assert not page.context["form"].errors  # nothing was sent on yet
    client.post(PATHS["en"]["project"], ANSWERS["project"])
    response = client.post(PATHS["en"]["place"], {"area_min": "wrong", "back": "1"})
    assert response["Location"] == PATHS["en"]["project"]
    assert "menuiserie" in client.get(PATHS["en"]["project"]).content.decode()
    assert client.get(PATHS["fr"]["place"]).context["form"]["area_min"].value() == "wrong"


def test_enter_presses_continue_and_nothing_else(client, premises):
    for path in (PATHS["fr"]["project"] + f"?property={premises.reference}", PATHS["fr"]["place"]):
        page = client.get(path).content.decode()
        form = page[page.index("data-request") :]
        assert "name=" not in re.search(r"<button[^>]*>", form)[0]


def test_each_answer_can_be_corrected_from_the_review(client, partnership):
    fill(client)
    page = client.get(PATHS["fr"]["review"]).content.decode()
    for step, field in [("project", "message"), ("place", "area_min"), ("firm", "company"), ("contact", "email")]:
        assert f'{PATHS["fr"][step]}?review=1#id_{field}"' in page
    response = client.post(PATHS["fr"]["place"] + "?review=1", ANSWERS["place"] | {"area_max": "1000"})
    assert response["Location"] == PATHS["fr"]["review"]
    response = client.post(PATHS["fr"]["contact"] + "?review=1", ANSWERS["contact"] | {"email": "no"})
    assert response["Location"] == PATHS["fr"]["contact"] + "?review=1#errors"
    client.post(PATHS["fr"]["contact"] + "?review=1", ANSWERS["contact"])
    send(client)
    assert Enquiry.objects.get().area_max == 1000


def test_an_incomplete_request_is_not_sent_and_says_what_is_missing(client, partnership):
    client.post(PATHS["fr"]["place"], ANSWERS["place"])
    assert [item["url"] for item in client.get(PATHS["fr"]["review"]).context["wrong"]] == [
        PATHS["fr"]["project"] + "?review=1#errors",
        PATHS["fr"]["contact"] + "?review=1#errors",
    ]
    response = send(client)
    assert response["Location"] == PATHS["fr"]["review"] + "#errors"
    assert not Enquiry.objects.exists()
    assert client.get(PATHS["fr"]["contact"]).context["form"].errors


def test_the_same_submission_twice_is_one_request_and_one_page(client, partnership):
    fill(client)
    key = key_of(client)
    first = client.post(PATHS["fr"]["review"], {"key": key})
    second = client.post(PATHS["fr"]["review"], {"key": key})
    assert first["Location"] == second["Location"]
    assert Enquiry.objects.count() == 1
    fill(client)
    assert key_of(client) != key
    send(client)
    assert Enquiry.objects.count() == 2


@pytest.mark.parametrize("key", ["", "abc", "x" * 9_000, "a\x00b", "00000000-0000-0000-0000-000000000000"])
def test_a_broken_key_changes_nothing(client, partnership, key):
    fill(client)
    client.post(PATHS["fr"]["review"], {"key": key})
    assert Enquiry.objects.count() == 1


def test_reading_changes_nothing_and_keeps_nothing(client, partnership):
    for path in PATHS["fr"].values():
        client.get(path)
    assert not client.session.keys()
    assert not Enquiry.objects.exists()


def test_what_was_typed_is_forgotten_after_seven_days(client, partnership):
    fill(client)
    session = client.session
    session["implantation_request"]["kept_until"] = (timezone.localdate() - timedelta(days=1)).isoformat()
    session.save()
    assert "menuiserie" not in client.get(PATHS["fr"]["project"]).content.decode()
    assert client.session.get_expiry_age() <= timedelta(days=7).total_seconds()


def test_a_property_gives_its_commune_and_its_type_and_can_be_removed(client, premises):
    page = client.get(PATHS["fr"]["project"] + f"?property={premises.reference}")
    assert page.context["attached"] == premises
    client.post(PATHS["fr"]["project"], ANSWERS["project"] | {"property": premises.reference})
    page = client.get(PATHS["fr"]["place"])
    assert page.context["attached"] == premises
    assert (page.context["form"]["place"].value(), page.context["form"]["premises"].value()) == ("94081", "activity")
    response = client.post(PATHS["fr"]["place"], {"place": "94081", "area_min": "80", "detach": "1"})
    assert response["Location"] == PATHS["fr"]["place"]
    page = client.get(PATHS["fr"]["place"])
    assert page.context["attached"] is None
    assert page.context["form"]["area_min"].value() == "80"
    fill(client)
    send(client)
    assert Enquiry.objects.get().attached_property is None


def test_a_property_goes_with_the_request_and_its_partner_is_a_fact(client, premises, partnership):
    client.post(PATHS["fr"]["project"], ANSWERS["project"] | {"property": premises.reference})
    fill(client)
    send(client, property=premises.reference)
    enquiry = Enquiry.objects.get()
    assert enquiry.attached_property == premises
    assert enquiry.decision.facts["property_partner"] == "cci"


@pytest.mark.parametrize("reference", ["NOPE-1", "x" * 5_000, "a\x00b", "' OR 1=1", "<script>"])
@pytest.mark.parametrize(("language", "said"), [("fr", "Ce local n’est plus proposé"), ("en", "no longer offered")])
def test_an_unknown_reference_is_told_and_the_form_goes_on(client, partnership, reference, language, said):
    page = client.get(PATHS[language]["project"], {"property": reference})
    assert page.status_code == 200
    assert said in page.content.decode()
    assert "<script>" not in page.content.decode().replace("<script src", "")
    response = client.post(PATHS[language]["project"], ANSWERS["project"] | {"property": reference})
    assert response["Location"] == PATHS[language]["place"]


@pytest.mark.parametrize("state", [PropertyState.DRAFT, PropertyState.CLOSED, PropertyState.WITHDRAWN])
def test_premises_off_the_market_are_told_and_never_attached(client, premises, state):
    Property.objects.update(state=state)
    page = client.get(PATHS["fr"]["project"] + f"?property={premises.reference}")
    assert page.context["attached"] is None
    assert "Ce local n’est plus proposé" in page.content.decode()
    assert "Atelier traversant" not in page.content.decode()


def test_premises_that_leave_the_market_at_the_last_moment_are_told_before_anything_is_sent(client, premises):
    client.post(PATHS["fr"]["project"], ANSWERS["project"] | {"property": premises.reference})
    fill(client)
    key = key_of(client)
    Property.objects.update(state=PropertyState.WITHDRAWN)
    response = client.post(PATHS["fr"]["review"], {"key": key, "property": premises.reference})
    assert not Enquiry.objects.exists()
    page = client.get(response["Location"].split("#")[0]).content.decode()
    assert "a quitté le marché" in page
    send(client, property="")
    assert Enquiry.objects.get().attached_property is None


def test_a_mail_to_the_typed_address_echoes_nothing_that_was_typed(client, partnership):
    typed = {
        "project": {"message": "BUYPILLS at https://spam.example"},
        "place": {"technical_needs": "SPAMNEEDS"},
        "firm": {"company": "SPAMCOMPANY"},
        "contact": {"name": "SPAMNAME", "email": "victim@example.com"},
    }
    for step, answers in typed.items():
        client.post(PATHS["fr"][step], answers)
    send(client)
    sweep_notices()
    received = [message for message in mail.outbox if "victim@example.com" in message.to]
    assert len(received) == 1
    whole = received[0].subject + received[0].body + str(received[0].extra_headers)
    assert Enquiry.objects.get().reference in whole
    for word in ("BUYPILLS", "spam.example", "SPAMNEEDS", "SPAMCOMPANY", "SPAMNAME"):
        assert word not in whole


def test_with_the_mail_server_down_the_reference_is_given_and_the_mail_still_owed(client, partnership, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    fill(client)
    response = send(client)
    enquiry = Enquiry.objects.get()
    assert enquiry.reference in client.get(response["Location"]).content.decode()
    assert sweep_notices() == 0
    assert Notice.objects.filter(event__enquiry=enquiry, sent_at__isnull=True).exists()


def test_without_a_token_the_post_is_refused_in_words_and_nothing_is_kept(partnership):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(PATHS["fr"]["project"], ANSWERS["project"])
    assert response.status_code == 403
    assert "<h1>" in response.content.decode()
    assert not strict.session.keys()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, partnership, method):
    for path in PATHS["fr"].values():
        assert getattr(client, method)(path).status_code == 405


def test_the_partners_are_named_as_recipients_before_anything_is_sent(client, partnership):
    for step in ("contact", "review"):
        text = client.get(PATHS["fr"][step]).content.decode()
        for partner in (partnership.ept, partnership.cma, partnership.cci):
            assert partner.name in text


def test_who_may_still_answer_follows_the_known_answers(client, partnership):
    client.post(PATHS["fr"]["project"], {"message": "x", "activity": "craft"})
    found = client.get(PATHS["fr"]["place"]).context["prospects"]
    assert [partner for partner, may in found.partners if may] == [partnership.cma]
    client.post(PATHS["fr"]["project"], {"message": "", "activity": "fly"})
    found = client.get(PATHS["fr"]["place"]).context["prospects"]
    assert {partner for partner, may in found.partners if may} == {partnership.cma, partnership.ept}


def test_a_draft_belongs_to_one_browser(client, partnership):
    fill(client)
    assert "menuiserie" not in Client().get(PATHS["fr"]["review"]).content.decode()


def test_every_step_has_its_address_in_both_languages():
    for language, paths in PATHS.items():
        with translation.override(language):
            names = ["request", *[*STEPS][1:], "review"]
            assert [reverse(f"implantation:{name}") for name in names] == list(paths.values())


def test_a_quarantined_request_is_confirmed_as_being_read(client, partnership):
    fill(client, but=["contact"])
    client.post(PATHS["fr"]["contact"], ANSWERS["contact"] | {"subject": "cheap"})
    response = send(client)
    enquiry = Enquiry.objects.get()
    assert enquiry.state == EnquiryState.QUARANTINED
    text = client.get(response["Location"]).content.decode()
    assert enquiry.reference in text
    assert "Une personne la relit" in text
    sweep_notices()
    assert not any("investor@example.com" in message.to for message in mail.outbox)
