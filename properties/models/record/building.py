"""Building and equipment of a property."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from properties.choices import (
    Accessibility,
    Condition,
    EnergyClass,
    Feature,
    Kind,
    PublicCategory,
    Regime,
    Stated,
)
from properties.models.rules import CONTRADICTION, agrees, amount, check, count, not_negative, stated

# Feature implied by each measure: above 0 is a yes. Either of two counts implies parking.
MEASURED = {
    "docks": "loading_dock",
    "level_doors": "level_door",
    "yard_surface": "outdoor_yard",
    "parking_cars": "parking",
    "parking_lorries": "parking",
}


class Building(models.Model):
    """Building and equipment. Every yes / no has a third value, "not stated"; None and "" are "not stated" too.

    - `clear_height` in m under the beam, `floor_load` in t/m² (NF EN 1991-1-1), `yard_depth` in m (room to turn),
      `power_kva` in kVA subscribed, `docks` and `level_doors` two counts, `crane` overhead, `cold` cold storage.
    - `icpe_regime` and `icpe_headings`: classified installation already granted on the site and its headings of the
      nomenclature, such as "1510, 2663" (Code de l'environnement L.511-2, R.511-9).
    - `erp_category` and `erp_types`: premises open to the public (Code de la construction R.143-18, R.143-19).
    - `dpe`, `ges`: letters of the diagnosis, with `dpe_on` its date and `dpe_number` its ADEME number (L.126-26).
    - `accessible`: for everyone (R.164-1), some parts only, no. `labels`: such as "HQE, BREEAM".
    """

    condition = models.CharField(_("condition"), max_length=12, choices=Condition.choices, blank=True)
    built_in = models.PositiveSmallIntegerField(
        _("year built"), null=True, blank=True, validators=[MinValueValidator(1500), MaxValueValidator(2100)]
    )
    floors = count(_("floors above ground"))
    clear_height = amount(_("clear height (m)"), digits=4)
    floor_load = amount(_("floor load (t/m²)"), digits=5)
    docks = count(_("loading docks"))
    level_doors = count(_("level doors"))
    yard_depth = amount(_("yard depth (m)"), digits=6)
    power_kva = models.PositiveIntegerField(_("power (kVA)"), null=True, blank=True)
    parking_cars = count(_("car spaces"))
    parking_lorries = count(_("lorry spaces"))
    parking_bikes = count(_("bicycle spaces"))

    fibre = stated(_("fibre"))
    parking = stated(_("parking"))
    loading_dock = stated(_("loading dock"))
    level_door = stated(_("level door"))
    heavy_goods = stated(_("heavy-goods access"))
    outdoor_yard = stated(_("yard"))
    crane = stated(_("overhead crane"))
    goods_lift = stated(_("goods lift"))
    sprinklers = stated(_("sprinklers"))
    cold = stated(_("cold storage"))
    compressed_air = stated(_("compressed air"))
    natural_gas = stated(_("natural gas"))
    process_water = stated(_("process water"))
    accessible = models.CharField(
        _("step-free access"), max_length=7, choices=Accessibility.choices, default=Accessibility.UNKNOWN
    )

    icpe_regime = models.CharField(_("classified installation"), max_length=13, choices=Regime.choices, blank=True)
    icpe_headings = models.CharField(
        _("headings of the classified installation"),
        max_length=60,
        blank=True,
        validators=[RegexValidator(r"^\d{4}(-\w+)?(, \d{4}(-\w+)?)*$", _("Write headings such as “1510, 2663”."))],
    )
    erp_category = models.CharField(_("open to the public"), max_length=4, choices=PublicCategory.choices, blank=True)
    erp_types = models.CharField(
        _("types of premises open to the public"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{1,4}(, [A-Z]{1,4})*$", _("Write types such as “M, N”."))],
    )
    dpe = models.CharField(_("energy class (DPE)"), max_length=6, choices=EnergyClass.choices, blank=True)
    ges = models.CharField(_("greenhouse gas class (GES)"), max_length=6, choices=EnergyClass.choices, blank=True)
    dpe_on = models.DateField(_("date of the diagnosis"), null=True, blank=True)
    dpe_number = models.CharField(
        _("number of the diagnosis (ADEME)"),
        max_length=13,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Z]{13}$", _("The number of a diagnosis has 13 figures and capitals."))],
    )
    labels = models.CharField(_("labels"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def imply(self) -> set[str]:
        """Set the unstated features settled by a count or a surface; return their names."""
        implied = set()
        for measure, feature in MEASURED.items():
            value = getattr(self, measure)
            if not feature or value is None or getattr(self, feature) != Stated.UNKNOWN:
                continue
            if value == 0 and feature == Feature.PARKING:
                continue  # no car space says nothing of lorries
            setattr(self, feature, Stated.YES if value else Stated.NO)
            implied.add(feature)
        return implied

    @property
    def features(self) -> list[tuple[Feature, models.TextChoices]]:
        """Each feature with its stated answer."""
        return [(feature, feature.answers(getattr(self, feature.value))) for feature in Feature]


# Fields of a building: a plot of land stating one of them is a typing error.
NOT_ON_LAND = ("built_in", "floors", "clear_height", "floor_load", "docks", "level_doors", "dpe", "ges", "condition")
_WORDS = ("dpe", "ges", "condition")
_NO_BUILDING = models.Q(
    **{field if field in _WORDS else f"{field}__isnull": "" if field in _WORDS else True for field in NOT_ON_LAND}
)

CONSTRAINTS = [
    *not_negative("property", ("clear_height", "floor_load", "yard_depth")),
    agrees("loading_dock", "docks"),
    agrees("level_door", "level_doors"),
    agrees("outdoor_yard", "yard_surface"),
    *(
        check(
            f"property_{spaces}_is_a_yes",
            spaces,
            models.Q(**{f"{spaces}__isnull": True}) | models.Q(**{spaces: 0}) | models.Q(parking=Stated.YES.value),
            CONTRADICTION,
        )
        for spaces in ("parking_cars", "parking_lorries")
    ),
    check(
        "property_land_has_no_building",
        "kind",
        ~models.Q(kind=Kind.LAND.value) | _NO_BUILDING,
        _("A plot of land has no building: empty its condition, year, floors, heights, loads, doors and diagnosis."),
    ),
]
