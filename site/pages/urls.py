"""Addresses without a language: what machines ask for."""

from django.urls import path

from pages.serving.feeds import robots, sitemap

app_name = "pages"
urlpatterns = [
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
]
