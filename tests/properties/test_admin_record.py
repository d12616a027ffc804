"""The record's screens: every field in its tab, lots, what resembles it, preview, states, and who may open what."""

import re

import pytest
from django.urls import reverse

from properties.applicability import applies
from properties.choices import Deal, Feature, Kind, PropertyState
from properties.forms.tabs import FIELDS, TAB_OF, TABS
from properties.models import Change, Property
from properties.services import create_property, update_property
from territory.models import Partner
from tests.properties.factories import make_property, offer, photo_bytes
from tests.properties.test_admin import FORM
from tests.properties.test_lots import A, B
from tests.properties.test_media import add
from tests.territory.factories import CoordinatorFactory, OfficerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

# Editable for a file or a command, and typed by nobody.
NOT_TYPED = {"reference", "source", "source_reference", "published_at", "is_demo"}


@pytest.fixture
def officer(client):
    made = OfficerFactory(partner=Partner.objects.get(slug="cci-94"))
    client.force_login(made.user)
    return made


@pytest.fixture
def own():
    return make_property(partner_slug="cci-94")


def at(name, known, *more):
    return reverse(f"premises:{name}", args=[known.pk, *more])


def text(response) -> str:
    return response.content.decode()


def cells(response):
    """{field: whether it is shown} of a drawn form."""
    return {
        cell.field.name: cell.shown
        for page in response.context["pages"]
        for block in page.blocks
        for row in block.rows
        for cell in row
    }


def lot_rows(*lots, initial=0):
    rows = {"lots-TOTAL_FORMS": str(len(lots)), "lots-INITIAL_FORMS": str(initial)}
    for position, lot in enumerate(lots):
        rows |= {f"lots-{position}-{name}": "" if value is None else str(value) for name, value in lot.items()}
    return rows


# --- tabs ---


def test_every_field_that_is_typed_has_one_place():
    editable = {field.name for field in Property._meta.concrete_fields if field.editable and not field.primary_key}
    assert len(FIELDS) == len(set(FIELDS))
    assert editable - NOT_TYPED == set(FIELDS)


@pytest.mark.parametrize("kind", Kind.values)
def test_the_form_asks_what_the_type_speaks_of(client, officer, kind):
    known = make_property(partner_slug="cci-94", kind=kind, deal="rent")
    shown = cells(client.get(at("edit", known)))
    assert shown.keys() == set(FIELDS) - {"partner"}
    carried = {"divisible_from", "rent"}  # the factory's own
    for name, is_shown in shown.items():
        assert is_shown == (applies(name, kind, "rent") or name in carried), name


def test_a_plot_has_no_floor_load_unless_it_carries_one(client, officer):
    known = make_property(partner_slug="cci-94")
    Property.objects.filter(pk=known.pk).update(kind="land", crane="yes")
    response = client.get(at("edit", known))
    shown = cells(response)
    assert not shown["floor_load"]
    assert shown["crane"], "it carries a value: nothing is lost"
    assert text(response).count('class="prem-cell prem-cell--stray"') == 1


def test_without_scripts_the_form_is_drawn_again_for_another_type_and_keeps_what_was_typed(client, officer, own):
    before = Property.objects.values().get()
    typed = (
        FORM
        | {"kind": "land", "floor_load": "", "title_fr": "", "surface": "environ", "refresh": "1"}
        | lot_rows(A | {"surface": "beaucoup"}, {"label": ""})
    )
    for address in (at("edit", own), reverse("premises:add")):
        response = client.post(address, typed)
        assert response.status_code == 200
        assert not cells(response)["floor_load"]
        assert 'value="environ"' in text(response)
        assert 'value="beaucoup"' in text(response)
        assert not response.context["problems"], "nothing is judged yet"
    assert Property.objects.values().get() == before
    assert cells(client.post(at("edit", own), typed | {"kind": "warehouse"}))["floor_load"]


def test_the_script_knows_the_same_table(client, officer):
    table = client.get(reverse("premises:add")).context["not_asked"]
    assert table.keys() == {f"{kind}/{deal}" for kind in Kind.values for deal in Deal.values}
    assert "floor_load" in table["land/rent"]
    assert "floor_load" not in table["warehouse/rent"]
    assert "rent" in table["warehouse/sale"]


@pytest.mark.parametrize(
    ("wrong", "tab"),
    [
        ({"rent": "-1"}, "money"),
        ({"surface": "0"}, "surfaces"),
        ({"title_fr": ""}, "words"),
        ({"docks": "2"}, "building"),
        ({"latitude": "43.3", "longitude": "5.4"}, "place"),
        ({"kind": "château"}, "offer"),
        (lot_rows(A, A), "surfaces"),
        (lot_rows(A | {"surface": "beaucoup"}), "surfaces"),
    ],
    ids=str,
)
def test_an_error_says_its_tab_and_leads_to_its_field(client, officer, own, wrong, tab):
    response = client.post(at("edit", own), FORM | wrong)
    titles = {tab.name: tab.title for tab in TABS}
    problems = response.context["problems"]
    assert problems
    assert {problem.tab for problem in problems} == {titles[tab]}
    for problem in problems:
        assert f'id="{problem.target}"' in text(response)
        assert problem.message in response.content.decode().replace("&#x27;", "'")
    own.refresh_from_db()
    assert own.version == 1


