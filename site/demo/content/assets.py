"""The six assets of the territory."""

from typing import Any

from pages.first_pages.words import Bilingual, TextSection

ASSETS: list[dict[str, Any]] = [
    {
        "key": "economic_pole", "window": "north", "slug": Bilingual("pole-economique", "economic-pole"),
        "scenes": ("market", "office", "warehouse"), "kind": "office", "partner": "cci-94",
        "figures": ["jobs", "inhabitants", "communes", "firms-supported"],
        "title": Bilingual("Pôle économique majeur", "Major economic pole"),
        "summary": Bilingual("285 000 emplois aux portes de Paris : sièges, commerce de gros, services aux entreprises.", "285,000 jobs at the gates of Paris: head offices, wholesale trade, business services."),
        "lede": Bilingual("Le troisième pôle économique de la métropole tient dans vingt-quatre communes, entre le périphérique et l’Orge.", "The third economic pole of the metropolis fits in twenty-four communes, between the Paris ring road and the Orge."),
        "sections": [
            TextSection(Bilingual("Des métiers qui se complètent", "Trades that complete each other"), Bilingual("<p>Le marché de Rungis, l’aéroport, les hôpitaux et les sièges d’entreprises vivent à quelques kilomètres les uns des autres. Leurs fournisseurs aussi : c’est ce voisinage qui fait travailler le territoire.</p>", "<p>The Rungis market, the airport, the hospitals and head offices live a few kilometres from one another. So do their suppliers: that neighbourhood is what keeps the territory at work.</p>")),
            TextSection(Bilingual("De la place pour chaque taille", "Room for every size"), Bilingual("<p>Du poste en bureau partagé au plateau de plusieurs milliers de mètres carrés, les locaux se cherchent sur ce site avec leurs surfaces, leurs loyers et la date de leur dernière vérification.</p>", "<p>From a desk in a shared office to floors of several thousand square metres, premises are searched on this site with their surfaces, their rents and the day they were last checked.</p>")),
            TextSection(Bilingual("Un partenaire, et la raison", "One partner, and the reason"), Bilingual("<p>Commerce et services ont leurs chambres, l’artisanat les siennes. Vous n’avez pas à savoir laquelle : une règle publiée désigne qui vous répond.</p>", "<p>Trade and services have their chambers, crafts have theirs. You need not know which: a published rule names who answers you.</p>")),
        ],
    },
    {
        "key": "transport_hub", "window": "orly", "slug": Bilingual("hub-de-transport", "transport-hub"),
        "scenes": ("runway", "metro", "river"), "kind": "warehouse", "partner": "ept",
        "figures": ["passengers", "airport-jobs", "metro-14", "tram-9"],
        "title": Bilingual("Hub de transport international", "International transport hub"),
        "summary": Bilingual("Paris-Orly, le métro 14 jusqu’aux terminaux depuis le 24 juin 2024, les tramways T7, T9 et T12, trois RER.", "Paris-Orly, metro 14 to the terminals since 24 June 2024, trams T7, T9 and T12, three RER lines."),
        "lede": Bilingual("Un aéroport, un fleuve, des autoroutes et des rails : on arrive ici de partout, et l’on en repart vite.", "An airport, a river, motorways and rails: people arrive here from everywhere, and leave again fast."),
        "sections": [
            TextSection(Bilingual("Le métro a changé la carte", "The metro has changed the map"), Bilingual("<p>Depuis le 24 juin 2024, la ligne 14 relie les terminaux au centre de Paris sans changement. La station Villejuif–Gustave Roussy a suivi le 18 janvier 2025.</p>", "<p>Since 24 June 2024, line 14 has linked the terminals to the centre of Paris without a change. Villejuif–Gustave Roussy station followed on 18 January 2025.</p>")),
            TextSection(Bilingual("Ce qui vient", "What is coming"), Bilingual("<p>L’ouverture du métro 15 Sud est annoncée pour avril 2027 au plus tard (annonce de décembre 2025, presse). La date a déjà glissé : nous la revoyons souvent.</p>", "<p>The opening of metro 15 South is announced for April 2027 at the latest (announced in December 2025, press). The date has slipped before: we review it often.</p>")),
            TextSection(Bilingual("Le dernier kilomètre", "The last kilometre"), Bilingual("<p>Rungis, Orly et la Seine font du territoire un point de départ pour livrer Paris. Chaque local affiche ses minutes à pied jusqu’aux stations, calculées, jamais déclarées.</p>", "<p>Rungis, Orly and the Seine make the territory a starting point to deliver Paris. Each property shows its minutes on foot to the stations, computed, never declared.</p>")),
        ],
    },
    {
        "key": "industry", "window": "seine", "slug": Bilingual("territoire-industriel", "industrial-territory"),
        "scenes": ("warehouse", "workshop", "works"), "kind": "activity", "partner": "cci-91",
        "figures": ["industrial-jobs", "industrial-floor", "rungis-staff", "ardoines-firms"],
        "title": Bilingual("Territoire industriel et productif", "Industrial and productive territory"),
        "summary": Bilingual("17 320 emplois industriels, de la mécatronique à l’agroalimentaire. Produire en ville reste une politique.", "17,320 industrial jobs, from mechatronics to food. Making things in the city is still a policy."),
        "lede": Bilingual("Ici, produire en ville n’est pas un souvenir : ateliers, cuisines centrales, imprimeries et laboratoires voisinent avec les logements.", "Here, making things in the city is not a memory: workshops, central kitchens, printers and laboratories live beside homes."),
        "sections": [
            TextSection(Bilingual("Des locaux faits pour travailler", "Premises made to work in"), Bilingual("<p>Hauteur libre, quai, puissance, accès poids lourds : ce dont un atelier a besoin se filtre dans la recherche. Ce qu’une annonce ne dit pas s’affiche « non précisé », jamais « non ».</p>", "<p>Clear height, dock, power, access for heavy goods vehicles: what a workshop needs is a filter of the search. What an offer does not say shows as “not stated”, never as “no”.</p>")),
            TextSection(Bilingual("L’industrie et ses voisins", "Industry and its neighbours"), Bilingual("<p>Aéronautique et fret autour d’Orly, frais et agroalimentaire autour de Rungis, mécatronique et bâtiment le long de la Seine : les filières se touchent.</p>", "<p>Aeronautics and freight around Orly, fresh produce and food around Rungis, mechatronics and building along the Seine: the sectors touch one another.</p>")),
            TextSection(Bilingual("Garder la place", "Keeping the room"), Bilingual("<p>700 000 m² de locaux industriels étaient visés en 2019 (presse). L’objectif est à revoir avec les partenaires ; la date de revue est affichée.</p>", "<p>700,000 m² of industrial premises were targeted in 2019 (press). The aim is to be reviewed with the partners; the day of the review is shown.</p>")),
        ],
    },
    {
        "key": "innovation", "window": "bievre", "slug": Bilingual("territoire-innovant", "innovative-territory"),
        "scenes": ("office", "lab", "homes"), "kind": "laboratory", "partner": "ept",
        "figures": ["students", "grand-parc-area", "grand-parc-floor"],
        "title": Bilingual("Territoire innovant", "Innovative territory"),
        "summary": Bilingual("Gustave Roussy, la vallée scientifique de la Bièvre et ses quelque 40 000 étudiants : santé, biotech, numérique.", "Gustave Roussy, the Bièvre scientific valley and its 40,000 students or so: health, biotech, digital."),
        "lede": Bilingual("La recherche suit la Bièvre, d’Arcueil à Cachan, et monte à Villejuif, où la santé s’agrandit.", "Research follows the Bièvre, from Arcueil to Cachan, and climbs to Villejuif, where health is growing."),
        "sections": [
            TextSection(Bilingual("Une vallée d’écoles", "A valley of schools"), Bilingual("<p>Environ 40 000 étudiants (2024, presse) se forment dans la vallée scientifique de la Bièvre. Les entreprises y trouvent stagiaires, doctorants et premiers salariés.</p>", "<p>About 40,000 students (2024, press) train in the Bièvre scientific valley. Firms find trainees, doctoral students and first employees there.</p>")),
            TextSection(Bilingual("La santé à Villejuif", "Health in Villejuif"), Bilingual("<p>Le Campus Grand Parc prépare environ 150 000 m² de surfaces économiques, santé et biotech, à côté de Gustave Roussy et d’une station du métro 14.</p>", "<p>Campus Grand Parc is preparing about 150,000 m² of business floor area, health and biotech, beside Gustave Roussy and a station of metro 14.</p>")),
            TextSection(Bilingual("Des laboratoires à louer", "Laboratories to rent"), Bilingual("<p>Paillasses, extraction, confinement : les laboratoires sont un type de local à part entière dans la recherche, et se décrivent avec leurs équipements.</p>", "<p>Benches, extraction, containment: laboratories are a type of premises of their own in the search, and are described with their equipment.</p>")),
        ],
    },
    {
        "key": "quality_of_life", "window": "whole", "slug": Bilingual("qualite-de-vie", "quality-of-life"),
        "scenes": ("river", "homes", "lab"), "kind": "retail", "partner": "cma-94",
        "figures": ["area", "inhabitants", "stations"],
        "title": Bilingual("Qualité de vie", "Quality of life"),
        "summary": Bilingual("Deux vallées, la Seine et la Bièvre, des quartiers pavillonnaires et des parcs : vos équipes habitent à quelques stations.", "Two valleys, the Seine and the Bièvre, districts of houses and parks: your teams live a few stations away."),
        "lede": Bilingual("On vit ici au bord de l’eau, près d’une gare, avec ses commerces au coin de la rue.", "People live here by the water, near a station, with shops round the corner."),
        "sections": [
            TextSection(Bilingual("Deux vallées", "Two valleys"), Bilingual("<p>La Seine borde l’est du territoire, la Bièvre son nord-ouest, l’Orge son sud. Entre elles, des coteaux, des jardins et des quartiers de maisons.</p>", "<p>The Seine borders the east of the territory, the Bièvre its north-west, the Orge its south. Between them, slopes, gardens and districts of houses.</p>")),
            TextSection(Bilingual("Habiter près du travail", "Living near work"), Bilingual("<p>Les stations de métro, de tramway et de RER sont réparties dans tout le territoire : une équipe peut loger à quelques arrêts de ses locaux.</p>", "<p>Metro, tram and RER stations are spread all over the territory: a team can live a few stops from its premises.</p>")),
            TextSection(Bilingual("Commerces et artisans", "Shops and craftspeople"), Bilingual("<p>Les centres-villes vivent de leurs commerces et de leurs artisans. Les deux chambres de métiers accompagnent ceux qui s’installent ou reprennent.</p>", "<p>Town centres live on their shops and craftspeople. The two chambers of trades support those who set up or take over.</p>")),
        ],
    },
    {
        "key": "major_projects", "window": "north", "slug": Bilingual("grands-projets", "major-projects"),
        "scenes": ("runway", "works", "office"), "kind": "land", "partner": "ept",
        "figures": ["ardoines-area", "grand-parc-area", "senia-area"],
        "title": Bilingual("Grands projets", "Major projects"),
        "summary": Bilingual("Des Ardoines à Cœur d’Orly, des centaines d’hectares se construisent avec des surfaces d’activité dès le plan.", "From Les Ardoines to Cœur d’Orly, hundreds of hectares are being built with business floor area in the plans."),
        "lede": Bilingual("Sept projets changent le territoire pour vingt ans. Leurs surfaces et leurs dates sont dites avec leur source.", "Seven projects are changing the territory for twenty years. Their surfaces and dates are given with their source."),
        "sections": [
            TextSection(Bilingual("Construire avec l’activité", "Building with business in mind"), Bilingual("<p>Les plans réservent des surfaces à la production, à la santé, à la logistique urbaine, et pas seulement aux bureaux.</p>", "<p>The plans keep room for production, health and urban logistics, and not only for offices.</p>")),
            TextSection(Bilingual("Des dates qui bougent", "Dates that move"), Bilingual("<p>Un grand projet glisse parfois. Chaque page dit d’où vient la date, quand elle a été relevée et quand nous la reverrons.</p>", "<p>A major project sometimes slips. Each page says where the date comes from, when it was noted and when we will review it.</p>")),
            TextSection(Bilingual("Entrer dans un projet", "Joining a project"), Bilingual("<p>Terrain, bâtiment à construire, pied d’immeuble : dites ce que vous cherchez, l’EPT répond sur le foncier et les grands projets.</p>", "<p>Land, a building to come, a ground floor: say what you are looking for; the EPT answers on land and major projects.</p>")),
        ],
    },
]  # fmt: skip
