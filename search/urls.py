from django.urls import path

from search.page import views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("communes.geojson", views.communes, name="communes"),
]
