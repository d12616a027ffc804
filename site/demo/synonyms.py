"""Initial synonym sets of the demonstration; staff add more in the admin."""

from search.models import SynonymSet

SETS: tuple[tuple[str, ...], ...] = (
    ("entrepôt", "logistique", "stockage"),
    ("local d’activité", "atelier", "fabrique"),
    ("à louer", "location", "to let"),
    ("à vendre", "vente", "achat"),
    ("poids lourds", "camion", "semi-remorque", "lorry"),
    ("frigorifique", "froid", "température dirigée", "temperature-controlled"),
    ("rez-de-chaussée", "RDC", "ground floor"),
    ("stationnement", "parking", "car park"),
    ("commerce", "boutique", "magasin"),
    ("bureau partagé", "espace partagé", "coworking"),
)


def seed_synonyms() -> None:
    """Create the initial sets on a site without any; staff's changes and deletions stay."""
    if SynonymSet.objects.exists():
        return
    for expressions in SETS:
        SynonymSet.objects.create(expressions=list(expressions))
