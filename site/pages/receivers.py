"""What pages connect to, and change of Wagtail, once every model is there."""

from pages import signals
from pages.admin import guards
from pages.uploads import forms, pictures

signals.connect()
pictures.connect()
forms.take_profile_pictures()
guards.leave_out_synchronisation()
