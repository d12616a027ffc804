"""The page of one property, under the same address as the search."""

from django.urls import path

from properties import views

app_name = "properties"
urlpatterns = [path("<str:reference>/", views.detail, name="detail")]
