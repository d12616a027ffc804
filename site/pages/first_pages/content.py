"""Home, and the pages of words that the foot of every page links to. Words stay on one line each."""

from typing import Any

from pages.first_pages.words import Bilingual, TextSection

Content = dict[str, Any]

HOME: Content = {
    "slug": Bilingual("accueil", "home"),
    "title": Bilingual("Entre Paris et Orly, un seul interlocuteur pour s’implanter.", "Between Paris and Orly, one partner to set up with."),
    "summary": Bilingual("Locaux d’activité et un interlocuteur unique pour s’implanter dans les 24 communes du Grand-Orly Seine Bièvre.", "Business premises and one partner to set up with in the 24 communes of Grand-Orly Seine Bièvre."),
    "lede": Bilingual("24 communes. Vous décrivez votre projet une fois : un partenaire, un seul, en est aussitôt responsable, et vous lisez pourquoi.", "24 communes. You describe your project once: one partner, and one only, is responsible at once, and you read why."),
    "call_title": Bilingual("Dites-nous votre projet. Nous disons qui répond.", "Tell us your project. We say who answers."),
    "call_text": Bilingual("En français ou en anglais. Vous recevez une référence, un nom de partenaire et un lien de suivi.", "In French or in English. You receive a reference, the name of a partner and a tracking link."),
}  # fmt: skip
CONVENTION = (
    TextSection(Bilingual("La convention de 2018", "The convention of 2018"), Bilingual("<p>Elle a été signée le 25 juin 2018 à Athis-Mons, après six mois de préparation. La Caisse des Dépôts et la Région Île-de-France en sont témoins.</p>", "<p>It was signed on 25 June 2018 in Athis-Mons, after six months of preparation. Caisse des Dépôts and Région Île-de-France are its witnesses.</p>")),
    TextSection(Bilingual("Un comité ouvert", "An open committee"), Bilingual("<p>Elle crée un comité territorial, ouvert à d’autres que ses six premiers signataires, et devait devenir la pratique normale en deux ans.</p>", "<p>It creates a territorial committee, open to others than its six first signatories, and was to be normal practice within two years.</p>")),
)  # fmt: skip
# "partners", "members" and "axes" stand for the lists drawn from their rows.
PARTNERSHIP: Content = {
    "slug": Bilingual("partenariat", "partnership"), "title": Bilingual("Le partenariat", "The partnership"),
    "summary": Bilingual("Une convention, ceux qui l’ont signée ou rejointe, et neuf axes.", "One convention, those who signed it or joined it, and nine axes."),
    "body": [
        *CONVENTION,
        TextSection(Bilingual("Dire précisément qui fait quoi", "To say precisely who does what"), Bilingual("<p>C’est ce que la convention demande, et ce que ce site applique : une demande a un partenaire responsable, aussitôt, pour une raison que chacun peut lire.</p>", "<p>That is what the convention asks, and what this site applies: a request has one responsible partner, at once, for a reason that anyone can read.</p>")),
        "members",
        "axes",
    ],
}  # fmt: skip
PERSONAL_DATA = (
    TextSection(Bilingual("Pourquoi ces données", "Why these data"), Bilingual("<p>Pour répondre à votre demande d’implantation : la donner au partenaire responsable, vous répondre et vous laisser la suivre. Seuls un nom, une adresse e-mail et votre demande sont nécessaires.</p>", "<p>To answer your request: give it to the responsible partner, answer you and let you follow it. Only a name, an e-mail address and your request are needed.</p>")),
    TextSection(Bilingual("Qui les lit", "Who reads them"), Bilingual("<p>Le partenaire qui tient votre demande, et celui qui coordonne. Les autres partenaires ne la voient que si elle leur est proposée. Voici les partenaires :</p>", "<p>The partner that holds your request, and the one that coordinates. Other partners see it only if it is proposed to them. Here are the partners:</p>")),
    "partners",
    TextSection(Bilingual("Combien de temps", "For how long"), Bilingual("<p>Trois ans après notre dernier échange, vos coordonnées et vos textes sont effacés. Il ne reste que des statistiques qui ne vous désignent pas.</p>", "<p>Three years after our last exchange, your contact details and your texts are erased. Only statistics that do not identify you remain.</p>")),
    TextSection(Bilingual("À quel titre", "On what ground"), Bilingual("<p>Répondre à votre demande est la mission d’intérêt public des partenaires. Vos données ne sont ni vendues, ni utilisées pour autre chose.</p>", "<p>Answering your request is the partners’ mission in the public interest. Your data are not sold, nor used for anything else.</p>")),
    TextSection(Bilingual("Vos droits", "Your rights"), Bilingual("<p>Vous pouvez demander à lire, corriger ou effacer vos données : écrivez depuis votre page de suivi, ou au partenaire qui vous répond. Vous pouvez saisir la CNIL.</p>", "<p>You may ask to read, correct or erase your data: write from your tracking page, or to the partner that answers you. You may complain to the CNIL.</p>")),
)  # fmt: skip
PRIVACY: Content = {
    "slug": Bilingual("donnees-personnelles", "privacy"), "title": Bilingual("Données personnelles", "Personal data"),
    "summary": Bilingual("Ce que devient votre demande d’implantation, qui la lit et combien de temps.", "What becomes of your request, who reads it and for how long."),
    "body": [
        *PERSONAL_DATA,
        TextSection(Bilingual("Qui est responsable", "Who is responsible"), Bilingual("<p>[à compléter : le responsable de traitement et son délégué à la protection des données]</p>", "<p>[to be filled in: the controller and its data protection officer]</p>")),
    ],
}  # fmt: skip
ACCESSIBILITY: Content = {
    "slug": Bilingual("accessibilite", "accessibility"), "title": Bilingual("Accessibilité", "Accessibility"),
    "summary": Bilingual("Où en est ce site, et comment signaler une difficulté.", "Where this site stands, and how to report a difficulty."),
    "body": [TextSection(Bilingual("Où nous en sommes", "Where we stand"), Bilingual("<p>Le site vise les critères WCAG 2.1 A et AA. Ses pages sont vérifiées par un outil automatique, au clavier et sans JavaScript. Aucun audit complet n’a encore été fait : nous le disons plutôt que d’afficher un taux.</p>", "<p>The site aims at WCAG 2.1 A and AA. Its pages are checked by an automatic tool, by keyboard and without JavaScript. No full audit has been made yet: we say so rather than show a rate.</p>")), TextSection(Bilingual("Signaler une difficulté", "Report a difficulty"), Bilingual("<p>Envoyez une demande en décrivant la page et la difficulté : elle est suivie comme les autres.</p>", "<p>Send a request describing the page and the difficulty: it is followed like the others.</p>"))],
}  # fmt: skip
LEGAL_DETAILS = (
    TextSection(Bilingual("Témoins de connexion", "Cookies"), Bilingual("<p>Le site n’en dépose que pour fonctionner : protéger les formulaires, et garder ce que vous y écrivez jusqu’à l’envoi. Aucune mesure d’audience, aucun tiers.</p>", "<p>The site sets cookies only to work: to protect forms, and to keep what you write in them until you send it. No audience measurement, no third party.</p>")),
    TextSection(Bilingual("Données ouvertes", "Open data"), Bilingual("<p>Contours : IGN et INSEE. Stations : Île-de-France Mobilités. Licence Ouverte.</p>", "<p>Boundaries: IGN and INSEE. Stations: Île-de-France Mobilités. Licence Ouverte.</p>")),
    TextSection(Bilingual("Images", "Pictures"), Bilingual("<p>Les images sont des illustrations produites par le projet.</p>", "<p>Pictures are illustrations made by the project.</p>")),
)  # fmt: skip
LEGAL: Content = {
    "slug": Bilingual("mentions-legales", "legal-notice"), "title": Bilingual("Mentions légales", "Legal notice"),
    "summary": Bilingual("Qui publie ce site, qui l’héberge, et d’où viennent ses données.", "Who publishes this site, who hosts it, and where its data come from."),
    "body": [
        TextSection(Bilingual("Qui publie", "Who publishes"), Bilingual("<p>[à compléter : le nom et l’adresse de l’éditeur, la personne responsable de la publication]</p>", "<p>[to be filled in: the name and address of the publisher, the person responsible for publication]</p>")),
        TextSection(Bilingual("Qui héberge", "Who hosts"), Bilingual("<p>[à compléter : le nom, l’adresse et le téléphone de l’hébergeur]</p>", "<p>[to be filled in: the name, address and telephone of the host]</p>")),
        *LEGAL_DETAILS,
    ],
}  # fmt: skip
PAGES: tuple[Content, ...] = (PARTNERSHIP, PRIVACY, ACCESSIBILITY, LEGAL)
