"""Staff keep the synonyms in the admin; the database engine follows at once."""

import pytest
from django.test import Client
from django.urls import reverse

from pages.services import ensure_editors
from search.models import SynonymSet
from territory.choices import OfficerRole
from territory.models import Partner
from territory.services import align_groups
from tests.search.world import make_world, number_found, plain, publish
from tests.territory.factories import UserFactory

pytestmark = pytest.mark.django_db
INDEX, ADD = reverse("synonyms:index"), reverse("synonyms:add")


@pytest.fixture
def partner() -> Partner:
    return make_world()


@pytest.fixture
def editor(client: Client) -> Client:
    user = UserFactory()
    user.groups.add(ensure_editors())
    client.force_login(user)
    return client


def one_set(*expressions: str) -> SynonymSet:
    return SynonymSet.objects.create(expressions=list(expressions))


def edit(kept: SynonymSet) -> str:
    return reverse("synonyms:edit", args=[kept.pk])


def test_a_set_is_in_force_as_soon_as_it_is_kept_and_gone_as_soon_as_it_is_deleted(editor, partner):
    publish([plain(title="Entrepôt", kind="warehouse"), plain(title="Cave", kind="retail")], partner)
    assert number_found("magasinage") == 0
    typed = {"expressions": "entrepôt\r\nmagasinage ; \n\n lieu  de stockage"}
    answer = editor.post(ADD, typed, follow=True, headers={"accept-language": "en"})
    assert "“entrepôt = magasinage = lieu de stockage”: kept" in answer.content.decode()
    kept = SynonymSet.objects.get()
    assert kept.expressions == ["entrepôt", "magasinage", "lieu de stockage"]
    assert (number_found("magasinages"), number_found("lieux de stockage")) == (1, 1)
    page = editor.get(edit(kept)).content.decode()
    assert "entrepôt\nmagasinage\nlieu de stockage</textarea>" in page
    editor.post(edit(kept), {"expressions": "cave = magasinage"})
    assert (number_found("magasinage"), number_found("lieu de stockage")) == (1, 0)
    editor.post(reverse("synonyms:delete", args=[kept.pk]))
    assert number_found("magasinage") == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "This field is required"),
        (" , ; \n", "This field is required"),
        ("entrepôt", "Give from 2 to 20 expressions"),
        (",".join(f"mot{n}" for n in range(21)), "Give from 2 to 20 expressions"),
        ("entrepôt, de la", "“de la” holds no word that is searched"),
        ("entrepôt, Entrepôts", "“entrepôt” and “Entrepôts” are already the same to a search"),
        ("entrepôt, un local où garder beaucoup de choses lourdes longtemps", "5 words at most"),
        ("x" * 2_001, "at most 2000 characters"),
    ],
)
def test_what_a_search_could_not_use_is_refused_in_words_and_stays_typed(editor, typed, said):
    kept = one_set("bureau", "office")
    for address in (ADD, edit(kept)):
        answer = editor.post(address, {"expressions": typed}, headers={"accept-language": "en"})
        assert answer.status_code == 200
        text = answer.content.decode()
        assert said in text
        assert typed.strip().split("\n")[-1][:40] in text
    assert list(SynonymSet.objects.values_list("expressions", flat=True)) == [["bureau", "office"]]


def sign_in(client: Client, partner: Partner, who: str) -> None:
    user = UserFactory(is_superuser=who == "administrator")
    if who in OfficerRole.values:
        align_groups(officer=partner.officers.create(user=user, role=who))
    if who == "editor":
        user.groups.add(ensure_editors())
    client.force_login(user)


@pytest.mark.parametrize(
    ("who", "may"),
    [("editor", True), ("coordinator", True), ("administrator", True), ("officer", False), ("deputy", False)],
)
def test_editors_and_the_coordinator_keep_them_and_nobody_else(client, partner, who, may):
    sign_in(client, partner, who)
    kept = one_set("bureau", "office")
    gone = one_set("cave", "cellar")
    for address in (INDEX, ADD, edit(kept), reverse("synonyms:delete", args=[gone.pk])):
        assert (client.get(address).status_code == 200) == may
    client.post(ADD, {"expressions": "quai, rampe"})
    client.post(edit(kept), {"expressions": "bureau, plateau"})
    client.post(reverse("synonyms:delete", args=[gone.pk]))
    now = {str(each) for each in SynonymSet.objects.all()}
    assert now == ({"quai = rampe", "bureau = plateau"} if may else {"bureau = office", "cave = cellar"})
    menu = client.get("/admin/").content.decode()
    assert (INDEX in menu) == may


def test_a_visitor_without_an_account_is_asked_to_sign_in(client):
    kept = one_set("bureau", "office")
    for address in (INDEX, ADD, edit(kept)):
        assert client.post(address, {"expressions": "a, b"}).status_code == 302
    assert str(SynonymSet.objects.get()) == "bureau = office"


def test_the_list_names_each_set(editor):
    one_set("bureau", "office")
    one_set("entrepôt", "logistique", "stockage")
    page = editor.get(INDEX).content.decode()
    assert "bureau = office" in page
    assert "entrepôt = logistique = stockage" in page
    assert edit(SynonymSet.objects.first()) in page
