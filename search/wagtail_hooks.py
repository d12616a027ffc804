from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from search import permissions
from search.elastic.state import state
from search.panels import IndexPanel, sees_index
from search.viewsets import SynonymViewSet

permissions.register()


@hooks.register("register_admin_viewset")
def register_synonyms() -> SynonymViewSet:
    return SynonymViewSet()


@hooks.register("construct_homepage_panels")
def add_index(request: HttpRequest, panels: list[Any]) -> None:
    known = state()
    if known is not None and sees_index(request.user):
        panels.append(IndexPanel(known))
