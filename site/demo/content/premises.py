"""Ingredients of fictional premises: weights, sizes (m²), rents (€/m²/year), texts in both languages."""

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

# Complements of a description: two are drawn per offer, so that neighbours differ.
_OF_A_HALL = [
    (
        "Éclairage à LED refait l’an dernier, sol sans joint.",
        "LED lighting redone last year, jointless floor.",
    ),
    (
        "Vestiaires et sanitaires séparés, salle de pause en lumière naturelle.",
        "Separate changing rooms and washrooms, break room with daylight.",
    ),
    (
        "Livraisons possibles dès 6 h, le quartier étant voué à l’activité.",
        "Deliveries possible from 6 a.m.: the neighbourhood is given over to business.",
    ),
    (
        "Deux portes sectionnelles, dont une motorisée de 4 × 4,5 m.",
        "Two sectional doors, one of them motorised, 4 × 4.5 m.",
    ),
    (
        "Chauffage par aérothermes, isolation de toiture reprise.",
        "Heated by unit heaters, roof insulation renewed.",
    ),
    (
        "Bureaux d’accompagnement à l’étage, accès indépendant par la rue.",
        "Supporting offices upstairs, with their own entrance from the street.",
    ),
    (
        "Site clos et gardé la nuit, contrôle d’accès par badge.",
        "Fenced site, guarded at night, badge access.",
    ),
    (
        "Toiture prête à recevoir des panneaux solaires, étude disponible.",
        "Roof ready for solar panels, study available.",
    ),
    (
        "Compteur électrique individuel, eau et air comprimé en attente.",
        "Own electricity meter, water and compressed air ready to connect.",
    ),
]
_OF_AN_OFFICE = [
    (
        "Ventilation double flux et stores extérieurs : frais l’été sans climatisation.",
        "Balanced ventilation and outside blinds: cool in summer without air conditioning.",
    ),
    (
        "Trois salles de réunion existantes, mobilier cessible.",
        "Three existing meeting rooms, furniture can be taken over.",
    ),
    (
        "Local vélos fermé, douches au rez-de-chaussée.",
        "Locked bicycle room, showers on the ground floor.",
    ),
    (
        "Ascenseur, accès 24 h sur 24, accueil tenu le matin.",
        "Lift, access round the clock, reception staffed in the morning.",
    ),
    (
        "Câblage de catégorie 6, baie informatique en place.",
        "Category 6 cabling, server cabinet in place.",
    ),
    (
        "Cantine d’entreprises et commerces de bouche à cinq minutes.",
        "Company canteen and food shops within five minutes.",
    ),
    (
        "Plateau livré en l’état, franchise de loyer à discuter selon les travaux.",
        "Floor let as it stands; a rent-free period can be discussed against works.",
    ),
    (
        "Vue dégagée sur les jardins, fenêtres qui s’ouvrent.",
        "Open view over the gardens, windows that open.",
    ),
]
_OF_A_SHOP = [
    (
        "Huit mètres de vitrine, rideau métallique motorisé.",
        "Eight metres of window, motorised shutter.",
    ),
    (
        "Marché deux fois par semaine devant la porte.",
        "Market twice a week at the door.",
    ),
    (
        "Réserve de plain-pied et accès de livraison par la cour.",
        "Storeroom on the level and delivery access through the courtyard.",
    ),
    (
        "Toutes activités hors nuisances, terrasse possible sur autorisation.",
        "Any trade without nuisance; a terrace is possible with a permit.",
    ),
    (
        "Immeuble de logements livré récemment, clientèle de quartier qui s’installe.",
        "Recently delivered housing above, with a neighbourhood clientele settling in.",
    ),
    (
        "Cave de 20 m² reliée par un monte-charge.",
        "A 20 m² cellar served by a goods lift.",
    ),
]
_OF_A_PLOT = [
    (
        "Étude de sol de 2024 communiquée sur demande.",
        "Soil survey of 2024 available on request.",
    ),
    (
        "Emprise au sol autorisée de 60 %, hauteur limitée à 15 m.",
        "Ground coverage up to 60 %, height limited to 15 m.",
    ),
    (
        "Division possible selon le projet, voirie à la charge de l’aménageur.",
        "May be divided to suit the project; roads are the developer’s.",
    ),
    (
        "Raccordement au réseau de chaleur prévu.",
        "Connection to the district heating network is planned.",
    ),
]
_OF_A_LABORATORY = [
    (
        "Deux salles à pression contrôlée et une laverie.",
        "Two pressure-controlled rooms and a wash-up room.",
    ),
    (
        "Groupe électrogène partagé, congélateurs à – 80 °C sur réseau secouru.",
        "Shared generator, –80 °C freezers on backed-up power.",
    ),
    (
        "Déchets biologiques et chimiques collectés par un service commun.",
        "Biological and chemical waste collected by a shared service.",
    ),
    (
        "Bureaux et salle de réunion dans le prolongement des paillasses.",
        "Offices and a meeting room next to the benches.",
    ),
    (
        "Hôpital, laboratoires publics et jeunes pousses dans le même quartier.",
        "Hospital, public laboratories and start-ups in the same neighbourhood.",
    ),
]
_OF_A_SHARED_PLACE = [
    (
        "Salles de réunion à l’heure, cuisine, casiers.",
        "Meeting rooms by the hour, kitchen, lockers.",
    ),
    (
        "Préavis d’un mois, sans dépôt de garantie.",
        "One month’s notice, no deposit.",
    ),
    (
        "Rencontres mensuelles entre entreprises du lieu.",
        "Monthly meetings between the firms of the place.",
    ),
    (
        "Domiciliation et réception du courrier sur option.",
        "Registered address and mail handling as options.",
    ),
    (
        "Conseil d’une chambre consulaire une fois par semaine.",
        "A chamber’s adviser on site once a week.",
    ),
]
DETAILS = {
    "office": _OF_AN_OFFICE,
    "activity": _OF_A_HALL,
    "warehouse": _OF_A_HALL,
    "retail": _OF_A_SHOP,
    "land": _OF_A_PLOT,
    "laboratory": _OF_A_LABORATORY,
    "coworking": _OF_A_SHARED_PLACE,
    "incubator": _OF_A_SHARED_PLACE,
}
