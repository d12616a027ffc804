"""Who sees what in the admin: every address × every role × every kind of enquiry, made from the URL configuration.

The world is built once for the module; each test runs in a savepoint of its own.
"""

import io
import re
import zlib
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.log_actions import log, registry

from implantation.enquiries import conversation, custody, handling
from implantation.enquiries.admin.actions import ACTIONS
from implantation.enquiries.models import Enquiry, Event, EventText, Notice, Transfer
from implantation.routing import approvals, drafts
from implantation.routing.drafts import RuleText
from implantation.routing.facts import held
from implantation.routing.models import Approval, Contribution, RoutingTable, Rule, TableEvent
from implantation.routing.serialization import dump
from pages.services import ensure_editors
from properties.models import ImportRun, ImportSource
from territory.choices import OfficerRole
from tests.implantation.factories import in_force, staffed, submitted
from tests.territory.factories import (
    CommuneFactory,
    CoordinatorFactory,
    OfficerFactory,
    PartnerFactory,
    UserFactory,
)

OFFICERS = ("officer_a", "deputy_a", "officer_b", "coordinator")
OUTSIDERS = ("anonymous", "editor", "nobody", "administrator")
ROLES = (*OFFICERS, *OUTSIDERS)
OBJECTS = ("held_a", "held_b", "proposed", "quarantined")
VISIBLE = {
    "officer_a": {"held_a", "proposed"},
    "deputy_a": {"held_a", "proposed"},
    "officer_b": {"held_b", "proposed"},
    "coordinator": set(OBJECTS),
    **{role: set() for role in OUTSIDERS},
}
# What a POST does: these succeed, every other one is refused and changes nothing.
DONE = {
    **{
        (role, "held_a"): {"write", "note", "state", "propose", "correct", "link"}
        for role in ("officer_a", "deputy_a", "coordinator")
    },
    **{(role, "held_b"): {"take", "note", "propose", "correct", "link"} for role in ("officer_b", "coordinator")},
    **{
        (role, "proposed"): {"write", "note", "state", "correct", "link"}
        for role in ("officer_a", "deputy_a", "coordinator")
    },
    ("officer_b", "proposed"): {"accept", "decline"},
    ("coordinator", "quarantined"): {"release", "unwanted", "note", "link"},
}
# Addresses of the desk: each has its own row in `expected`.
DRAFT = {"rules:draft", "rules:rule_add", "rules:rule_edit", "rules:import", "rules:simulation"}
READ = {"rules:index", "rules:version", "rules:export", "rules:answer"}
LISTS = {"enquiry:index", "enquiry:index_results", "enquiry:absences", "enquiry:unsent"}
OURS = LISTS | {"enquiry:detail", "enquiry:act", "enquiry:unwanted"} | READ | DRAFT
# What everybody did, for the coordinator and superusers alone.
LOG = {"access_log"}
# What else the admin serves. None of it may name an enquiry; a new one must be listed here to be swept.
OTHER_NAMESPACES = {
    "wagtailadmin_api",
    "wagtailadmin_pages",
    "wagtailadmin_collections",
    "wagtailadmin_workflows",
    "wagtailadmin_reports",
    "wagtailadmin_editing_sessions",
    "wagtail_localize",
    "wagtailsettings",
    "wagtailembeds",
    "wagtailsnippets",
    "wagtaildocs",
    "wagtaildocs_chooser",
    "wagtailimages",
    "wagtailimages_chooser",
    "wagtaillocales",
    "wagtailredirects",
    "wagtailsites",
    "wagtailusers_users",
    "wagtailusers_groups",
    "figures",
    "projects",
    "people",
    "premises",
    "imports",
    "partners",
    "officers",
    "axes",
    "sectors",
    "stations",
    "synonyms",
}
OTHER_NAMES = {
    "wagtailadmin_home",
    "wagtailadmin_explore_root",
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtail_bulk_action",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    "wagtailadmin_account",
    "wagtailadmin_dismissibles",
    "wagtailadmin_block_preview",
    "wagtailadmin_sprite",
    "wagtailadmin_login",
    "try_index_again",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_javascript_catalog",
}
# Not swept: it ends the session, raises on purpose, or compares two revisions of a page.
LEFT_OUT = {"wagtailadmin_logout", "wagtailadmin_error_test", "wagtailadmin_pages:revisions_compare"}


def addresses():
    """(name, namespace, route) of every address under admin/."""

    def walk(resolver, namespaces, route):
        for pattern in resolver.url_patterns:
            there = route + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                inner = [*namespaces, pattern.namespace] if pattern.namespace else namespaces
                yield from walk(pattern, inner, there)
            elif isinstance(pattern, URLPattern) and there.startswith("admin/") and pattern.name:
                yield ":".join([*namespaces, pattern.name]), namespaces[0] if namespaces else "", there

    yield from walk(get_resolver(), [], "")


