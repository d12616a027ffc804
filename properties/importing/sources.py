"""Import source of a file, and its owner."""

from pathlib import Path

from django.utils.translation import gettext as _

from properties.importing.service import only_partner
from properties.models import Property
from properties.models.imports import ImportSource
from territory.models import Partner


class UnknownPartnerError(Exception):
    """Source without a partner, or in the charge of another one; nothing was written."""


def source_for(*, slug: str, path: Path, partner: str = "", complete: bool = False) -> ImportSource:
    """Return the source of this slug, or a new unsaved source of `partner` or of the partner named by every row.

    Raises `UnknownPartnerError` when no partner is known or the source belongs to another; `UnreadableFileError`.
    """
    existing_source = ImportSource.objects.filter(slug=slug).select_related("partner").first()
    named_partner = Partner.objects.filter(slug=partner).first()
    if partner and named_partner is None:
        raise UnknownPartnerError(_("There is no partner called %(partner)s.") % {"partner": partner})
    if existing_source is not None:
        if named_partner is not None and named_partner != existing_source.partner:
            raise UnknownPartnerError(
                _("The source %(source)s belongs to %(partner)s.")
                % {"source": slug, "partner": existing_source.partner}
            )
        return existing_source
    owners = set(Property.objects.filter(source=slug).values_list("partner", flat=True))
    owner = named_partner or only_partner(path=path)
    if owner is None:
        raise UnknownPartnerError(
            _("The source %(source)s is new and its rows do not all name one partner: say whose it is with --partner.")
            % {"source": slug}
        )
    if owners - {owner.pk}:
        raise UnknownPartnerError(
            _("The source %(source)s already has properties of another partner.") % {"source": slug}
        )
    return ImportSource(slug=slug, name=slug, partner=owner, is_complete=complete)
