"""The public page "who does what": every answer is what the rules in force decide, whatever the address says."""

import logging
from urllib.parse import parse_qsl

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from demo.routing import publish_routing_table
from implantation.routing.choices import ContributionPart
from implantation.routing.deciding import domain, pure
from implantation.routing.facts import Activity, Origin, Project, WiderPlace
from implantation.routing.guide.matrix import NOTHING_SAID, columns, places, turns
from implantation.routing.models import Contribution, RoutingTable
from implantation.routing.table import TableRule
from implantation.routing.table import table as pure_table
from territory.models import Partner
from tests.implantation.factories import RuleFactory, committee, in_force, submitted
from tests.territory.factories import PartnerFactory

pytestmark = pytest.mark.django_db
ATHIS = {"project": "settle", "activity": "craft", "place": "91027"}


@pytest.fixture
def demo_table(territory):
    committee()
    return publish_routing_table()


def page(client, language="en", **query):
    with override(language):
        address = reverse("implantation:guide")
    response = client.get(address, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(node):
    return " ".join(node.get_text(" ").split())


def answered(soup):
    return words(soup.select_one("#answer .partner-fan .partner-fan__partner--chosen"))


def asked(cell):
    """The facts that a cell of the matrix asks, with those it leaves unknown."""
    address = cell["href"].removeprefix("?").removesuffix("#answer")
    return dict(NOTHING_SAID) | dict(parse_qsl(address, strict_parsing=True))


def busy_table():
    """Rules that tell apart communes, origins and wider places, and overlap."""
    slugs = list(Partner.objects.values_list("slug", flat=True))
    return [
        TableRule(1, slugs[1], (("place", frozenset({"94076"})), ("activity", frozenset({"craft"})))),
        TableRule(
            2, slugs[2], (("place", frozenset({"91027", "several_91"})), ("origin", frozenset({"abroad", "region"})))
        ),
        TableRule(3, slugs[3], (("headcount", frozenset({"250+"})), ("place", frozenset({"94081"})))),
        TableRule(4, slugs[4], (("project", frozenset({"move"})), ("origin", frozenset({"abroad", "france"})))),
        TableRule(5, slugs[5], (("place", frozenset({"outside", "unknown"})), ("activity", frozenset({"unknown"})))),
        TableRule(6, slugs[0]),
    ]


@pytest.mark.parametrize("rules", ["demo", "busy"])
def test_every_cell_of_every_matrix_is_what_the_rules_decide(demo_table, rules):
    table = pure(demo_table) if rules == "demo" else pure_table(busy_table(), domain())
    groups = places(table)
    assert sorted(place for group in groups for place in group) == sorted(table.domain["place"])
    for group in groups:
        for place in group:
            seen = []
            for column in columns(table, group[0]):
                for activity in column.activities:
                    for origin in column.origins:
                        seen.append((activity, origin))
                        for project, lead in zip(Project.values, column.leads, strict=True):
                            facts = {"project": project, "activity": activity, "origin": origin, "place": place}
                            assert table.decide({**NOTHING_SAID, **facts}).rule.lead == lead
            assert sorted(seen) == sorted((one, other) for one in Activity.values for other in Origin.values)


def test_the_page_shows_each_matrix_and_each_cell_opens_the_answer_it_names(client, demo_table):
    table = pure(demo_table)
    names = {partner.slug: partner.short_name for partner in Partner.objects.all()}
    areas = page(client).select(".matrix-areas a")
    assert [words(area) for area in areas] == [
        "Essonne",
        "Val-de-Marne",
        "Both departments · Elsewhere, outside the 24 communes · place not said",
    ]
    cells = 0
    for area in areas:
        query = dict(parse_qsl(area["href"].removeprefix("?").removesuffix("#matrix")))
        soup = page(client, **query)
        assert "Nothing chosen yet" in words(soup.select_one("#answer"))
        for cell in soup.select(".matrix td a"):
            facts = asked(cell)
            assert words(cell).endswith(names[table.decide(facts).rule.lead])
            cells += 1
    assert cells == 7 * (4 + 3 + 1)


def test_the_answer_is_what_an_enquiry_with_these_facts_gets(client, demo_table):
    soup = page(client, **ATHIS)
    enquiry = submitted(**ATHIS)
    assert answered(soup) == enquiry.holder.short_name == "CMA Essonne"
    said = words(soup.select_one("#answer"))
    for expected in (
        enquiry.decision.rule.reason["en"],
        "within 1 working day",
        "helps with recruitment and training, where jobs are planned",
        "CCI Essonne",
        enquiry.holder.email,
        "3. Complementary services",
        "Open a new site of an existing firm · Craft · Athis-Mons",
    ):
        assert expected in said
    link = soup.select_one("#answer a.more-link")["href"]
    assert link == "/en/business-location/?project=settle&activity=craft&place=91027"
    assert words(soup.select_one(".matrix .matrix__cell--chosen")).endswith("CMA Essonne (your choice)")


@pytest.mark.parametrize("activity", Activity.values)
@pytest.mark.parametrize("place", ["94081", "91687", WiderPlace.UNKNOWN.value])
def test_the_form_answers_as_the_rules_do(client, demo_table, activity, place):
    facts = {"activity": activity, "place": place, "origin": "abroad"}
    lead = pure(demo_table).decide({**NOTHING_SAID, **facts}).rule.lead
    assert answered(page(client, "fr", **facts)) == Partner.objects.get(slug=lead).short_name


def test_what_would_change_the_answer_is_said_and_true(client, demo_table):
    table = pure(demo_table)
    facts = {**NOTHING_SAID, **ATHIS}
    found = turns(table, facts)
    for turn in found:
        for value in turn.values:
            assert table.decide({**facts, turn.fact: value}).rule.lead == turn.lead != "cma-91"
    missing = [
        (fact, value)
        for fact, values in table.domain.items()
        for value in values
        if facts[fact] == NOTHING_SAID[fact]
        and table.decide({**facts, fact: value}).rule.lead != "cma-91"
        and not any(turn.fact == fact and value in turn.values for turn in found)
    ]
    assert missing == []
    said = words(page(client, **ATHIS).select_one(".other-outcomes"))
    assert "From elsewhere in France or From abroad Essonne Développement" in said
    assert "250 people or more EPT Grand-Orly Seine Bièvre" in said
    assert "You ask about premises of this site the partner in charge of them" in said


def test_before_choosing_the_page_says_what_to_choose(client, demo_table):
    soup = page(client)
    assert "Nothing chosen yet" in words(soup.select_one("#answer"))
    assert not soup.select(".partner-fan")
    assert {option["value"] for option in soup.select("option[selected]")} == {"unknown"}
    assert soup.select(".matrix td")


def test_an_answer_is_given_though_nothing_is_known(client, demo_table):
    soup = page(client, project="unknown")
    assert answered(soup) == "EPT Grand-Orly Seine Bièvre"
    assert "You have said nothing of your project yet." in words(soup.select_one("#answer"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("place=99999", "Commune: “99999” is not an answer of the list"),
        ("activity=" + "x" * 5_000, "“" + "x" * 40 + "”"),
        ("project=settle&project=move", "Your need: there are several answers"),
        ("origin=%3Cscript%3E", "“<script>” is not an answer"),
        ("place=%00", "is not an answer of the list"),
        ("area=nowhere", "“nowhere” is not an answer of the list"),
    ],
)
def test_what_is_not_understood_is_told_and_counts_as_unknown(client, demo_table, query, said):
    response = client.get(f"/en/business-location/who-does-what/?{query}")
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    assert said in words(soup.select_one("[role=alert]"))
    assert "x" * 41 not in response.content.decode()
    assert {option["value"] for option in soup.select("option[selected]")} == {"unknown"}
    if "area" not in query:
        assert answered(soup) == "EPT Grand-Orly Seine Bièvre"


def test_what_is_right_is_kept_beside_what_is_not(client, demo_table):
    soup = page(client, activity="craft", place="nowhere", utm_source="letter")
    assert soup.select_one("select[name=activity] option[selected]")["value"] == "craft"
    assert "utm" not in str(soup.select_one("main"))
    assert len(soup.select("[role=alert] li")) == 1


def test_only_reading_is_allowed(client, demo_table):
    assert client.post("/en/business-location/who-does-what/").status_code == 405


def test_without_rules_the_coordinator_answers_and_the_page_says_so(client, demo_table, caplog):
    RoutingTable.objects.all().update(state="superseded")
    with caplog.at_level(logging.CRITICAL):
        soup = page(client, **ATHIS)
    assert answered(soup) == "EPT Grand-Orly Seine Bièvre"
    assert "No routing table is in force" in words(soup.select_one("#answer"))
    assert "No rules can be read today. EPT Grand-Orly Seine Bièvre" in words(soup.select_one("#matrix"))
    assert not soup.select(".matrix")


def test_rules_that_cannot_decide_leave_every_answer_to_the_coordinator(client, demo_table, caplog):
    demo_table.rules.filter(position=3).update(conditions={"place": ["00000"]})
    with caplog.at_level(logging.CRITICAL):
        soup = page(client, **ATHIS)
    assert answered(soup) == submitted(**ATHIS).holder.short_name == "EPT Grand-Orly Seine Bièvre"
    assert not soup.select(".matrix")


def test_a_partner_that_left_answers_nothing_and_helps_nobody(client, demo_table):
    Partner.objects.filter(slug__in=["cma-91", "cci-91"]).update(member_until=timezone.localdate().replace(year=2020))
    soup = page(client, **ATHIS)
    assert answered(soup) == submitted(**ATHIS).holder.short_name == "EPT Grand-Orly Seine Bièvre"
    assert "is not a member today" in words(soup.select_one("#answer"))
    assert "CMA Essonne" not in words(soup.select_one("main"))
    assert "CCI Essonne" not in words(soup.select_one("main"))


def test_a_seventh_partner_that_wins_a_rule_is_in_the_answer_and_the_matrix(client, territory):
    agency = PartnerFactory(slug="agency", short_name="Agence des laboratoires")
    ept = Partner.objects.coordinator()
    table = in_force((agency, {"place": ["94076"], "activity": ["craft"]}), (ept, {}))
    Contribution.objects.create(rule=table.rules.first(), position=1, partner=ept, part=ContributionPart.OTHER)
    soup = page(client, place="94076", activity="craft")
    assert answered(soup) == "Agence des laboratoires"
    assert "takes part" in words(soup.select_one("#answer"))
    assert "Agence des laboratoires" in words(soup.select_one(".matrix"))
    assert [words(area) for area in soup.select(".matrix-areas a")] == [
        "Essonne · Val-de-Marne, except Villejuif · Both departments · Elsewhere, outside the 24 communes · "
        "place not said",
        "Villejuif",
    ]


def test_the_nine_axes_name_their_lead_and_their_contributors(client, demo_table):
    axes = page(client).select(".axes li")
    assert len(axes) == 9
    assert "Lead CMA Val-de-Marne" in words(axes[1])
    assert "Contributors EPT Grand-Orly Seine Bièvre, CCI Essonne" in words(axes[1])


@pytest.mark.parametrize("query", [{}, ATHIS, {"area": "94081"}])
def test_the_page_asks_the_database_a_bounded_number_of_questions_however_many_rules(
    client, demo_table, django_assert_max_num_queries, query
):
    address = "/fr/implantation/qui-fait-quoi/"
    client.get(address, query)
    for _ in range(2):
        with django_assert_max_num_queries(18):
            client.get(address, query)
        lead, positions = PartnerFactory(), range(demo_table.rules.count() + 1, demo_table.rules.count() + 21)
        for position in positions:
            RuleFactory(table=demo_table, lead=lead, position=position)


def test_the_page_is_anybodys_and_answers_304_until_something_changes(client, demo_table):
    address = "/fr/implantation/qui-fait-quoi/"
    client.get(address, ATHIS)
    response = client.get(address, ATHIS)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "public" in response["Cache-Control"]
    again = client.get(address, ATHIS, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    demo_table.rules.update(reason={"fr": "Parce que tout change."})
    changed = client.get(address, ATHIS, headers={"if-none-match": response["ETag"]})
    assert "Parce que tout change." in changed.content.decode()


def test_the_choice_goes_to_the_request_and_is_ticked_there(client, demo_table):
    query = ATHIS | {"origin": "abroad"}
    soup = BeautifulSoup(client.get("/en/business-location/", query).content, "html.parser")
    assert "Athis-Mons (Essonne), From abroad: it is ticked here" in words(soup.select_one("main"))
    assert soup.select_one("input[name=activity][checked]")["value"] == "craft"
    posted = {"message": "We look.", "project": "settle", "activity": "craft"}
    hidden = {one["name"]: one["value"] for one in soup.select("input[type=hidden]") if one["name"] in query}
    assert hidden == {"place": "91027", "origin": "abroad"}
    client.post("/en/business-location/", posted | hidden)
    place = BeautifulSoup(client.get("/en/business-location/place/").content, "html.parser")
    assert place.select_one("input[name=place][checked]")["value"] == "91027"
    firm = BeautifulSoup(client.get("/en/business-location/firm/").content, "html.parser")
    assert firm.select_one("input[name=origin][checked]")["value"] == "abroad"


def test_a_choice_that_is_brought_changes_no_other_answer_and_nothing_before_it_is_sent(client, demo_table):
    client.post("/en/business-location/", {"message": "We look.", "activity": "liberal"})
    client.post("/en/business-location/place/", {"place": "94081", "area_min": "250"})
    client.get("/en/business-location/", ATHIS | {"origin": "nowhere"})
    place = BeautifulSoup(client.get("/en/business-location/place/").content, "html.parser")
    assert place.select_one("input[name=place][checked]")["value"] == "94081"
    client.post("/en/business-location/", {"message": "We look.", "activity": "craft", "place": "91027"})
    place = BeautifulSoup(client.get("/en/business-location/place/").content, "html.parser")
    assert place.select_one("input[name=place][checked]")["value"] == "91027"
    assert place.select_one("input[name=area_min]")["value"] == "250"


def test_it_is_linked_from_every_page_and_listed_for_machines(client, demo_table):
    forms = {"fr": "/fr/implantation/", "en": "/en/business-location/"}
    for language, address in (("fr", forms["fr"] + "qui-fait-quoi/"), ("en", forms["en"] + "who-does-what/")):
        soup = page(client, language)
        assert soup.select_one(f'.site-header__nav a[href="{address}"][aria-current]')
        assert not soup.select_one(f'.site-header__nav a[href="{forms[language]}"][aria-current]')
        assert soup.select_one(f'.site-footer a[href="{address}"]')
        assert f"https://territory.example{address}</loc>" in client.get("/sitemap.xml").content.decode()
        other = "en" if language == "fr" else "fr"
        assert soup.select_one(f'.site-header__languages a[lang="{other}"]')["href"].startswith(forms[other])