def test_a_number_implies_its_yes(client, officer, own):
    response = client.post(at("edit", own), FORM | {"loading_dock": "unknown", "docks": "2"})
    assert response.status_code == 302, response.context["form"].errors
    own.refresh_from_db()
    assert (own.docks, own.loading_dock) == (2, "yes")


def test_a_point_in_another_commune_is_told_with_its_name(client, officer, own):
    response = client.post(at("edit", own), FORM | {"latitude": "48.7289", "longitude": "2.3613"})  # Orly's airport
    assert "Paray-Vieille-Poste" in " ".join(response.context["form"].errors["latitude"])


def test_what_is_not_sent_is_kept_or_not_stated(client, officer, own):
    update_property(instance=own, values={}, version=1, lots=[A])
    response = client.post(at("edit", own), FORM | {"version": "2", "rent": "120"})
    assert response.status_code == 302
    own.refresh_from_db()
    assert (own.process_water, own.rent, own.lots.count()) == ("unknown", 120, 1)


# --- lots ---


def test_what_the_source_gave_in_its_own_unit_is_told(client, officer):
    given = {"rent": {"value": "9.83", "unit": "€/m²/month"}}
    imported = make_property(partner_slug="cci-94", source="agence", source_reference="A-1", source_values=given)
    page = " ".join(text(client.get(at("edit", imported))).split())
    assert "la source a donné 9,83 €/m²/month" in page.replace("\u00a0", " ")


def test_lots_are_added_changed_and_removed_with_the_record(client, officer, own):
    assert client.post(at("edit", own), FORM | lot_rows(B | {"available_from": "2027-01-04"}, A)).status_code == 302
    assert [lot.label for lot in own.lots.all()] == ["A", "B"], "by label"
    own.refresh_from_db()
    changed = A | {"rent": "125", "available_from": ""}
    removed = B | {"DELETE": "on"}
    response = client.post(at("edit", own), FORM | {"version": own.version} | lot_rows(changed, removed, initial=2))
    assert response.status_code == 302, response.context["form"].lots.errors
    lot = own.lots.get()
    assert (lot.label, lot.rent, lot.available_from) == ("A", 125, None)
    own.refresh_from_db()
    assert own.version == 3
    assert Change.objects.first().fields.keys() == {"lots"}


def test_empty_rows_are_no_lots_and_known_ones_stay(client, officer):
    known = create_property(values=offer(partner_slug="cci-94"), lots=[A])
    empty = dict.fromkeys(("label", "floor", "surface", "rent", "available_from"), "")
    client.post(at("edit", known), FORM | lot_rows(A | {"available_from": ""}, empty, empty, initial=1))
    assert known.lots.get().label == "A"
    assert not Change.objects.filter(fields__has_key="lots").exists()


def test_lots_come_with_a_new_property(client, officer):
    response = client.post(reverse("premises:add"), FORM | lot_rows(A | {"available_from": ""}))
    assert response.status_code == 302, response.context["form"].errors
    assert Property.objects.get().lots.get().label == "A"


# --- what resembles it ---


def test_what_resembles_it_is_told_without_what_one_may_not_see(client, officer, own):
    near = make_property(partner_slug="ept", surface=own.surface * 104 / 100, title_fr="Secret d’un autre partenaire")
    mine = make_property(partner_slug="cci-94")
    for other in (
        make_property(surface=own.surface * 106 / 100),
        make_property(rent=own.rent + 1),
        make_property(insee="94076", precision="commune", latitude=None, longitude=None),
        make_property(kind="warehouse"),
        make_property(state="withdrawn"),
    ):
        assert other not in Property.objects.resembling(own)
    assert set(Property.objects.resembling(own)) == {near, mine}
    shown = text(client.get(at("edit", own)))
    assert near.reference in shown
    assert near.title["fr"] not in shown
    assert at("edit", near) not in shown
    assert at("edit", mine) in shown
    assert client.post(reverse("premises:add"), FORM).status_code == 302, "it never blocks"


def test_the_list_says_and_filters_what_resembles(client, officer):
    twins = [make_property(partner_slug="cci-94") for _ in range(2)]
    alone = make_property(partner_slug="cci-94", rent=None)
    listed = Property.objects.with_twin()
    assert {known.pk: known.has_twin for known in listed} == {
        **{twin.pk: True for twin in twins},
        alone.pk: False,
    }
    for known in Property.objects.all():
        assert Property.objects.resembling(known).exists() == listed.get(pk=known.pk).has_twin
    shown = text(client.get(reverse("premises:index") + "?has_twin=true"))
    assert all(twin.reference in shown for twin in twins)
    assert alone.reference not in shown


