"""Words: a section of text, a dated phase."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

__all__ = ["PhaseBlock", "SectionBlock"]


class SectionBlock(blocks.StructBlock):
    """A title and the text under it."""

    heading = blocks.CharBlock(label=_("Title"), max_length=120)
    body = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "link", "ul", "ol"])

    class Meta:
        icon = "pilcrow"
        label = _("Section")
        template = "pages/blocks/section.html"
        preview_value = {"heading": "Produire en ville", "body": "<p>Des ateliers à dix minutes du métro.</p>"}


class PhaseBlock(blocks.StructBlock):
    """A step of a project with its date in words, which may slip."""

    when = blocks.CharBlock(label=_("When"), max_length=60, help_text=_("As in “2024–2038”, “June 2024”."))
    what = blocks.CharBlock(label=_("What"), max_length=160)
    done = blocks.BooleanBlock(label=pgettext_lazy("of a phase", "Done"), required=False)

    class Meta:
        icon = "date"
        label = _("Phase")
        template = "pages/blocks/phase.html"
        preview_value = {"when": "2024–2038", "what": "Livraisons de la ZAC", "done": False}
