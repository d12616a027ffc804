"""The rules are changed by keyboard, proved, approved and put in force in the admin; enquiries go where they say."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PASSWORD, Site, assert_accessible

Open = Callable[..., Page]
A_PERSON_S_PACE_MS = 4_000


def _press(control: Locator, key: str) -> None:
    """By keyboard: the control takes the focus, then the key."""
    control.focus()
    expect(control).to_be_focused()
    control.press(key)


def _row(desk: Page, reason: str) -> Locator:
    return desk.locator(".rules-table tbody tr", has=desk.get_by_text(reason, exact=True))


def _open_rule(desk: Page, reason: str) -> None:
    _press(_row(desk, reason).get_by_role("link", name="Modifier la règle"), "Enter")
    desk.wait_for_url(re.compile(r"/rules/draft/\d+/$"))


def _keep(desk: Page) -> None:
    """Keep a rule; the page opens on it, or on what the proof found."""
    _press(desk.get_by_role("button", name="Garder dans le brouillon"), "Enter")
    desk.wait_for_url(re.compile(r"/rules/draft/#(rule-\d+|proof)$"))


def _draft(desk: Page) -> None:
    """Begin a draft, by keyboard."""
    desk.goto("/admin/rules/")
    _press(desk.locator("button[name=do][value=start]"), "Enter")
    desk.wait_for_url("**/rules/draft/")


def _do(desk: Page, what: str) -> None:
    desk.goto("/admin/rules/draft/")
    with desk.expect_navigation():
        _press(desk.locator(f"button[name=do][value={what}]"), "Enter")


def _approve(desk: Page) -> None:
    """An officer reads what changes for the partner, and says yes."""
    desk.goto("/admin/rules/")
    desk.get_by_role("link", name="Lire et répondre").click()
    expect(desk.get_by_text("doit dire s’il approuve ces règles")).to_be_visible()
    assert_accessible(desk, within=".rules")
    desk.get_by_role("button", name="Oui, nous approuvons").click()
    expect(desk.get_by_text("Votre organisme dit oui à ces règles.")).to_be_visible()


def _ask(page: Page, *, activity: str, place: str, premises: str, origin: str, email: str) -> str:
    """Send an enquiry by the public form; the partner that the confirmation names."""
    page.goto("/fr/implantation/")
    page.fill("textarea[name=message]", "Nous cherchons où nous installer.")
    for step in ({"activity": activity}, {"place": place, "premises": premises}, {"origin": origin}):
        for question, code in step.items():
            answer = page.locator(f'input[name="{question}"][value="{code}"]').first
            page.locator("label.choice", has=answer).or_(
                page.locator(f"label[for='{answer.get_attribute('id')}']")
            ).first.click()
        page.locator("form button.button:not(.button--secondary)").last.click()
    page.fill("input[name=name]", "Dominique Exemple")
    page.fill("input[name=email]", email)
    page.wait_for_timeout(A_PERSON_S_PACE_MS)
    page.locator("form button.button:not(.button--secondary)").last.click()
    page.get_by_role("button", name="Envoyer ma demande").click()
    return page.locator(".partner-fan .partner-fan__partner--chosen").inner_text().strip()


def test_a_draft_is_mended_simulated_approved_and_put_in_force(sign_in: Callable[..., Page], site: Site) -> None:
    desk = sign_in("coordination")
    _draft(desk)
    assert_accessible(desk, within=".rules")
    desk.get_by_role("link", name="Règles d’un fichier").click()
    assert_accessible(desk, within=".desk")
    desk.go_back()

    # Up and back, by keyboard: the focus stays on the button.
    row = _row(desk, "Une entreprise artisanale dans l’Essonne.")
    up = row.get_by_role("button", name="Monter la règle")
    with desk.expect_navigation():
        _press(up, "Enter")
    expect(row.locator(".rules-number")).to_have_text("12")
    expect(up).to_be_focused()
    with desk.expect_navigation():
        _press(desk.get_by_role("button", name="Annuler la dernière modification"), "Enter")
    expect(row.locator(".rules-number")).to_have_text("13")

    # By drag too: the third rule before the first, and back.
    rows = desk.locator(".rules-table tbody tr")
    third = rows.nth(2).get_attribute("id") or ""
    with desk.expect_navigation():
        rows.nth(2).locator(".rules-handle").drag_to(rows.first)
    expect(rows.first).to_have_attribute("id", third)
    with desk.expect_navigation():
        _press(desk.get_by_role("button", name="Annuler la dernière modification"), "Enter")

    _open_rule(desk, "Une entreprise artisanale dans l’Essonne.")
    assert_accessible(desk, within=".rules")
    _press(desk.locator("input[name=activity][value=craft_and_trade]"), "Space")
    _keep(desk)
    enlarged = desk.locator("#enlarged")
    expect(enlarged).to_contain_text("Artisanat et commerce à la fois")
    expect(enlarged).to_contain_text("partout dans le département Essonne")
    assert_accessible(desk, within=".rules")
    expect(desk.locator("button[value=ask]")).to_have_count(0)

    # Mended: another chamber takes what fell to the last rule.
    _open_rule(desk, "Commerce et services dans l’Essonne.")
    _press(desk.locator("input[name=activity][value=craft_and_trade]"), "Space")
    _keep(desk)
    expect(enlarged).to_have_count(0)

    proof = desk.locator("#proof")
    expect(proof).to_contain_text("de CMA Essonne à CCI Essonne")
    expect(proof).to_contain_text(re.compile("CMA 91 −\\d+, CCI 91 \\+\\d+"))
    _press(proof.get_by_role("link", name="Chacune, avec les deux explications"), "Enter")
    expect(desk.get_by_text("Avec la table en vigueur").first).to_be_visible()
    expect(desk.get_by_text("Commerce et services dans l’Essonne.").first).to_be_visible()
    assert_accessible(desk, within=".rules")

    _do(desk, "ask")
    for chamber in ("cma91", "cci91"):
        site.wait_for_mail(f"{chamber}.agent@example.org", "Lisez ce qui change pour vous")
        _approve(sign_in(f"{chamber}.agent", width=390))
    _do(desk, "activate")
    desk.wait_for_url("**/admin/rules/")
    assert_accessible(desk, within=".rules")
    expect(desk.locator(".rules-versions li").first).to_contain_text("En vigueur")


def test_firms_go_where_the_table_says_and_read_why(open_page: Open) -> None:
    craft = open_page("fr", width=390)
    held = _ask(
        craft, activity="craft", place="91027", premises="activity", origin="territory", email="athis@example.com"
    )
    assert held == "CMA Essonne"
    expect(craft.get_by_text("Une entreprise artisanale dans l’Essonne.").first).to_be_visible()
    assert_accessible(craft)

    logistics = open_page("fr", width=1440)
    held = _ask(
        logistics,
        activity="industry_or_logistics",
        place="unknown",
        premises="warehouse",
        origin="abroad",
        email="fret@example.com",
    )
    assert held == "EPT Grand-Orly Seine Bièvre"
    expect(logistics.get_by_text("Aucune autre règle ne désigne de partenaire").first).to_be_visible()
    assert_accessible(logistics)


def test_the_committee_grows(sign_in: Callable[..., Page], open_page: Open, site: Site) -> None:
    desk = sign_in("coordination")
    desk.goto("/admin/partners/new/")
    for name, words in {
        "name": "Agence des laboratoires du Sud parisien",
        "short_name": "Agence des laboratoires",
        "acronym": "ALSP",
        "member_since": "2026-01-01",
        "role_fr": "Les laboratoires.",
        "role_en": "Laboratories.",
        "email": "accueil@example.org",
    }.items():
        desk.fill(f"[name={name}]", words)
    desk.select_option("select[name=kind]", "development_agency")
    desk.check("input[name=languages][value=fr]")
    desk.evaluate("document.querySelectorAll('input[name=communes]').forEach((box) => { box.checked = true; })")
    with desk.expect_navigation():
        desk.evaluate("document.querySelector('main form button[type=submit]').click()")
    for role, name in (("officer", "Agente"), ("deputy", "Adjointe")):
        desk.goto("/admin/officers/new/")
        desk.select_option("select[name=partner]", label="Agence des laboratoires")
        desk.select_option("select[name=role]", role)
        desk.fill("input[name=new_first_name]", "Alix")
        desk.fill("input[name=new_last_name]", name)
        desk.fill("input[name=new_email]", f"labo.{role}@example.org")
        with desk.expect_navigation():
            desk.evaluate("document.querySelector('main form button[type=submit]').click()")

    # The newcomer chooses a password from the mail.
    invitation = site.wait_for_mail("labo.officer@example.org", "Choisissez votre mot de passe")
    link = re.search(r"http://\S+/confirm/\S+", invitation.get_body(("plain",)).get_content())
    assert link is not None
    officer = open_page("fr", width=1440)
    officer.goto(link[0])
    for field in ("new_password1", "new_password2"):
        officer.fill(f"input[name={field}]", PASSWORD)
    with officer.expect_navigation():
        officer.press("input[name=new_password2]", "Enter")
    officer.goto("/admin/login/")
    officer.fill("input[name=username]", "labo.officer@example.org")
    officer.fill("input[name=password]", PASSWORD)
    officer.press("input[name=password]", "Enter")
    officer.wait_for_url("**/admin/")

    _draft(desk)
    desk.get_by_role("link", name="Ajouter une règle").click()
    desk.fill("input[name=position]", "11")
    desk.select_option("select[name=lead]", label="Agence des laboratoires")
    desk.fill("[name=reason_fr]", "Un laboratoire : l’agence des laboratoires accueille.")
    desk.fill("[name=reason_en]", "A laboratory: the agency for laboratories receives.")
    for fact, value in (("activity", "industry_or_logistics"), ("place", "94076"), ("premises", "laboratory")):
        desk.check(f"input[name={fact}][value='{value}']")
    _keep(desk)
    expect(desk.locator("#proof")).to_contain_text("Agence des laboratoires")
    _do(desk, "ask")
    _approve(sign_in("cci94.agent"))
    _approve(officer)
    _do(desk, "activate")
    desk.wait_for_url("**/admin/rules/")

    visitor = open_page("fr", width=390)
    held = _ask(
        visitor,
        activity="industry_or_logistics",
        place="94076",
        premises="laboratory",
        origin="abroad",
        email="labo@example.com",
    )
    assert held == "Agence des laboratoires"
    expect(visitor.get_by_text("l’agence des laboratoires accueille").first).to_be_visible()
    site.wait_for_mail("labo.officer@example.org", "Agence des laboratoires")
    officer.goto("/admin/enquiries/")
    expect(officer.locator("tr", has_text="GO-").first).to_be_visible()

    # The newcomer is told of on the partnership's page, that nobody edited.
    visitor.goto("/fr/partenariat/")
    expect(visitor.locator(".members")).to_contain_text("Agence des laboratoires du Sud parisien")
    assert_accessible(visitor)


@pytest.mark.parametrize(("language", "width", "javascript"), [("fr", 390, False), ("en", 1440, True)])
def test_a_visitor_asks_who_does_what_and_goes_on_with_the_answer(
    open_page: Open, language: str, width: int, javascript: bool
) -> None:
    visitor = open_page(language, width=width, javascript=javascript)
    visitor.goto(f"/{language}/")
    visitor.locator(".site-footer a", has_text={"fr": "Qui fait quoi", "en": "Who does what"}[language]).click()
    expect(visitor.locator("#answer .partner-fan")).to_have_count(0)
    if javascript:
        assert_accessible(visitor)
    for name, value in (("project", "settle"), ("activity", "craft"), ("place", "91027")):
        visitor.select_option(f"select[name={name}]", value)
    visitor.press("select[name=place]", "Tab")
    visitor.locator(".panel.panel--guide button").click()
    expect(visitor.locator("#answer .partner-fan .partner-fan__partner--chosen")).to_have_text("CMA Essonne")
    expect(visitor.locator(".matrix .matrix__cell--chosen")).to_contain_text("CMA Essonne")
    if javascript:
        assert_accessible(visitor)

    # Reading the table instead: the cell of firms from elsewhere, for the same need.
    visitor.locator(".matrix tr", has=visitor.locator(".matrix__cell--chosen")).locator("td a").last.click()
    expect(visitor.locator("#answer .partner-fan .partner-fan__partner--chosen")).to_have_text("Essonne Développement")
    visitor.locator("#answer .arrival__reason > a.more-link").click()
    expect(visitor.locator("input[name=project]:checked")).to_have_value("settle")
    visitor.fill("textarea[name=message]", "Un atelier de plus.")
    visitor.locator("form button.button:not(.button--secondary)").last.click()
    expect(visitor.locator("input[name=place]:checked")).to_have_value("91027")
