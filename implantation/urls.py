from django.urls import URLPattern

app_name = "implantation"
urlpatterns: list[URLPattern] = []
