"""Key figures with value, unit, source, date and review day; volatile figures are reviewed early."""

from datetime import date
from typing import Any

from territory.cartography import sheet

PRESS = ("presse", "press")
INSEE = ("INSEE", "INSEE")


def _row(
    key: str,
    value: str,
    label: tuple[str, str],
    source: tuple[str, str],
    dated: date,
    review: date,
    *,
    unit: tuple[str, str] = ("", ""),
    commune: str | None = None,
    about: bool = False,
    day: bool = False,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of a figure, and those of its value."""
    figure = {
        "key": key,
        "label_fr": label[0],
        "label_en": label[1],
        "unit_fr": unit[0],
        "unit_en": unit[1],
        "commune_id": commune,
    }
    current = {
        "value": value,
        "approximate": about,
        "dated_on": dated,
        "date_precision": "day" if day else "year",
        "source_fr": source[0],
        "source_en": source[1],
        "review_on": review,
    }
    return figure, current


def _year(year: int) -> date:
    return date(year, 1, 1)


def _stations(line: str = "") -> str:
    """Count the stations of the territory, or of one line there, in the data behind its map and lists."""
    return str(sum(not line or line in station.lines for station in sheet().stations))


FIGURES = [
    _row("jobs", "285000", ("emplois dans 24 communes : le troisième pôle économique de la métropole", "jobs in 24 communes: the third economic pole of the metropolis"), ("dossier de presse", "press dossier"), _year(2019), date(2027, 3, 1)),
    _row("passengers", "35", ("passagers à Paris-Orly", "passengers at Paris-Orly"), PRESS, _year(2025), date(2027, 2, 1), unit=("M", "M"), commune="91479", about=True),
    _row("rungis-area", "234", ("pour le marché de Rungis", "for the Rungis market"), PRESS, _year(2024), date(2027, 6, 1), unit=("ha", "ha"), commune="94065"),
    _row("rungis-firms", "1200", ("entreprises au marché de Rungis", "firms at the Rungis market"), PRESS, _year(2024), date(2027, 6, 1), commune="94065"),
    _row("rungis-staff", "12000", ("personnes travaillent au marché de Rungis", "people work at the Rungis market"), PRESS, _year(2024), date(2027, 6, 1), commune="94065", about=True),
    _row("industrial-jobs", "17320", ("emplois industriels", "industrial jobs"), ("La Fabrique de l’industrie", "La Fabrique de l’industrie"), _year(2020), date(2027, 6, 1)),
    _row("students", "40000", ("étudiants dans la vallée scientifique de la Bièvre", "students in the Bièvre scientific valley"), PRESS, _year(2024), date(2027, 6, 1), commune="94016", about=True),
    _row("firms-supported", "800", ("entreprises accompagnées en un an", "firms supported in a year"), ("EPT", "EPT"), _year(2019), date(2027, 3, 1)),
    _row("area", "123.7", ("de territoire, de Gentilly à Viry-Châtillon", "of territory, from Gentilly to Viry-Châtillon"), ("communes, IGN et INSEE", "communes, IGN and INSEE"), _year(2026), date(2028, 1, 1), unit=("km²", "km²")),
    _row("inhabitants", "730551", ("habitants", "inhabitants"), ("INSEE, populations légales, édition 2026", "INSEE, legal populations, 2026 edition"), _year(2026), date(2027, 1, 15)),
    _row("communes", str(len(sheet().communes)), ("communes, dans deux départements", "communes, in two departments"), ("IGN, INSEE", "IGN, INSEE"), _year(2026), date(2028, 1, 1)),
    _row("airport-jobs", "28000", ("emplois sur la plateforme de Paris-Orly (une autre source dit 30 000)", "jobs on the Paris-Orly platform (another source says 30,000)"), ("DRIEA", "DRIEA"), _year(2020), date(2027, 1, 15), commune="91479", about=True),
    _row("airport-area", "1500", ("d’emprise pour l’aéroport de Paris-Orly", "of ground for Paris-Orly airport"), ("DRIEA", "DRIEA"), _year(2020), date(2028, 1, 1), unit=("ha", "ha"), commune="91479"),
    _row("metro-14", _stations("M14"), ("stations du métro 14 sur le territoire, dont l’aéroport d’Orly depuis le 24 juin 2024", "stations of metro 14 in the territory, Orly airport among them since 24 June 2024"), ("Île-de-France Mobilités", "Île-de-France Mobilités"), date(2025, 1, 18), date(2027, 6, 1), day=True),
    _row("tram-9", _stations("T9"), ("stations du tramway T9 sur le territoire, ouvert le 10 avril 2021", "stations of tram T9 in the territory, opened on 10 April 2021"), ("Île-de-France Mobilités", "Île-de-France Mobilités"), _year(2026), date(2028, 1, 1)),
    _row("industrial-floor", "700000", ("de locaux industriels visés", "of industrial premises targeted"), PRESS, _year(2019), date(2027, 1, 15), unit=("m²", "m²")),
    _row("ardoines-area", "300", ("pour le projet des Ardoines, à Vitry-sur-Seine", "for the Les Ardoines project, in Vitry-sur-Seine"), ("dossier du projet", "project file"), _year(2010), date(2027, 1, 15), unit=("ha", "ha"), commune="94081"),
    _row("ardoines-firms", "400", ("entreprises aux Ardoines", "firms at Les Ardoines"), ("dossier du projet", "project file"), _year(2010), date(2027, 1, 15), commune="94081"),
    _row("grand-parc-area", "82", ("pour le Campus Grand Parc, à Villejuif", "for Campus Grand Parc, in Villejuif"), ("dossier du projet", "project file"), _year(2024), date(2027, 1, 15), unit=("ha", "ha"), commune="94076"),
    _row("grand-parc-floor", "150000", ("de surfaces économiques prévues à Villejuif", "of business floor area planned in Villejuif"), ("dossier du projet", "project file"), _year(2024), date(2027, 1, 15), unit=("m²", "m²"), commune="94076", about=True),
    _row("stations", _stations(), ("stations de métro, de tramway et de RER", "metro, tram and RER stations"), ("Île-de-France Mobilités", "Île-de-France Mobilités"), _year(2026), date(2027, 6, 1)),
    _row("senia-area", "80", ("pour le SENIA, à Orly et Thiais", "for SENIA, in Orly and Thiais"), ("dossier du projet", "project file"), _year(2024), date(2027, 1, 15), unit=("ha", "ha"), commune="94054", about=True),
]  # fmt: skip
