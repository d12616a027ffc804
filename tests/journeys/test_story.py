"""The whole story, lived in a browser: find premises, ask, reach the right partner, be answered, follow."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, assert_accessible

Open = Callable[..., Page]
REFERENCE = re.compile(r"GO-\d{4}-\d{6}")
# The form keeps aside what is sent faster than a person can write.
A_PERSON_S_PACE_MS = 4_000
# Were this partner of the list the one that answers: would the line that arrives at it cross what was asked?
CROSSED = """place => {
  const partners = [...document.querySelectorAll(".partner-fan.partner-fan--large li")];
  partners.forEach((partner, index) => partner.classList.toggle("partner-fan__partner--chosen", index === place));
  const name = partners[place].getBoundingClientRect();
  const asked = document.querySelector(".arrival .lead").getBoundingClientRect();
  const line = (name.top + name.bottom) / 2;
  return asked.top - 5 < line && line < asked.bottom + 5;
}"""


def _answer(page: Page, **answers: str) -> None:
    """Choose an answer to questions of the form by their code."""
    for question, code in answers.items():
        answer = page.locator(f'input[name="{question}"][value="{code}"]').first
        page.locator("label.choice", has=answer).or_(
            page.locator(f"label[for='{answer.get_attribute('id')}']")
        ).first.click()
        expect(answer).to_be_checked()


def _go_on(page: Page) -> None:
    page.locator("form button.button:not(.button--secondary)").last.click()


def _reference(page: Page) -> str:
    found = REFERENCE.search(page.locator(".reference").inner_text())
    assert found is not None
    return found[0]


def test_a_craft_firm_in_french_on_a_phone(open_page: Open, sign_in: Open, site: Site) -> None:
    page = open_page("fr", width=390)
    page.goto("/")
    expect(page).to_have_url(f"{site.url}/fr/")
    assert_accessible(page)

    page.select_option("select[name=type]", "activity")
    page.select_option("select[name=commune]", "91027")
    page.get_by_role("button", name="Voir les locaux").click()
    page.wait_for_url("**/fr/immobilier/**")
    expect(page.locator(".premises-row").first).to_be_visible()
    assert_accessible(page)

    page.locator(".premises-row h3 a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert_accessible(page)
    property_url = page.url
    page.locator(".dock").get_by_role("link", name="Demander de l’aide pour ce bien").click()
    page.wait_for_url("**/fr/implantation/**")
    assert_accessible(page)

    secret = "Atelier de découpe laser, neuf salariés"
    page.fill("textarea[name=message]", secret)
    _answer(page, project="settle", activity="craft")
    _go_on(page)
    assert_accessible(page)
    expect(page.locator('input[name="place"][value="91027"]').first).to_be_checked()
    page.fill("input[name=area_min]", "600")
    page.fill("input[name=area_max]", "60")
    _go_on(page)
    expect(page.locator("#errors")).to_be_visible()
    assert_accessible(page)
    page.fill("input[name=area_max]", "900")
    _go_on(page)
    _answer(page, headcount="1-9", origin="territory")
    assert_accessible(page)
    _go_on(page)
    page.fill("input[name=name]", "Dominique Exemple")
    page.fill("input[name=email]", "dominique@example.com")
    assert_accessible(page)
    page.wait_for_timeout(A_PERSON_S_PACE_MS)
    _go_on(page)
    expect(page.get_by_text(secret)).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer ma demande").click()

    reference = _reference(page)
    assert_accessible(page)
    partner = page.locator(".partner-fan .partner-fan__partner--chosen").inner_text()
    assert partner
    acknowledgement = site.wait_for_mail("dominique@example.com", reference)
    text = acknowledgement.get_body(("plain",)).get_content()
    assert partner in text
    assert secret not in text
    assert "Dominique" not in text
    tracking = re.search(r"http://\S+/suivi/\S+", text)
    assert tracking is not None

    username = _officer_of(partner)
    site.wait_for_mail(f"{username}@example.org", reference)
    stranger = sign_in("cma94.agent" if username != "cma94.agent" else "cci91.agent")
    stranger.goto("/admin/enquiries/")
    expect(stranger.get_by_text(reference)).to_have_count(0)

    desk = sign_in(username)
    desk.goto("/admin/enquiries/")
    assert_accessible(desk, within="main")
    desk.locator(f"tr:has-text('{reference}') a").first.click()
    assert_accessible(desk, within="main")
    expect(desk.get_by_text(secret)).to_be_visible()
    _unfold(desk, "take")
    with desk.expect_navigation():
        desk.locator("form[action$='/take/'] button").click()
    _unfold(desk, "write")
    desk.locator("form[action$='/write/'] textarea").fill("Bonjour, quand pouvez-vous visiter ?")
    with desk.expect_navigation():
        desk.locator("form[action$='/write/'] button").click()
    expect(desk.get_by_text("Bonjour, quand pouvez-vous visiter ?").first).to_be_visible()
    message = site.wait_for_mail("dominique@example.com", "quand pouvez-vous visiter")
    assert message["Reply-To"]
    assert username not in message["Reply-To"]

    page.goto(tracking[0])
    expect(page.get_by_text("Bonjour, quand pouvez-vous visiter ?")).to_be_visible()
    assert_accessible(page)
    page.fill("textarea[name=message]", "Jeudi matin me convient.")
    page.locator("form:has(textarea[name=message]) button").last.click()
    expect(page.get_by_text("Jeudi matin me convient.").first).to_be_visible()
    site.wait_for_mail(f"{username}@example.org", "nouveau message")
    desk.reload()
    expect(desk.get_by_text("Jeudi matin me convient.").first).to_be_visible()

    coordinator = sign_in("coordination")
    coordinator.goto("/admin/enquiries/?q=" + reference)
    expect(coordinator.get_by_text(reference).first).to_be_visible()
    assert property_url.startswith(site.url)


def test_a_foreign_firm_in_english_on_a_desktop(open_page: Open, site: Site) -> None:
    page = open_page("en", width=1440)
    page.goto("/")
    expect(page).to_have_url(f"{site.url}/en/")
    assert_accessible(page)
    for address in (
        "/en/assets/",
        "/en/assets/transport-hub/",
        "/en/major-projects/",
        "/en/major-projects/senia/",
        "/en/privacy/",
    ):
        page.goto(address)
        assert_accessible(page)
    page.goto("/en/premises/?type=warehouse")
    total = page.locator("h1").inner_text()
    page.fill("input[name=q]", "rungis")
    page.locator("input[name=q]").press("Enter")
    page.wait_for_url("**q=rungis**")
    expect(page.locator("h1")).not_to_have_text(total)
    page.go_back()
    expect(page.locator("h1")).to_have_text(total)

    page.goto("/en/business-location/")
    page.fill("textarea[name=message]", "A cold store for fresh produce, close to the market.")
    _answer(page, activity="industry_or_logistics", project="settle")
    _go_on(page)
    _answer(page, place="several_91", premises="warehouse")
    _go_on(page)
    _answer(page, origin="abroad")
    _go_on(page)
    page.fill("input[name=name]", "Alex Sample")
    page.fill("input[name=email]", "alex@example.com")
    page.wait_for_timeout(A_PERSON_S_PACE_MS)
    _go_on(page)
    page.get_by_role("button", name="Send my request").click()
    reference = _reference(page)
    expect(page.locator(".partner-fan .partner-fan__partner--chosen")).to_have_text("Essonne Développement")
    assert_accessible(page)
    for place in range(6):
        assert not page.evaluate(CROSSED, place), f"the line strikes out what was asked when partner {place} answers"
    mail = site.wait_for_mail("alex@example.com", reference)
    assert "Essonne Développement is responsible" in mail.get_body(("plain",)).get_content()
    site.wait_for_mail("essonne.agent@example.org", reference)


def test_the_public_side_without_javascript(open_page: Open, site: Site) -> None:
    page = open_page("fr", width=390, javascript=False)
    for address in ("/fr/", "/fr/atouts/qualite-de-vie/", "/fr/grands-projets/les-ardoines/"):
        assert page.goto(address).status == 200
    page.goto("/fr/immobilier/?deal=rent&area_min=abc")
    expect(page.get_by_text("abc").first).to_be_visible()
    page.goto("/fr/immobilier/?type=office&page=2")
    expect(page.locator(".premises-row").first).to_be_visible()
    page.locator(".premises-row h3 a").first.click()
    page.locator(".dock").get_by_role("link", name="Demander de l’aide pour ce bien").click()
    page.fill("textarea[name=message]", "Un bureau pour trois personnes.")
    _go_on(page)
    _go_on(page)
    _go_on(page)
    page.fill("input[name=name]", "Sam Exemple")
    page.fill("input[name=email]", "pas une adresse")
    _go_on(page)
    expect(page.locator("#errors")).to_be_visible()
    expect(page.locator("input[name=email]")).to_have_value("pas une adresse")
    page.fill("input[name=email]", "sam@example.com")
    page.wait_for_timeout(A_PERSON_S_PACE_MS)
    _go_on(page)
    page.get_by_role("button", name="Envoyer ma demande").click()
    site.wait_for_mail("sam@example.com", _reference(page))


def _unfold(desk: Page, action: str) -> None:
    """Show the form of an action of the desk, if it is folded."""
    form = f"form[action$='/{action}/']"
    if not desk.locator(form).is_visible():
        desk.locator(f"details:has({form}) > summary").click()


def _officer_of(partner: str) -> str:
    return {
        "EPT Grand-Orly Seine Bièvre": "ept.agent",
        "CCI Val-de-Marne": "cci94.agent",
        "CCI Essonne": "cci91.agent",
        "CMA Val-de-Marne": "cma94.agent",
        "CMA Essonne": "cma91.agent",
        "Essonne Développement": "essonne.agent",
    }[partner.strip()]


def test_every_illustration_is_there_before_the_page_is_scrolled(open_page: Open) -> None:
    page = open_page("fr", width=390)
    for address in ("/fr/", "/fr/atouts/", "/fr/atouts/hub-de-transport/", "/fr/grands-projets/senia/"):
        page.goto(address)
        images = page.locator("img")
        assert images.count() >= 3
        assert all(images.evaluate_all("images => images.map(image => image.complete && image.naturalWidth > 0)"))


@pytest.mark.parametrize("width", [320, 768, 1100, 1920])
def test_nothing_is_wider_than_the_screen(open_page: Open, width: int) -> None:
    page = open_page("fr", width=width)
    for address in (
        "/fr/",
        "/fr/immobilier/",
        "/fr/immobilier/GOSB-0003/",
        "/fr/implantation/",
        "/fr/grands-projets/",
        "/fr/chiffres-et-sources/",
        "/fr/atouts/hub-de-transport/",
        "/fr/nulle-part/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, (
            address
        )
