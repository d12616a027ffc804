"""A page type or an address that nobody visits is not forgotten: it is in the registry, or left out with a reason."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override
from wagtail.models import get_page_models

from tests.journeys.pages import desk
from tests.journeys.pages.registry import NO_PAGE, STATES


def _addresses(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str, str]]:
    """Path, name and module of the view of each address."""
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern, path, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            name = f"{space}{pattern.name}" if pattern.name else ""
            yield path, name or _unnamed(path, view.__name__), view.__module__


def _unnamed(path: str, view: str) -> str:
    # An address whose words depend on the language's is known by its view.
    return view if "token" in path or path.startswith("admin/") else path


def _all_addresses() -> list[tuple[str, str, str]]:
    with override("en"):
        return list(_addresses(get_resolver()))


def test_every_public_address_has_a_state_or_a_reason_to_have_none() -> None:
    public = {name for path, name, _module in _all_addresses() if not path.startswith("admin/")}
    known = {state.route for state in STATES} | set(NO_PAGE)
    assert public - known == set()
    assert set(NO_PAGE) - public == set()


def test_every_view_of_the_admin_that_is_ours_has_its_visit_or_a_reason_to_have_none() -> None:
    ours = {
        name
        for path, name, module in _all_addresses()
        if path.startswith("admin/") and module.split(".")[0] in desk.OURS
    }
    known = {view.route for view in desk.VIEWS} | set(desk.NO_PAGE)
    assert ours - known == set()
    assert set(desk.NO_PAGE) - ours == set()


def test_every_page_type_has_a_state() -> None:
    kinds = {model.__name__ for model in get_page_models() if model._meta.app_label != "wagtailcore"}
    assert kinds - {state.route for state in STATES} == set()


def test_an_address_that_is_born_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(NO_PAGE, "healthz")
    with pytest.raises(AssertionError, match="healthz"):
        test_every_public_address_has_a_state_or_a_reason_to_have_none()


def test_no_two_states_have_one_name() -> None:
    names = [state.name for state in STATES]
    assert len(set(names)) == len(names)
