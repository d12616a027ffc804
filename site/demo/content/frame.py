"""Home page, index pages and text pages."""

from typing import Any

from pages.first_pages.content import ACCESSIBILITY, CONVENTION, LEGAL_DETAILS, PERSONAL_DATA, PRIVACY
from pages.first_pages.words import Bilingual, TextSection

HOME = {
    "slug": Bilingual("accueil", "home"),
    "title": Bilingual("Entre Paris et Orly, un seul interlocuteur pour s’implanter.", "Between Paris and Orly, one partner to set up with."),
    "summary": Bilingual("Locaux d’activité, grands projets et un interlocuteur unique pour s’implanter dans les 24 communes du Grand-Orly Seine Bièvre.", "Business premises, major projects and one partner to set up with in the 24 communes of Grand-Orly Seine Bièvre."),
    "lede": Bilingual("24 communes, six partenaires publics. Vous décrivez votre projet une fois : un partenaire, un seul, en est aussitôt responsable, et vous lisez pourquoi.", "24 communes, six public partners. You describe your project once: one partner, and one only, is responsible at once, and you read why."),
    "call_title": Bilingual("Dites-nous votre projet. Nous disons qui répond.", "Tell us your project. We say who answers."),
    "call_text": Bilingual("En français ou en anglais. Vous recevez une référence, un nom de partenaire et un lien de suivi.", "In French or in English. You receive a reference, the name of a partner and a tracking link."),
}  # fmt: skip
HOME_FIGURES = ["jobs", "passengers", "rungis-area", "industrial-jobs", "students", "firms-supported", "area"]
ASSETS_INDEX = {
    "slug": Bilingual("atouts", "assets"), "title": Bilingual("Les six atouts du territoire", "The six assets of the territory"),
    "summary": Bilingual("Une coupe à travers le Grand-Orly Seine Bièvre, chaque chiffre avec sa source et sa date.", "A section through Grand-Orly Seine Bièvre, each figure with its source and its date."),
}  # fmt: skip
PROJECTS_INDEX = {
    "slug": Bilingual("grands-projets", "major-projects"), "title": Bilingual("Sept grands projets, à leur vraie taille", "Seven major projects, at their true size"),
    "summary": Bilingual("Chaque cercle couvre, à l’échelle de la carte, la surface réelle du projet.", "Each circle covers, at the scale of the map, the real ground of the project."),
}  # fmt: skip
# "figures", "partners", "members" and "axes" stand for the lists drawn from their rows.
NOTICES: list[dict[str, Any]] = [
    {
        "slug": Bilingual("partenariat", "partnership"), "title": Bilingual("Le partenariat", "The partnership"),
        "summary": Bilingual("Une convention, ceux qui l’ont signée ou rejointe, et neuf axes : chacun a un pilote.", "One convention, those who signed it or joined it, and nine axes: each has a lead."),
        "body": [
            *CONVENTION,
            TextSection(Bilingual("Dire précisément qui fait quoi", "To say precisely who does what"), Bilingual("<p>C’est ce que la convention demande, et ce que ce site applique : une demande a un partenaire responsable, aussitôt, pour une raison que chacun peut lire. La répartition montrée ici est indicative : la répartition réelle n’est pas publique.</p>", "<p>That is what the convention asks, and what this site applies: a request has one responsible partner, at once, for a reason that anyone can read. The split shown here is indicative: the real one is not public.</p>")),
            "members",
            "axes",
        ],
    },
    {
        "slug": Bilingual("chiffres-et-sources", "figures-and-sources"), "title": Bilingual("Chiffres et sources", "Figures and sources"),
        "summary": Bilingual("Tous les chiffres publiés ici, leur source, leur date et le jour où nous les revoyons.", "Every figure published here, its source, its date and the day we review it."),
        "body": ["figures", TextSection(Bilingual("Données géographiques", "Geographic data"), Bilingual("<p>Contours des communes : IGN, INSEE, Licence Ouverte. Positions des stations : Île-de-France Mobilités, Licence Ouverte. Cours d’eau, pistes et lignes droites entre stations : tracé schématique.</p>", "<p>Boundaries of communes: IGN, INSEE, Licence Ouverte. Positions of stations: Île-de-France Mobilités, Licence Ouverte. Rivers, runways and straight lines between stations are schematic.</p>"))],
    },
    PRIVACY | {"body": [*PERSONAL_DATA]},
    ACCESSIBILITY,
    {
        "slug": Bilingual("mentions-legales", "legal-notice"), "title": Bilingual("Mentions légales", "Legal notice"),
        "summary": Bilingual("Site de démonstration du Grand-Orly Seine Bièvre et de ses partenaires.", "Demonstration site of Grand-Orly Seine Bièvre and its partners."),
        "body": [TextSection(Bilingual("Démonstration", "Demonstration"), Bilingual("<p>Ce site est une démonstration. Les locaux, les entreprises et les demandes sont fictifs. La répartition des rôles entre partenaires est indicative : la répartition réelle n’est pas publique.</p>", "<p>This site is a demonstration. Premises, firms and requests are fictional. The split of roles between partners is indicative: the real one is not public.</p>")), TextSection(Bilingual("Qui publie", "Who publishes"), Bilingual("<p>Le Grand-Orly Seine Bièvre coordonne le site ; six partenaires publics l’alimentent. L’adresse de l’éditeur, le nom de la personne responsable de la publication et celui de l’hébergeur seront indiqués ici à la mise en service.</p>", "<p>Grand-Orly Seine Bièvre coordinates the site; six public partners feed it. The address of the publisher, the person responsible for publication and the host will be given here when the service opens.</p>")), *LEGAL_DETAILS],
    },
]  # fmt: skip
