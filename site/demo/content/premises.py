"""What fictional premises are made of: weights, sizes (m²), rents (€/m²/year), words in both languages."""

WEIGHTS = {
    "office": 24.0,
    "activity": 24.0,
    "warehouse": 12.0,
    "retail": 14.0,
    "land": 4.0,
    "laboratory": 5.0,
    "coworking": 4.0,
    "incubator": 3.0,
}
SIZES = {
    "office": (60, 2600),
    "activity": (150, 2400),
    "warehouse": (600, 9000),
    "retail": (35, 520),
    "land": (1200, 18000),
    "laboratory": (120, 1400),
    "coworking": (80, 600),
    "incubator": (150, 900),
}
RENTS = {
    "office": (160, 290),
    "activity": (90, 165),
    "warehouse": (95, 150),
    "retail": (150, 340),
    "land": (12, 30),
    "laboratory": (220, 330),
    "coworking": (0, 0),
    "incubator": (0, 0),
}
STREETS = [
    "rue des Ateliers",
    "avenue de l’Avenir",
    "rue du Bac",
    "allée des Maraîchers",
    "rue de la Briqueterie",
    "quai des Bateliers",
    "rue du Pont-Neuf",
    "avenue du Parc",
    "rue des Sablons",
    "boulevard de la Gare",
    "rue de l’Industrie",
    "chemin des Carrières",
    "rue du Moulin",
    "avenue des Tilleuls",
    "place du Marché",
    "rue des Alouettes",
    "impasse du Verger",
    "rue de la Fontaine",
]
AGENTS = [
    "Agence Coteaux (fictive)",
    "Cabinet Belle Rive (fictif)",
    "Immobilier des Trois Vallées (fictif)",
    "Bureau du Sud parisien (fictif)",
]

TITLES = {
    "office": [
        ("Plateau de bureaux traversant", "Dual-aspect office floor"),
        ("Bureaux cloisonnés, lumière du nord", "Partitioned offices, northern light"),
        ("Rez-de-chaussée de bureaux sur jardin", "Ground-floor offices on a garden"),
        ("Bureaux rénovés près de la gare", "Renovated offices near the station"),
        ("Dernier étage avec terrasse", "Top floor with a terrace"),
        ("Bureaux au-dessus du marché", "Offices above the market"),
        ("Petit plateau, grande salle commune", "Small floor, large shared room"),
    ],
    "activity": [
        ("Atelier avec cour", "Workshop with a yard"),
        ("Halle en brique, sheds au nord", "Brick hall, north-light roof"),
        ("Local d’activité, portail de 4 m", "Activity unit, 4 m gate"),
        ("Atelier mécanique de plain-pied", "Ground-level machine shop"),
        ("Halle mixte, production et essais", "Mixed hall, production and testing"),
        ("Atelier à finir, clé en main", "Workshop shell, turnkey possible"),
        ("Cellule d’activité avec bureaux", "Unit with offices"),
        ("Rez-de-chaussée d’un immeuble productif", "Ground floor of a productive building"),
    ],
    "warehouse": [
        ("Entrepôt à quais", "Warehouse with docks"),
        ("Plateforme fraîche", "Chilled platform"),
        ("Dernier kilomètre, accès direct A86", "Last mile, direct access to the A86"),
        ("Entrepôt avec cour fermée", "Warehouse with a closed yard"),
        ("Bâtiment de fret, côté ville", "Freight building, town side"),
    ],
    "retail": [
        ("Boutique d’angle", "Corner shop"),
        ("Commerce face au marché", "Shop facing the market"),
        ("Local commercial en pied d’immeuble neuf", "Retail unit under a new building"),
        ("Ancien restaurant, extraction en place", "Former restaurant, extraction in place"),
        ("Vitrine sur la place", "Window on the square"),
    ],
    "land": [
        ("Terrain d’activité viabilisé", "Serviced business plot"),
        ("Terrain au bord de la voie ferrée", "Plot by the railway"),
        ("Parcelle à bâtir, zone d’activité", "Building plot, business area"),
    ],
    "laboratory": [
        ("Plateau laboratoire, niveau L2", "Laboratory floor, level L2"),
        ("Laboratoire sec et bureaux", "Dry laboratory and offices"),
        ("Halle d’essais et paillasses", "Test hall and benches"),
    ],
    "coworking": [
        ("Bureaux partagés près du tramway", "Shared offices by the tram"),
        ("Atelier partagé et postes de bureau", "Shared workshop and desks"),
        ("Espace de travail, salle de réunion comprise", "Workspace, meeting room included"),
    ],
    "incubator": [
        ("Pépinière, petits bureaux à bail court", "Business nursery, small offices on short terms"),
        ("Hôtel d’activités, services communs", "Business centre, shared services"),
    ],
}
DESCRIPTIONS = {
    "office": [
        (
            "À {commune}, un plateau lumineux à deux façades, câblé, avec sanitaires et coin repas.",
            "In {commune}, a bright floor with two façades, cabled, with washrooms and a kitchenette.",
        ),
        (
            "Bureaux calmes à {commune}, sur cour, cloisons démontables et stores.",
            "Quiet offices in {commune}, on a courtyard, with movable partitions and blinds.",
        ),
        (
            "Immeuble de bureaux à {commune}, ascenseur, local vélos, accueil commun.",
            "Office building in {commune}, lift, bicycle room, shared reception.",
        ),
    ],
    "activity": [
        (
            "Atelier à {commune}, sol béton, portail sectionnel, bureaux en mezzanine.",
            "Workshop in {commune}, concrete floor, sectional gate, offices on a mezzanine.",
        ),
        (
            "Local d’activité à {commune}, éclairage zénithal, triphasé, vestiaires.",
            "Activity unit in {commune}, roof lights, three-phase power, changing rooms.",
        ),
        (
            "Bâtiment productif à {commune}, livraison de plain-pied, voisinage d’artisans.",
            "Productive building in {commune}, level delivery, craft firms as neighbours.",
        ),
    ],
    "warehouse": [
        (
            "Entrepôt à {commune}, dalle de 5 t/m², bureaux d’exploitation et cour de manœuvre.",
            "Warehouse in {commune}, 5 t/m² slab, operations offices and turning yard.",
        ),
        (
            "Plateforme de distribution à {commune}, proche des autoroutes A6, A86 et A106.",
            "Distribution platform in {commune}, close to the A6, A86 and A106 motorways.",
        ),
    ],
    "retail": [
        (
            "Commerce à {commune}, vitrine de plain-pied, réserve et point d’eau.",
            "Shop in {commune}, level window, storeroom and water supply.",
        ),
        (
            "Local commercial à {commune}, rue passante, conduit à vérifier selon l’activité.",
            "Retail unit in {commune}, busy street; flue to be checked for the trade.",
        ),
    ],
    "land": [
        (
            "Terrain plat à {commune}, réseaux en limite, destination d’activité au plan local d’urbanisme.",
            "Flat plot in {commune}, networks at the boundary, business use in the local plan.",
        )
    ],
    "laboratory": [
        (
            "Laboratoire à {commune}, paillasses, extraction et eau déminéralisée, bureaux attenants.",
            "Laboratory in {commune}, benches, extraction and demineralised water, adjoining offices.",
        )
    ],
    "coworking": [
        (
            "Postes et bureaux fermés à {commune}, prix au poste, services compris.",
            "Desks and closed offices in {commune}, price per desk, services included.",
        )
    ],
    "incubator": [
        (
            "Petits bureaux et ateliers à {commune} pour jeunes entreprises, accompagnement sur place.",
            "Small offices and workshops in {commune} for young firms, with support on site.",
        )
    ],
}