ADDRESSES = list(addresses())


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Two partners and the coordinator, an account for each role, and an enquiry of each kind."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield build()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def build():
    CommuneFactory(insee="94081", name="Vitry-sur-Seine")
    ept, a, b = (
        PartnerFactory(slug="ept", is_coordinator=True),
        PartnerFactory(slug="partner-a"),
        PartnerFactory(slug="partner-b"),
    )
    in_force((a, {"activity": ["craft"]}), (b, {"activity": ["trade_or_services"]}), (ept, {}))
    users = {
        "officer_a": OfficerFactory(partner=a).user,
        "deputy_a": OfficerFactory(partner=a, role=OfficerRole.DEPUTY).user,
        "officer_b": OfficerFactory(partner=b).user,
        "coordinator": CoordinatorFactory(partner=ept).user,
        "editor": UserFactory(),
        "nobody": UserFactory(groups=["Agents", "Coordination"]),
        "administrator": UserFactory(is_superuser=True),
        "anonymous": None,
    }
    users["editor"].groups.add(ensure_editors())
    enquiries = {
        name: submitted(
            activity="trade_or_services" if name == "held_b" else "craft",
            place="94081",
            name=f"Person-{name}",
            company=f"Firm-{name}",
            email=f"{name}@investor.example",
            message=f"We want what {name} wants.",
            technical_needs=f"Needs-{name}",
            suspicion="too fast" if name == "quarantined" else "",
        )
        for name in OBJECTS
    }
    for name in ("held_a", "proposed"):
        handling.take_in_charge(enquiry=enquiries[name], actor=users["officer_a"])
    custody.propose_transfer(
        enquiry=enquiries["proposed"], actor=users["officer_a"], to_partner=b, reason="Nearer to you."
    )
    for name in OBJECTS:
        conversation.add_note(enquiry=enquiries[name], actor=users["coordinator"], body=f"Note-{name}")
        log(instance=enquiries[name], action="wagtail.edit", user=users["coordinator"])
        enquiries[name].refresh_from_db()
    clients = {}
    for role, user in users.items():
        clients[role] = Client(raise_request_exception=True)
        if user is not None:
            clients[role].force_login(user)
    return SimpleNamespace(ept=ept, a=a, b=b, users=users, enquiries=enquiries, clients=clients)


def secrets(enquiry):
    return (enquiry.reference, enquiry.message, enquiry.technical_needs, *private(enquiry))


def private(enquiry):
    """Words that a partner to which the enquiry is only proposed does not read."""
    return enquiry.name, enquiry.company, enquiry.email, enquiry.name.replace("Person", "Note")


def whole(role):
    """The enquiries that the role reads whole: `proposed` is not yet its own for the partner that is asked."""
    return VISIBLE[role] - ({"proposed"} if role == "officer_b" else set())


