"""The hours of pages."""

from foundation.periodic import command, every, register

# Pages that wait for the date of their publication, or of its end.
register("pages.scheduled", command("publish_scheduled"), every(minutes=5))
