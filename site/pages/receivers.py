"""What pages connect to, and change of Wagtail, once every model is there."""

from pages import forms, guards, pictures, signals

signals.connect()
pictures.connect()
forms.take_profile_pictures()
guards.leave_out_synchronisation()