def body(response):
    """What a reader gets, files opened."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    return content.decode(errors="replace")


def leaks(world, role, text):
    """Words of enquiries that the role may not see."""
    unseen = {word for name in set(OBJECTS) - VISIBLE[role] for word in secrets(world.enquiries[name])}
    unread = {word for name in VISIBLE[role] - whole(role) for word in private(world.enquiries[name])}
    return [word for word in unseen | unread if word in text]


def filled(route, enquiry):
    """An address with the keys of an enquiry in it."""
    words = {"app_label": "implantation", "model_name": "enquiry", "app_name": "implantation", "action": "delete"}

    def value(found):
        kind, name = found.group(1) or "str", found.group(2)
        if name in words:
            return words[name]
        return str(enquiry.uuid) if kind == "uuid" else str(enquiry.pk)

    # The API's router writes its routes as expressions, each a plain prefix.
    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", value, route.replace("/^", "/"))


def test_every_address_of_the_admin_is_listed():
    unknown = {
        name
        for name, namespace, _route in ADDRESSES
        if name not in OURS | LOG | OTHER_NAMES | LEFT_OUT and namespace not in OTHER_NAMESPACES
    }
    assert not unknown, f"say in this module who may open {sorted(unknown)}"
    # Of pages alone: the rest of the sweep fills plain routes.
    expressions = {name for name, _space, route in ADDRESSES if re.search(r"[$(]", route)}
    assert expressions == {"wagtailadmin_pages:revisions_compare"}


def test_nothing_generic_is_served_for_enquiries():
    ours = {name for name, namespace, _route in ADDRESSES if namespace in ("enquiry", "rules")}
    assert ours == OURS


def expected(world, name, role, thing):
    """The status of a GET."""
    if role == "anonymous":
        return 302
    if name in ("enquiry:detail", "enquiry:act"):
        if thing not in VISIBLE[role]:
            return 404
        return 200 if name == "enquiry:detail" else 302
    if name == "enquiry:unwanted":  # an address that was reloaded: it leads to the list
        return 302
    if name in DRAFT:  # no draft is being prepared: the coordinator is led to the rules in force
        return 404 if name == "rules:rule_edit" else 302
    if name in READ - {"rules:index"} and role in OFFICERS:  # the key of an enquiry may be the number of a version
        known = RoutingTable.objects.filter(version=world.enquiries[thing].pk).exists()
        return 404 if not known else 302 if name == "rules:answer" else 200
    return 200 if role in OFFICERS else 302


@pytest.mark.parametrize("role", ROLES)
def test_reading(world, role):
    client = world.clients[role]
    for name, _namespace, route in ADDRESSES:
        if name not in OURS:
            continue
        for thing in OBJECTS if "<" in route else OBJECTS[:1]:
            enquiry = world.enquiries[thing]
            path = filled(route, enquiry)
            response = client.get(path)
            assert response.status_code == expected(world, name, role, thing), (path, role, thing)
            text = body(response)
            assert leaks(world, role, text) == [], (path, role, thing)
            if name == "enquiry:detail" and response.status_code == 200:
                read = secrets(enquiry) if thing in whole(role) else (enquiry.reference, enquiry.message)
                assert all(word in text for word in read), (role, thing)


@pytest.mark.parametrize("role", ROLES)
def test_only_the_coordinator_and_superusers_read_the_access_log(world, role):
    for reader in OFFICERS:
        for thing in VISIBLE[reader]:
            world.clients[reader].get(reverse("enquiry:detail", args=[world.enquiries[thing].pk]))
        world.clients[reader].get(reverse("enquiry:index") + "?export=csv")
    for query in ("", "?kind=opened", "?kind=exported", "?p=2", f"?person={world.users['officer_a'].pk}"):
        response = world.clients[role].get(reverse("access_log") + query)
        assert response.status_code == (200 if role in ("coordinator", "administrator") else 302), query
        assert leaks(world, role, body(response)) == [], query


# A whole page, and exports; then fragments, which differ only by what they filter.
WHOLE = ("", "?export=csv", "?export=xlsx", "?export=csv&q=Firm", "?export=xlsx&holder={a}")
FRAGMENTS = (
    "",
    "?q=Firm",
    "?q=GO-",
    "?q=investor.example",
    "?todo=take",
    "?todo=late",
    "?todo=answer",
    "?todo=waiting",
    "?todo=check",
    "?state=quarantined",
    "?state=received&state=in_progress",
    "?place=94081",
    "?holder={a}",
    "?holder={b}",
    "?ordering=company",
    "?p=2",
)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("view", "queries"), [("index", WHOLE), ("index_results", FRAGMENTS)])
def test_lists_searches_filters_and_exports(world, role, view, queries):
    for query in queries:
        path = reverse(f"enquiry:{view}") + query.format(a=world.a.pk, b=world.b.pk)
        response = world.clients[role].get(path)
        assert response.status_code == (200 if role in OFFICERS else 302), path
        text = body(response)
        assert leaks(world, role, text) == [], path
        if query in ("", "?export=csv", "?export=xlsx", "?q=Firm"):
            listed = whole(role) if query else VISIBLE[role]
            assert all(world.enquiries[thing].reference in text for thing in listed), path


@pytest.mark.parametrize("role", ROLES)
def test_the_home_names_nobody_elses_enquiry(world, role):
    response = world.clients[role].get(reverse("wagtailadmin_home"))
    assert response.status_code == (302 if role == "anonymous" else 200)
    assert leaks(world, role, body(response)) == []


def snapshot():
    """Everything that an action could write."""
    return [list(model.objects.order_by("pk").values_list()) for model in (Enquiry, Event, EventText, Transfer, Notice)]


def typed(action, world, thing):
    holder = world.enquiries[thing].holder
    return {
        "write": {"body": "Good morning."},
        "note": {"body": "A note."},
        "state": {"state": "settled", "reason": "Lease signed."},
        "propose": {"to_partner": world.b.pk if holder != world.b else world.a.pk, "reason": "Yours."},
        "decline": {"reason": "Not ours."},
        "correct": {fact.key: "unknown" for fact in held()} | {"origin": "abroad", "reason": "Said so."},
    }.get(action, {})


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("thing", OBJECTS)
def test_acting(world, role, thing):
    before = snapshot()
    for action in ACTIONS:
        path = reverse("enquiry:act", args=[world.enquiries[thing].pk, action])
        point = transaction.savepoint()
        response = world.clients[role].post(path, typed(action, world, thing))
        if action in DONE.get((role, thing), ()):
            assert response.status_code == 302, (action, body(response))
            assert snapshot() != before, (action, "did nothing")
        else:
            visible = thing in VISIBLE[role]
            assert response.status_code == (302 if role == "anonymous" else 422 if visible else 404), action
            assert snapshot() == before, (action, "was refused and yet wrote")
        assert leaks(world, role, body(response)) == [], action
        transaction.savepoint_rollback(point)


def rules_snapshot():
    models = (RoutingTable, Rule, Contribution, Approval, TableEvent, Notice)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


@pytest.mark.parametrize("role", ROLES)
def test_only_the_coordinator_prepares_rules(world, role):
    draft = drafts.start_draft(actor=world.users["coordinator"])
    rule = draft.rules.first()
    client, before = world.clients[role], rules_snapshot()
    draft_page, add, edit = (
        reverse("rules:draft"),
        reverse("rules:rule_add"),
        reverse("rules:rule_edit", args=[rule.pk]),
    )
    file, simulation = reverse("rules:import"), reverse("rules:simulation")
    for path in (draft_page, add, edit, file, simulation):
        response = client.get(path)
        assert response.status_code == (200 if role == "coordinator" else 302), path
        assert leaks(world, role, body(response)) == [], path
    text = {"position": 1, "lead": world.b.pk, "reason_fr": "Parce que.", "reason_en": "Because.", "activity": "craft"}
    text |= {"edition": draft.edition}
    posts = [
        *((draft_page, {"do": what}, what == "discard") for what in ("start", "activate", "discard", "undo")),
        *((draft_page, {"do": what, "reason": "Yes."}, False) for what in ("ask", "accept")),
        (draft_page, {"do": "override", "partner": world.b.slug, "reason": "Late."}, False),
        (draft_page, {"do": "move", "rule": rule.pk, "step": "1", "edition": draft.edition}, True),
        (add, text, True),
        (edit, text, True),
        (edit, {"do": "drop", "edition": draft.edition}, True),
        (file, {"pasted": dump(draft), "edition": draft.edition}, True),
        (reverse("rules:answer", args=[draft.version]), {"answer": "yes"}, False),
    ]
    for path, typed, done in posts:
        point = transaction.savepoint()
        response = client.post(path, typed)
        allowed = (302, 422) if role in OFFICERS else (302,)
        assert response.status_code in allowed, (path, typed)
        assert (rules_snapshot() != before) == (role == "coordinator" and done), (path, typed)
        assert leaks(world, role, body(response)) == [], path
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("role", ROLES)
def test_only_officers_of_a_partner_that_is_asked_answer(world, role):
    coordinator = world.users["coordinator"]
    staffed(world.ept, world.a, world.b)
    draft = drafts.start_draft(actor=coordinator)
    words = RuleText({"activity": ["craft"]}, world.b, None, {"fr": "Parce que.", "en": "Because."})
    drafts.keep_rule(table=draft, actor=coordinator, position=1, rule=draft.rules.first(), text=words)
    approvals.ask_approval(table=draft, actor=coordinator)
    before, path = rules_snapshot(), reverse("rules:answer", args=[draft.version])
    asked = {"officer_a", "deputy_a", "officer_b"}
    for typed in (
        {"answer": "yes"},
        {"answer": "no", "reason": "Ours."},
        {"answer": "no"},
        {"answer": "no", "round": "7"},
    ):
        point = transaction.savepoint()
        response = world.clients[role].post(path, typed)
        done = role in asked and (typed["answer"] == "yes" or "reason" in typed)
        assert response.status_code == (422 if role in OFFICERS and not done else 302), typed
        assert (rules_snapshot() != before) == done, typed
        transaction.savepoint_rollback(point)
    read = world.clients[role].get(reverse("rules:version", args=[draft.version]))
    assert read.status_code == (200 if role in OFFICERS else 302)
    assert (path in body(read)) == (role in asked)


@pytest.mark.parametrize("role", ROLES)
def test_files_of_premises_are_of_the_partner_of_their_source(world, role):
    source = ImportSource.objects.create(slug="agency-a", name="Agency of A", partner=world.a)
    content = zlib.compress(b"reference;surface\n")
    run = ImportRun.objects.create(
        source=source, filename="secret.csv", state="checked", language="fr", content=content
    )
    client, index, page = world.clients[role], reverse("imports:index"), reverse("imports:run", args=[run.pk])
    usable, before = role in {"officer_a", "deputy_a", "coordinator"}, list(ImportRun.objects.values())
    listed = client.get(index)
    assert listed.status_code == (200 if role in OFFICERS else 302)
    assert ("Agency of A" in body(listed)) == ("secret.csv" in body(listed)) == usable
    for path in (page, reverse("imports:rejected", args=[run.pk])):
        assert client.get(path).status_code == (200 if usable else 404 if role in OFFICERS else 302), path
    posts = [
        *((page, {"do": what}, usable) for what in ("check", "apply", "map")),
        (page, {"do": "correct", "file": SimpleUploadedFile("b.csv", b"x")}, usable),
        (page, {"do": "delete"}, False),
        (index, {"source": source.pk, "file": SimpleUploadedFile("b.csv", b"x")}, usable),
        (index, {"add_source": "1", "name": "B", "slug": "b", "partner": world.b.pk}, role == "coordinator"),
    ]
    for path, typed, done in posts:
        point = transaction.savepoint()
        response = client.post(path, typed)
        assert response.status_code in ((302,) if done or role not in OFFICERS else (302, 404, 422)), (path, typed)
        written = list(ImportRun.objects.values()) != before or ImportSource.objects.count() > 1
        assert written == done, (path, typed)
        transaction.savepoint_rollback(point)


def test_an_unknown_action_does_not_exist(world):
    before = snapshot()
    path = reverse("enquiry:act", args=[world.enquiries["held_a"].pk, "delete"])
    assert world.clients["officer_a"].post(path).status_code == 404
    assert snapshot() == before


REPORTS = [
    (name, route)
    for name, namespace, route in ADDRESSES
    if namespace == "wagtailadmin_reports" or "translations_report" in name
]


@pytest.mark.parametrize("role", ["officer_a", "deputy_a", "officer_b"])
def test_officers_have_no_site_wide_report(world, role):
    assert len(REPORTS) > 10
    # Nor when they edit pages too.
    world.users[role].groups.add(ensure_editors())
    for name, route in REPORTS:
        for headers in ({}, {"x-requested-with": "XMLHttpRequest"}):
            response = world.clients[role].get("/" + route, headers=headers)
            assert response.status_code == 403, name
            assert leaks(world, role, body(response)) == []
    home = body(world.clients[role].get(reverse("wagtailadmin_home")))
    assert reverse("wagtailadmin_reports:site_history") not in home


def test_an_editor_reads_reports_that_name_no_enquiry(world):
    for name, route in REPORTS:
        for query in ("", "?export=csv"):
            response = world.clients["editor"].get("/" + route + query)
            assert response.status_code in (200, 302), name
            assert leaks(world, "editor", body(response)) == [], name


def test_logs_keep_the_reference_alone(world):
    entries = registry.get_logs_for_instance(world.enquiries["held_a"])
    assert [entry.label for entry in entries] == [world.enquiries["held_a"].reference]
    assert str(world.enquiries["held_a"]) == world.enquiries["held_a"].reference


@pytest.mark.parametrize("role", ["officer_b", "editor", "nobody"])
def test_no_other_address_of_the_admin_names_an_enquiry(world, role):
    client = world.clients[role]
    client.raise_request_exception = False
    for name, _namespace, route in ADDRESSES:
        if name in OURS | LEFT_OUT:
            continue
        path = filled(route, world.enquiries["held_a"])
        for send in (client.get, client.post) if "editing_sessions" in name or "bulk" in name else (client.get,):
            response = send(path)
            assert leaks(world, role, body(response)) == [], path


def test_an_account_that_loses_its_partner_loses_its_enquiries_at_once(world):
    client, user = world.clients["officer_a"], world.users["officer_a"]
    path = reverse("enquiry:detail", args=[world.enquiries["held_a"].pk])
    assert client.get(path).status_code == 200
    user.officer.delete()
    assert client.get(path).status_code == 404
    assert client.get(reverse("enquiry:index")).status_code == 302


def test_the_partner_that_handed_over_sees_it_no_more(world):
    enquiry = world.enquiries["proposed"]
    path = reverse("enquiry:act", args=[enquiry.pk, "accept"])
    assert world.clients["officer_b"].post(path).status_code == 302
    detail = reverse("enquiry:detail", args=[enquiry.pk])
    assert world.clients["officer_b"].get(detail).status_code == 200
    assert world.clients["officer_a"].get(detail).status_code == 404
    assert enquiry.reference not in body(world.clients["officer_a"].get(reverse("enquiry:index")))
