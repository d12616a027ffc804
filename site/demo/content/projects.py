"""The seven major projects, limited to facts stated by their sources."""

from typing import Any

from demo.content.words import Phase
from pages.first_pages.words import Bilingual, TextSection

_FILE = Bilingual("Dossiers publics du projet, relevés en 2026", "Public files of the project, noted in 2026")
_TO_CONFIRM = Bilingual("à confirmer", "to be confirmed")

PROJECTS: list[dict[str, Any]] = [
    {
        "slug": Bilingual("campus-grand-parc", "campus-grand-parc"), "state": "under_way", "scene": "lab", "commune": "94076",
        "point": (48.7931, 2.3494), "area_ha": "82", "floor_m2": 150000, "figures": ["grand-parc-area", "grand-parc-floor"],
        "title": Bilingual("Campus Grand Parc", "Campus Grand Parc"), "place": Bilingual("Villejuif", "Villejuif"),
        "summary": Bilingual("Environ 150 000 m² d’économie, santé et biotech, à côté de Gustave Roussy.", "About 150,000 m² of business, health and biotech, beside Gustave Roussy."),
        "lede": Bilingual("Un quartier de santé et de recherche prend forme autour de Gustave Roussy, au pied du métro 14.", "A district of health and research is taking shape around Gustave Roussy, by metro 14."),
        "phases": [Phase(Bilingual("18 janvier 2025", "18 January 2025"), Bilingual("Ouverture de la station Villejuif–Gustave Roussy", "Opening of Villejuif–Gustave Roussy station"), True), Phase(_TO_CONFIRM, Bilingual("Livraison des surfaces économiques, par tranches", "Business floor area delivered in stages"))],
        "sections": [TextSection(Bilingual("Pour qui", "For whom"), Bilingual("<p>Entreprises de santé, de biotechnologies et de dispositifs médicaux, laboratoires, services aux patients et aux chercheurs.</p>", "<p>Firms in health, biotechnology and medical devices, laboratories, services to patients and researchers.</p>")), TextSection(Bilingual("Ce qui est public", "What is public"), Bilingual("<p>82 hectares, environ 150 000 m² de surfaces économiques. Le calendrier des tranches n’est pas dans nos sources.</p>", "<p>82 hectares, about 150,000 m² of business floor area. The calendar of the stages is not in our sources.</p>")), TextSection(Bilingual("Y venir", "Getting there"), Bilingual("<p>Le métro 14 s’arrête à Villejuif–Gustave Roussy depuis le 18 janvier 2025. Le métro 15 Sud, annoncé pour avril 2027 au plus tard (décembre 2025, presse), doit y passer aussi.</p>", "<p>Metro 14 has stopped at Villejuif–Gustave Roussy since 18 January 2025. Metro 15 South, announced for April 2027 at the latest (December 2025, press), is to stop there too.</p>"))],
    },
    {
        "slug": Bilingual("les-ardoines", "les-ardoines"), "state": "under_way", "scene": "works", "commune": "94081",
        "point": (48.785, 2.408), "area_ha": "300", "floor_m2": None, "figures": ["ardoines-area", "ardoines-firms"],
        "title": Bilingual("Les Ardoines", "Les Ardoines"), "place": Bilingual("Vitry-sur-Seine", "Vitry-sur-Seine"),
        "summary": Bilingual("ZAC Gare Ardoines : 49 ha, livraisons de 2024 à 2038.", "Gare Ardoines development zone: 49 ha, deliveries from 2024 to 2038."),
        "lede": Bilingual("Entre la Seine et le RER C, la plus grande zone d’activité du territoire se transforme sans chasser ceux qui y produisent.", "Between the Seine and RER C, the largest business area of the territory is changing without driving out those who make things there."),
        "phases": [Phase(Bilingual("2010", "2010"), Bilingual("400 entreprises recensées sur 300 hectares", "400 firms counted on 300 hectares"), True), Phase(Bilingual("2024–2038", "2024–2038"), Bilingual("Livraisons de la ZAC Gare Ardoines, 49 hectares", "Deliveries of the Gare Ardoines zone, 49 hectares")), Phase(Bilingual("avril 2027 au plus tard", "April 2027 at the latest"), Bilingual("Ouverture annoncée du métro 15 Sud (décembre 2025, presse)", "Announced opening of metro 15 South (December 2025, press)"))],
        "sections": [TextSection(Bilingual("Pour qui", "For whom"), Bilingual("<p>Production, logistique urbaine, services : le projet garde une large place à l’activité.</p>", "<p>Production, urban logistics, services: the project keeps much room for business.</p>")), TextSection(Bilingual("Ce qui est public", "What is public"), Bilingual("<p>Le projet couvre 300 hectares, où 400 entreprises étaient comptées en 2010. La ZAC Gare Ardoines en occupe 49, et ses livraisons s’étalent de 2024 à 2038. Le nombre d’entreprises présentes aujourd’hui n’est pas dans nos sources.</p>", "<p>The project covers 300 hectares, where 400 firms were counted in 2010. The Gare Ardoines zone takes 49 of them, and its deliveries run from 2024 to 2038. How many firms are there today is not in our sources.</p>")), TextSection(Bilingual("Y venir", "Getting there"), Bilingual("<p>Le RER C s’arrête aux Ardoines. Le métro 15 Sud doit y ouvrir une station ; sa date a déjà glissé, nous la revoyons souvent.</p>", "<p>RER C stops at Les Ardoines. Metro 15 South is to open a station there; its date has slipped before, and we review it often.</p>"))],
    },
    {
        "slug": Bilingual("domaine-cherioux", "domaine-cherioux"), "state": "under_way", "scene": "homes", "commune": "94081",
        "point": (48.7785, 2.3735), "area_ha": "36", "floor_m2": None, "figures": [],
        "title": Bilingual("Domaine Chérioux", "Domaine Chérioux"), "place": Bilingual("Vitry-sur-Seine", "Vitry-sur-Seine"),
        "summary": Bilingual("Éco-campus des métiers du bâtiment, 36 hectares.", "Eco-campus of the building trades, 36 hectares."),
        "lede": Bilingual("Un domaine arboré accueille les métiers du bâtiment et leur formation, au bord du tramway T7.", "A wooded estate welcomes the building trades and their training, along tram T7."),
        "phases": [Phase(_TO_CONFIRM, Bilingual("Ouverture des bâtiments de l’éco-campus", "Opening of the eco-campus buildings"))],
        "sections": [TextSection(Bilingual("Pour qui", "For whom"), Bilingual("<p>Entreprises du bâtiment, organismes de formation, éco-activités.</p>", "<p>Building firms, training bodies, eco-activities.</p>")), TextSection(Bilingual("Ce qui est public", "What is public"), Bilingual("<p>36 hectares, consacrés à un éco-campus des métiers du bâtiment. Ni les surfaces construites ni le calendrier des ouvertures ne sont dans nos sources.</p>", "<p>36 hectares, given to an eco-campus of the building trades. Neither the floor area nor the calendar of openings is in our sources.</p>")), TextSection(Bilingual("Y venir", "Getting there"), Bilingual("<p>Le tramway T7 s’arrête au Domaine Chérioux, à quelques arrêts du métro à Villejuif–Louis Aragon.</p>", "<p>Tram T7 stops at Domaine Chérioux, a few stops from the metro at Villejuif–Louis Aragon.</p>"))],
    },
    {
        "slug": Bilingual("cite-de-la-gastronomie", "cite-de-la-gastronomie"), "state": "planned", "scene": "market", "commune": "94065",
        "point": (48.7575, 2.3635), "area_ha": "7", "floor_m2": 53000, "figures": ["rungis-firms"],
        "title": Bilingual("Cité de la gastronomie Paris-Rungis", "Cité de la gastronomie Paris-Rungis"), "place": Bilingual("Rungis et Chevilly-Larue", "Rungis and Chevilly-Larue"),
        "summary": Bilingual("53 000 m² de programme. Calendrier à confirmer.", "A programme of 53,000 m². Calendar to be confirmed."),
        "lede": Bilingual("En face du marché de Rungis, un lieu pour apprendre, goûter et travailler les métiers de la table.", "Opposite the Rungis market, a place to learn, taste and work in the food trades."),
        "phases": [Phase(Bilingual("24 juin 2024", "24 June 2024"), Bilingual("Le métro 14 dessert Chevilly-Larue", "Metro 14 serves Chevilly-Larue"), True), Phase(_TO_CONFIRM, Bilingual("Ouverture : les dates publiées diffèrent, nous attendons la prochaine", "Opening: published dates differ, we await the next one"))],
        "sections": [TextSection(Bilingual("Pour qui", "For whom"), Bilingual("<p>Restauration, formation, agroalimentaire, hôtellerie et événementiel.</p>", "<p>Restaurants, training, food, hospitality and events.</p>")), TextSection(Bilingual("Ce qui est public", "What is public"), Bilingual("<p>7 hectares et un programme de 53 000 m². Les dates d’ouverture publiées diffèrent selon les sources : nous n’en affichons aucune tant qu’elle n’est pas confirmée.</p>", "<p>7 hectares and a programme of 53,000 m². Published opening dates differ from one source to another: we show none until it is confirmed.</p>")), TextSection(Bilingual("Y venir", "Getting there"), Bilingual("<p>La station Chevilly-Larue, sur le métro 14 et le tramway T7, est la plus proche.</p>", "<p>Chevilly-Larue station, on metro 14 and tram T7, is the nearest.</p>"))],
    },
    {
        "slug": Bilingual("senia", "senia"), "state": "under_way", "scene": "warehouse", "commune": "94054",
        "point": (48.7515, 2.3765), "area_ha": "80", "floor_m2": None, "figures": ["senia-area"],
        "title": Bilingual("SENIA", "SENIA"), "place": Bilingual("Orly et Thiais", "Orly and Thiais"),
        "summary": Bilingual("Une zone d’entrepôts d’environ 80 hectares devient un quartier mixte.", "A warehouse area of about 80 hectares becomes a mixed district."),
        "lede": Bilingual("À la station Thiais–Orly, les entrepôts laissent place à un quartier où l’on travaille et où l’on habite.", "At Thiais–Orly station, warehouses give way to a district for working and living."),
        "phases": [Phase(Bilingual("24 juin 2024", "24 June 2024"), Bilingual("Le métro 14 dessert Thiais–Orly", "Metro 14 serves Thiais–Orly"), True), Phase(_TO_CONFIRM, Bilingual("Calendrier des opérations", "Calendar of the operations"))],
        "sections": [TextSection(Bilingual("Pour qui", "For whom"), Bilingual("<p>Activités productives, artisanat, services de proximité.</p>", "<p>Production, crafts, local services.</p>")), TextSection(Bilingual("Ce qui est public", "What is public"), Bilingual("<p>Environ 80 hectares, à Orly et à Thiais. La part d’activité, de logements et d’équipements n’est pas dans nos sources.</p>", "<p>About 80 hectares, in Orly and Thiais. The shares of business, homes and facilities are not in our sources.</p>")), TextSection(Bilingual("Y venir", "Getting there"), Bilingual("<p>La station Thiais–Orly réunit le métro 14 et le RER C.</p>", "<p>Thiais–Orly station brings metro 14 and RER C together.</p>"))],
    },
    {
        "slug": Bilingual("coeur-d-orly", "coeur-d-orly"), "state": "partly_open", "scene": "office", "commune": "94054",
        "point": (48.7337, 2.3714), "area_ha": None, "floor_m2": 100000, "figures": ["passengers", "airport-jobs"],
        "title": Bilingual("Cœur d’Orly", "Cœur d’Orly"), "place": Bilingual("Orly et Paray-Vieille-Poste", "Orly and Paray-Vieille-Poste"),
        "summary": Bilingual("65 000 m² de bureaux et 35 000 m² d’hôtels prévus, devant les terminaux.", "65,000 m² of offices and 35,000 m² of hotels planned, in front of the terminals."),
        "lede": Bilingual("Devant les terminaux, un quartier d’affaires et d’hôtels relié au métro 14 et au tramway T7.", "In front of the terminals, a district of business and hotels linked to metro 14 and tram T7."),
        "phases": [Phase(Bilingual("24 juin 2024", "24 June 2024"), Bilingual("Le métro 14 arrive à l’aéroport", "Metro 14 reaches the airport"), True), Phase(_TO_CONFIRM, Bilingual("Bureaux et hôtels restants", "Remaining offices and hotels"))],
        "sections": [TextSection(Bilingual("Pour qui", "For whom"), Bilingual("<p>Entreprises liées au voyage, sièges régionaux, hôtellerie et événementiel.</p>", "<p>Firms linked to travel, regional head offices, hospitality and events.</p>")), TextSection(Bilingual("Ce qui est public", "What is public"), Bilingual("<p>65 000 m² de bureaux et 35 000 m² d’hôtels sont prévus. Ce qui reste à construire, et quand, n’est pas dans nos sources.</p>", "<p>65,000 m² of offices and 35,000 m² of hotels are planned. What remains to be built, and when, is not in our sources.</p>")), TextSection(Bilingual("Y venir", "Getting there"), Bilingual("<p>Le métro 14 arrive à l’aéroport depuis le 24 juin 2024 ; le tramway T7 s’arrête à Cœur d’Orly.</p>", "<p>Metro 14 has reached the airport since 24 June 2024; tram T7 stops at Cœur d’Orly.</p>"))],
    },
    {
        "slug": Bilingual("vallee-scientifique-de-la-bievre", "bievre-scientific-valley"), "state": "running", "scene": "river", "commune": "94016",
        "point": (48.7968, 2.3335), "area_ha": None, "floor_m2": None, "figures": ["students"],
        "title": Bilingual("Vallée scientifique de la Bièvre", "Bièvre scientific valley"), "place": Bilingual("De Gentilly à Fresnes", "From Gentilly to Fresnes"),
        "summary": Bilingual("Écoles, laboratoires et entreprises le long de la Bièvre ; environ 40 000 étudiants.", "Schools, laboratories and firms along the Bièvre; about 40,000 students."),
        "lede": Bilingual("Un réseau d’écoles, de laboratoires et d’entreprises, plus qu’un chantier : il grandit projet par projet.", "A network of schools, laboratories and firms rather than a building site: it grows project by project."),
        "phases": [Phase(Bilingual("2024", "2024"), Bilingual("Environ 40 000 étudiants (presse)", "About 40,000 students (press)"), True), Phase(_TO_CONFIRM, Bilingual("Projets des écoles et des laboratoires, un par un", "Projects of schools and laboratories, one by one"))],
        "sections": [TextSection(Bilingual("Pour qui", "For whom"), Bilingual("<p>Jeunes entreprises, recherche et développement, numérique, santé.</p>", "<p>Young firms, research and development, digital, health.</p>")), TextSection(Bilingual("Ce qui est public", "What is public"), Bilingual("<p>Environ 40 000 étudiants (2024, presse). C’est un réseau et non un périmètre : la carte lui donne un point, pas une surface.</p>", "<p>About 40,000 students (2024, press). It is a network and not a perimeter: the map gives it a point, not an area.</p>")), TextSection(Bilingual("Y venir", "Getting there"), Bilingual("<p>Le RER B dessert la vallée à Gentilly, Laplace, Arcueil-Cachan et Bagneux.</p>", "<p>RER B serves the valley at Gentilly, Laplace, Arcueil-Cachan and Bagneux.</p>"))],
    },
]  # fmt: skip
SOURCE = _FILE
