"""Home, lists, and the pages of words."""

from typing import Any

from demo.content.words import Section, Words

HOME = {
    "title": Words("Entre Paris et Orly, un seul interlocuteur pour s’implanter.", "Between Paris and Orly, one partner to set up with."),
    "summary": Words("Locaux d’activité, grands projets et un interlocuteur unique pour s’implanter dans les 24 communes du Grand-Orly Seine Bièvre.", "Business premises, major projects and one partner to set up with in the 24 communes of Grand-Orly Seine Bièvre."),
    "lede": Words("24 communes, six partenaires publics. Vous décrivez votre projet une fois : un partenaire, un seul, en est aussitôt responsable, et vous lisez pourquoi.", "24 communes, six public partners. You describe your project once: one partner, and one only, is responsible at once, and you read why."),
    "call_title": Words("Dites-nous votre projet. Nous disons qui répond.", "Tell us your project. We say who answers."),
    "call_text": Words("En français ou en anglais. Vous recevez une référence, un nom de partenaire et un lien de suivi.", "In French or in English. You receive a reference, the name of a partner and a tracking link."),
}  # fmt: skip
HOME_FIGURES = ["jobs", "passengers", "rungis-area", "industrial-jobs", "students", "firms-supported", "area"]
ASSETS_INDEX = {
    "slug": Words("atouts", "assets"), "title": Words("Les six atouts du territoire", "The six assets of the territory"),
    "summary": Words("Une coupe à travers le Grand-Orly Seine Bièvre, chaque chiffre avec sa source et sa date.", "A section through Grand-Orly Seine Bièvre, each figure with its source and its date."),
}  # fmt: skip
PROJECTS_INDEX = {
    "slug": Words("grands-projets", "major-projects"), "title": Words("Sept grands projets, à leur vraie taille", "Seven major projects, at their true size"),
    "summary": Words("Chaque cercle couvre, à l’échelle de la carte, la surface réelle du projet.", "Each circle covers, at the scale of the map, the real ground of the project."),
}  # fmt: skip
# "figures", "partners", "members" and "axes" stand for the lists drawn from their rows.
NOTICES: list[dict[str, Any]] = [
    {
        "slug": Words("partenariat", "partnership"), "title": Words("Le partenariat", "The partnership"),
        "summary": Words("Une convention, ceux qui l’ont signée ou rejointe, et neuf axes : chacun a un pilote.", "One convention, those who signed it or joined it, and nine axes: each has a lead."),
        "body": [
            Section(Words("La convention de 2018", "The convention of 2018"), Words("<p>Elle a été signée le 25 juin 2018 à Athis-Mons, après six mois de préparation. La Caisse des Dépôts et la Région Île-de-France en sont témoins.</p>", "<p>It was signed on 25 June 2018 in Athis-Mons, after six months of preparation. Caisse des Dépôts and Région Île-de-France are its witnesses.</p>")),
            Section(Words("Un comité ouvert", "An open committee"), Words("<p>Elle crée un comité territorial, ouvert à d’autres que ses six premiers signataires, et devait devenir la pratique normale en deux ans.</p>", "<p>It creates a territorial committee, open to others than its six first signatories, and was to be normal practice within two years.</p>")),
            Section(Words("Dire précisément qui fait quoi", "To say precisely who does what"), Words("<p>C’est ce que la convention demande, et ce que ce site applique : une demande a un partenaire responsable, aussitôt, pour une raison que chacun peut lire. La répartition montrée ici est indicative : la répartition réelle n’est pas publique.</p>", "<p>That is what the convention asks, and what this site applies: a request has one responsible partner, at once, for a reason that anyone can read. The split shown here is indicative: the real one is not public.</p>")),
            "members",
            "axes",
        ],
    },
    {
        "slug": Words("chiffres-et-sources", "figures-and-sources"), "title": Words("Chiffres et sources", "Figures and sources"),
        "summary": Words("Tous les chiffres publiés ici, leur source, leur date et le jour où nous les revoyons.", "Every figure published here, its source, its date and the day we review it."),
        "body": ["figures", Section(Words("Données géographiques", "Geographic data"), Words("<p>Contours des communes : IGN, INSEE, Licence Ouverte. Positions des stations : Île-de-France Mobilités, Licence Ouverte. Cours d’eau, pistes et lignes droites entre stations : tracé schématique.</p>", "<p>Boundaries of communes: IGN, INSEE, Licence Ouverte. Positions of stations: Île-de-France Mobilités, Licence Ouverte. Rivers, runways and straight lines between stations are schematic.</p>"))],
    },
    {
        "slug": Words("donnees-personnelles", "privacy"), "title": Words("Données personnelles", "Personal data"),
        "summary": Words("Ce que devient votre demande d’implantation, qui la lit et combien de temps.", "What becomes of your request, who reads it and for how long."),
        "body": [Section(Words("Pourquoi ces données", "Why these data"), Words("<p>Pour répondre à votre demande d’implantation : la donner au partenaire responsable, vous répondre et vous laisser la suivre. Seuls un nom, une adresse e-mail et votre demande sont nécessaires.</p>", "<p>To answer your request: give it to the responsible partner, answer you and let you follow it. Only a name, an e-mail address and your request are needed.</p>")), Section(Words("Qui les lit", "Who reads them"), Words("<p>Le partenaire qui tient votre demande, et l’EPT, qui coordonne. Les autres partenaires ne la voient que si elle leur est proposée. Voici les partenaires :</p>", "<p>The partner that holds your request, and the EPT, which coordinates. Other partners see it only if it is proposed to them. Here are the partners:</p>")), "partners", Section(Words("Combien de temps", "For how long"), Words("<p>Trois ans après notre dernier échange, vos coordonnées et vos textes sont effacés. Il ne reste que des statistiques qui ne vous désignent pas.</p>", "<p>Three years after our last exchange, your contact details and your texts are erased. Only statistics that do not identify you remain.</p>")), Section(Words("À quel titre", "On what ground"), Words("<p>Répondre à votre demande est la mission d’intérêt public des partenaires. Vos données ne sont ni vendues, ni utilisées pour autre chose.</p>", "<p>Answering your request is the partners’ mission in the public interest. Your data are not sold, nor used for anything else.</p>")), Section(Words("Vos droits", "Your rights"), Words("<p>Vous pouvez demander à lire, corriger ou effacer vos données : écrivez depuis votre page de suivi, ou au partenaire qui vous répond. Vous pouvez saisir la CNIL.</p>", "<p>You may ask to read, correct or erase your data: write from your tracking page, or to the partner that answers you. You may complain to the CNIL.</p>"))],
    },
    {
        "slug": Words("accessibilite", "accessibility"), "title": Words("Accessibilité", "Accessibility"),
        "summary": Words("Où en est ce site, et comment signaler une difficulté.", "Where this site stands, and how to report a difficulty."),
        "body": [Section(Words("Où nous en sommes", "Where we stand"), Words("<p>Le site vise les critères WCAG 2.1 A et AA. Ses pages sont vérifiées par un outil automatique, au clavier et sans JavaScript. Aucun audit complet n’a encore été fait : nous le disons plutôt que d’afficher un taux.</p>", "<p>The site aims at WCAG 2.1 A and AA. Its pages are checked by an automatic tool, by keyboard and without JavaScript. No full audit has been made yet: we say so rather than show a rate.</p>")), Section(Words("Signaler une difficulté", "Report a difficulty"), Words("<p>Envoyez une demande en décrivant la page et la difficulté : elle est suivie comme les autres.</p>", "<p>Send a request describing the page and the difficulty: it is followed like the others.</p>"))],
    },
    {
        "slug": Words("mentions-legales", "legal-notice"), "title": Words("Mentions légales", "Legal notice"),
        "summary": Words("Site de démonstration du Grand-Orly Seine Bièvre et de ses partenaires.", "Demonstration site of Grand-Orly Seine Bièvre and its partners."),
        "body": [Section(Words("Démonstration", "Demonstration"), Words("<p>Ce site est une démonstration. Les locaux, les entreprises et les demandes sont fictifs. La répartition des rôles entre partenaires est indicative : la répartition réelle n’est pas publique.</p>", "<p>This site is a demonstration. Premises, firms and requests are fictional. The split of roles between partners is indicative: the real one is not public.</p>")), Section(Words("Qui publie", "Who publishes"), Words("<p>Le Grand-Orly Seine Bièvre coordonne le site ; six partenaires publics l’alimentent. L’adresse de l’éditeur, le nom de la personne responsable de la publication et celui de l’hébergeur seront indiqués ici à la mise en service.</p>", "<p>Grand-Orly Seine Bièvre coordinates the site; six public partners feed it. The address of the publisher, the person responsible for publication and the host will be given here when the service opens.</p>")), Section(Words("Témoins de connexion", "Cookies"), Words("<p>Le site n’en dépose que pour fonctionner : protéger les formulaires, et garder ce que vous y écrivez jusqu’à l’envoi. Aucune mesure d’audience, aucun tiers.</p>", "<p>The site sets cookies only to work: to protect forms, and to keep what you write in them until you send it. No audience measurement, no third party.</p>")), Section(Words("Données ouvertes", "Open data"), Words("<p>Contours : IGN et INSEE. Stations : Île-de-France Mobilités. Licence Ouverte.</p>", "<p>Boundaries: IGN and INSEE. Stations: Île-de-France Mobilités. Licence Ouverte.</p>")), Section(Words("Images", "Pictures"), Words("<p>Les images sont des illustrations produites par le projet.</p>", "<p>Pictures are illustrations made by the project.</p>"))],
    },
]  # fmt: skip