def test_undisclosed_twins_resemble_each_other_too():
    first, second = make_property(rent=None), make_property(rent=None)
    assert set(Property.objects.resembling(first)) == {second}
    assert Property.objects.with_twin().get(pk=first.pk).has_twin


# --- preview ---


def test_a_draft_is_previewed_by_who_may_edit_it(client, officer):
    draft = make_property(partner_slug="cci-94", state="draft", title_fr="Bientôt là")
    response = client.get(at("preview", draft))
    assert response.status_code == 200
    assert "Bientôt là" in text(response)
    assert 'content="noindex, nofollow"' in text(response)
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert '<aside class="preview"' in text(response)
    assert 'lang="en"' in text(client.get(at("preview", draft) + "?language=en"))
    assert client.get(draft.get_absolute_url()).status_code == 404, "the public still sees nothing"


def test_what_is_typed_is_previewed_and_not_kept(client, officer, told):
    draft = make_property(partner_slug="cci-94", state="draft")
    add(draft, photo_bytes())
    before, told[:] = Property.objects.values().get(), []
    response = client.post(
        at("preview", draft), FORM | {"title_fr": "Pas encore dit"} | lot_rows(A | B | {"label": "Z9"})
    )
    assert "Pas encore dit" in text(response)
    assert "Z9" in text(response)
    assert Property.objects.values().get() == before
    assert draft.lots.count() == 0
    assert not Change.objects.exclude(fields__has_key="media").exists()
    wrong = client.post(at("preview", draft), FORM | {"title_fr": "Pas encore dit", "surface": "0"})
    assert wrong.status_code == 200
    assert "Pas encore dit" not in text(wrong)


# --- states ---


@pytest.mark.parametrize(
    ("start", "end", "may"),
    [
        ("draft", "on_market", True),
        ("on_market", "under_offer", True),
        ("under_offer", "on_market", True),
        ("under_offer", "closed", True),
        ("withdrawn", "on_market", True),
        ("on_market", "withdrawn", True),
        ("draft", "closed", False),
        ("closed", "withdrawn", False),
        ("on_market", "draft", False),
    ],
)
def test_a_button_asks_then_does(client, officer, start, end, may):
    known = make_property(partner_slug="cci-94", state=start)
    asked = client.get(at("state", known, end))
    assert asked.status_code == (200 if may else 302)
    known.refresh_from_db()
    assert known.state == start, "asking does nothing"
    assert client.post(at("state", known, end), {"version": "1"}).status_code == 302
    known.refresh_from_db()
    assert (known.state, known.version) == ((end, 2) if may else (start, 1))


@pytest.mark.parametrize("version", ["", "0", "7", "x", "²", "9" * 30])
def test_a_button_of_another_version_does_nothing(client, officer, own, version):
    assert client.post(at("state", own, "withdrawn"), {"version": version}).status_code == 302
    own.refresh_from_db()
    assert (own.state, own.version) == ("on_market", 1)


def test_an_unknown_state_does_not_exist(client, officer, own):
    assert client.get(at("state", own, "sold-twice")).status_code == 404
    assert client.post(at("state", own, "sold-twice")).status_code == 404


# --- who may open what ---


ADDRESSES = [("edit",), ("log",), ("preview",), ("media",), *(("state", state) for state in PropertyState.values)]


@pytest.mark.parametrize("who", ["anonymous", "nobody", "administrator", "other officer", "own officer", "coordinator"])
def test_each_screen_is_its_partners_and_the_coordinators(client, who):
    known = make_property(partner_slug="cci-94", state="draft", title_fr="Titre confidentiel")
    user = {
        "anonymous": lambda: None,
        "nobody": lambda: UserFactory(groups=["Agents"]),
        "administrator": lambda: UserFactory(is_superuser=True),
        "other officer": lambda: OfficerFactory(partner=Partner.objects.get(slug="ept")).user,
        "own officer": lambda: OfficerFactory(partner=Partner.objects.get(slug="cci-94")).user,
        "coordinator": lambda: CoordinatorFactory(partner=Partner.objects.coordinator()).user,
    }[who]()
    if user:
        client.force_login(user)
    mine = who in ("own officer", "coordinator")
    before = Property.objects.values().get()
    for name, *more in ADDRESSES:
        address = at(name, known, *more)
        response = client.get(address)
        allowed = (200, 302) if mine else (404,) if who == "other officer" else (302,)
        assert response.status_code in allowed, address
        if not mine:
            assert known.title["fr"] not in text(response), address
            posted = client.post(address, FORM | {"version": "1", "do": "add", "change": "1"})
            assert posted.status_code in ((404,) if who == "other officer" else (302, 403)), address
    assert Property.objects.values().get() == before


def test_tabs_follow_the_choices_of_the_record():
    assert {TAB_OF[feature].name for feature in Feature.values} == {"building"}


def test_screens_have_no_inline_style(client, officer, own):
    for name in ("edit", "log", "media", "preview"):
        body = re.sub(r"<svg.*?</svg>", "", text(client.get(at(name, own))), flags=re.S)
        assert "prem-" not in "".join(re.findall(r"<[^>]+ style=[^>]+>", body)), name
