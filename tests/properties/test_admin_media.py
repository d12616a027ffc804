"""Photos, plans and the brochure in the admin: each act is one POST, a refusal keeps the words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from properties.models import Media
from territory.models import Partner
from tests.properties.factories import make_property, pdf_bytes, photo_bytes
from tests.properties.test_media import add, stored
from tests.territory.factories import OfficerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

WORDS = {"alt_fr": "La halle", "alt_en": "The hall", "credit": "EPT"}


@pytest.fixture
def own(client):
    client.force_login(OfficerFactory(partner=Partner.objects.get(slug="cci-94")).user)
    return make_property(partner_slug="cci-94", state="draft")


def post(client, known, **sent):
    return client.post(reverse("premises:media", args=[known.pk]), sent)


def test_files_are_added(client, own):
    for kind, data in (("photo", photo_bytes()), ("plan", pdf_bytes()), ("brochure", pdf_bytes())):
        response = post(client, own, do="add", kind=kind, file=SimpleUploadedFile("x.bin", data), **WORDS)
        assert response.status_code == 302, response.context["form"].errors
    assert [medium.kind for medium in own.media.all()] == ["photo", "plan", "brochure"]
    photo = own.media.first()
    page = client.get(reverse("premises:media", args=[own.pk])).content.decode()
    assert photo.small.url in page
    assert photo.small.url in client.get(reverse("premises:edit", args=[own.pk])).content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"file": SimpleUploadedFile("a.jpg", b"not an image")},
        {"file": SimpleUploadedFile("a.jpg", b"")},
        {"file": SimpleUploadedFile("a.jpg", photo_bytes()), "alt_en": ""},
        {"file": SimpleUploadedFile("a.jpg", photo_bytes()), "kind": "film"},
        {},
    ],
    ids=range(5),
)
def test_a_refusal_says_why_keeps_the_words_and_writes_nothing(client, own, sent):
    files = stored()
    response = post(client, own, **({"do": "add", "kind": "photo", **WORDS} | sent))
    assert response.status_code == 422
    assert response.context["form"].errors
    assert 'value="La halle"' in response.content.decode()
    assert not Media.objects.exists()
    assert stored() == files


def test_words_order_and_removal(client, own, django_capture_on_commit_callbacks):
    first, second = add(own, photo_bytes(), alt_fr="Un"), add(own, photo_bytes(), alt_fr="Deux")
    post(client, own, do="describe", medium=first.pk, alt_fr="Une", alt_en="One", credit="")
    first.refresh_from_db()
    assert (first.alt["fr"], first.credit) == ("Une", "")
    refused = post(client, own, do="describe", medium=first.pk, alt_fr="", alt_en="Typed", credit="")
    assert refused.status_code == 422
    assert 'value="Typed"' in refused.content.decode()
    post(client, own, do="later", medium=first.pk)
    assert list(own.media.all()) == [second, first]
    post(client, own, do="earlier", medium=second.pk)
    assert list(own.media.all()) == [second, first], "the first stays first"
    post(client, own, do="remove", medium=second.pk)
    assert own.media.count() == 2, "not without the tick"
    with django_capture_on_commit_callbacks(execute=True):
        post(client, own, do="remove", medium=second.pk, sure="on")
    assert list(own.media.all()) == [first]
    assert second.file.name.removeprefix("premises/") not in stored()


def test_media_of_another_property_do_not_exist_here(client, own):
    other = add(make_property(partner_slug="ept"), photo_bytes())
    for do in ("describe", "remove", "earlier", "later", "burn", ""):
        assert post(client, own, do=do, medium=other.pk, sure="on", **WORDS).status_code == 404
    assert Media.objects.count() == 1
    assert post(client, own, do="remove", medium="x", sure="on").status_code == 404


def test_a_drafts_media_are_linked_from_no_public_page(client, own):
    photo = add(own, photo_bytes())
    client.logout()
    near = make_property()
    for address in (own.get_absolute_url(), near.get_absolute_url()):
        assert photo.small.url not in client.get(address).content.decode()
