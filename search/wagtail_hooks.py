from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks

from search.admin import permissions
from search.admin.panels import IndexPanel, sees_index, try_again
from search.admin.viewsets import SynonymViewSet
from search.elastic.indexing.state import state

permissions.register()


@hooks.register("register_admin_viewset")
def register_synonyms() -> SynonymViewSet:
    return SynonymViewSet()


@hooks.register("register_admin_urls")
def register_try_again() -> list[URLPattern]:
    return [path("search-index/try-again/", try_again, name="try_index_again")]


@hooks.register("construct_homepage_panels")
def add_index(request: HttpRequest, panels: list[Any]) -> None:
    index_health = state()
    if index_health is not None and sees_index(request.user):
        panels.append(IndexPanel(index_health, request))
