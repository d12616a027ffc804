"""Requests and correspondence of the demonstration's fictional firms. No firm or person here is real."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Need:
    """One request: two fictional firms sharing its wording, the form's answers, and the message."""

    language: str
    companies: tuple[str, str]
    contact: str
    message: str
    facts: dict[str, str]
    details: dict[str, Any] = field(default_factory=dict)


def _facts(project: str, activity: str, place: str, headcount: str, premises: str, origin: str) -> dict[str, str]:
    return {
        "project": project,
        "activity": activity,
        "place": place,
        "headcount": headcount,
        "premises": premises,
        "origin": origin,
    }


NEEDS = [
    Need("fr", ("Menuiserie du Coteau", "Ébénisterie Trois Rabots"), "Gérance",
         "Notre bail se termine. Nous cherchons un atelier avec accès poids lourds, à moins d’une demi-heure de nos "
         "clients de Vitry et d’Ivry.",
         _facts("move", "craft", "94081", "1-9", "activity", "territory"),
         {"area_min": 250, "area_max": 450, "deadline": "six_months", "technical_needs": "Hauteur libre 4 m, 36 kVA."}),
    Need("en", ("Northbridge Air Cargo", "Skerry Freight"), "Expansion manager",
         "We handle perishable air freight and want a temperature-controlled cross-dock close to Paris-Orly. We do not "
         "know the area and would welcome a visit programme.",
         _facts("settle", "industry_or_logistics", "unknown", "50-249", "warehouse", "abroad"),
         {"area_min": 3_000, "area_max": 6_000, "deadline": "one_year", "jobs": 80, "country": "IE",
          "technical_needs": "Clear height 9 m, 12 docks, 400 kVA."}),
    Need("fr", ("Primeurs de la Bièvre", "Fromages de l’Orge"), "Direction",
         "Grossiste en produits frais, nous voulons un entrepôt réfrigéré proche du marché de Rungis pour doubler "
         "notre préparation de nuit.",
         _facts("extend", "industry_or_logistics", "94065", "20-49", "warehouse", "territory"),
         {"area_min": 1_200, "area_max": 2_000, "deadline": "six_months", "jobs": 12}),
    Need("fr", ("Atelier Filigrane", "Les Cousettes"), "Fondatrice",
         "Je crée mon atelier de retouche et de petite série. Je suis seule pour l’instant et je cherche un local avec "
         "vitrine, en ville.",
         _facts("create", "craft_and_trade", "91027", "0", "retail", "new_firm"),
         {"area_min": 40, "area_max": 80, "deadline": "soon"}),
    Need("fr", ("Boulangerie Grain d’Orge", "Fournil des Deux Rives"), "Repreneur",
         "Nous souhaitons reprendre une boulangerie dont le gérant part à la retraite. Qui peut nous aider pour le "
         "dossier et le financement ?",
         _facts("take_over", "craft_and_trade", "91687", "1-9", "none_needed", "new_firm"),
         {"deadline": "six_months"}),
    Need("fr", ("Clinalgo", "Oncoréa"), "Direction scientifique",
         "Jeune société de diagnostic, nous cherchons un laboratoire L2 près de Gustave-Roussy, avec possibilité de "
         "doubler la surface d’ici trois ans.",
         _facts("settle", "industry_or_logistics", "94076", "10-19", "laboratory", "region"),
         {"area_min": 200, "area_max": 600, "deadline": "one_year", "jobs": 15,
          "technical_needs": "Laboratoire L2, CTA, groupe de secours."}),
    Need("fr", ("Voltige Conseil", "Cap Sud Formation"), "Service immobilier",
         "Notre équipe de quarante personnes quitte Paris. Nous voulons des bureaux lumineux, à moins de dix minutes à "
         "pied d’une gare.",
         _facts("settle", "trade_or_services", "94003", "20-49", "office", "region"),
         {"area_min": 500, "area_max": 800, "deadline": "one_year", "budget": 180_000}),
    Need("en", ("Halden Robotics", "Marsh & Vale Instruments"), "Chief operating officer",
         "We assemble inspection robots for aircraft maintenance and would open our first French site in Essonne, "
         "within reach of the airport.",
         _facts("settle", "industry_or_logistics", "91479", "20-49", "activity", "abroad"),
         {"area_min": 800, "area_max": 1_500, "deadline": "one_year", "jobs": 30, "country": "NO"}),
    Need("fr", ("Garage de l’Observatoire", "Mécanique Juvisienne"), "Gérance",
         "Nous réparons des véhicules utilitaires électriques et manquons de place pour les ponts et la cour.",
         _facts("extend", "craft", "91326", "1-9", "activity", "territory"),
         {"area_min": 400, "area_max": 700, "deadline": "later", "technical_needs": "Cour fermée, 100 kVA."}),
    Need("fr", ("Foncière Confluences", "Sud Aménagement Actifs"), "Direction du développement",
         "Nous étudions un village d’entreprises pour des artisans et des PMI. Quels terrains seront disponibles dans "
         "le secteur des Ardoines ?",
         _facts("develop_land", "industry_or_logistics", "94081", "250+", "land", "region"),
         {"area_min": 12_000, "area_max": 25_000, "deadline": "later"}),
    Need("fr", ("Cabinet Orly Kiné", "Maison d’infirmières du Coteau"), "Associés",
         "Nous sommes trois praticiens et cherchons un cabinet de plain-pied, accessible, près d’un arrêt de tramway.",
         _facts("create", "liberal", "94054", "1-9", "office", "new_firm"),
         {"area_min": 90, "area_max": 140, "deadline": "six_months"}),
    Need("fr", ("La Recyclerie du Rail", "Bois Revenu"), "Coordination",
         "Association d’insertion, nous collectons et réparons du mobilier. Il nous faut un lieu de stockage et un "
         "petit magasin.",
         _facts("settle", "social_or_public", "94078", "10-19", "activity", "territory"),
         {"area_min": 600, "area_max": 900, "deadline": "six_months", "jobs": 8}),
    Need("en", ("Quaylight Studios", "Ostrava Pixel"), "Producer",
         "We make visual effects and look for a flexible office for a French team of eight, with fibre and a small "
         "screening room nearby.",
         _facts("create", "trade_or_services", "several_94", "1-9", "coworking", "abroad"),
         {"deadline": "soon", "country": "CZ"}),
    Need("fr", ("Épicerie Vrac & Compagnie", "Librairie La Marge"), "Porteuse de projet",
         "Je veux ouvrir un commerce de proximité dans une rue commerçante et j’ai besoin d’aide pour l’étude de "
         "marché.",
         _facts("create", "trade_or_services", "94038", "1-9", "retail", "new_firm"),
         {"area_min": 60, "area_max": 110, "deadline": "six_months"}),
    Need("fr", ("Transports Belle-Épine", "Relais du Dernier Kilomètre"), "Exploitation",
         "Nous livrons Paris et la petite couronne en véhicules électriques : il nous faut des quais et des bornes.",
         _facts("move", "industry_or_logistics", "94073", "50-249", "warehouse", "territory"),
         {"area_min": 2_000, "area_max": 3_500, "deadline": "one_year", "technical_needs": "8 quais, 600 kVA."}),
    Need("fr", ("Éco-Isol Île-de-France", "Chanvre & Chaux"), "Gérance",
         "Entreprise du bâtiment spécialisée dans la rénovation, nous cherchons un dépôt et quelques bureaux.",
         _facts("settle", "craft", "94022", "10-19", "activity", "region"),
         {"area_min": 300, "area_max": 500, "deadline": "six_months", "jobs": 5}),
    Need("fr", ("Aéroptic", "Hélia Composants"), "Direction industrielle",
         "Sous-traitant aéronautique installé à Toulouse, nous voulons un atelier de réparation près des pistes.",
         _facts("settle", "industry_or_logistics", "91432", "20-49", "activity", "france"),
         {"area_min": 1_000, "area_max": 1_800, "deadline": "one_year", "jobs": 25}),
    Need("fr", ("Studio Clavier", "Numérique & Familles"), "Fondateur",
         "Je développe un service pour les aidants et je cherche un espace partagé avec un accompagnement.",
         _facts("create", "trade_or_services", "94016", "0", "coworking", "new_firm"),
         {"deadline": "soon"}),
    Need("fr", ("Traiteur des Halles", "Cuisine de Saison"), "Gérance",
         "Nous préparons des repas pour des entreprises et voulons un laboratoire de cuisine aux normes, en Essonne "
         "ou dans le Val-de-Marne.",
         _facts("move", "craft_and_trade", "both_departments", "10-19", "activity", "territory"),
         {"area_min": 250, "area_max": 400, "deadline": "six_months",
          "technical_needs": "Gaz, extraction, chambres froides."}),
    Need("en", ("Kestrel Data Works", "Lumen Analytics"), "Country lead",
         "We are comparing three metropolitan areas for an office of about sixty people. Could somebody send us "
         "figures on jobs and transport?",
         _facts("unknown", "trade_or_services", "unknown", "50-249", "office", "abroad"),
         {"area_min": 900, "area_max": 1_400, "deadline": "later", "country": "CA"}),
]  # fmt: skip

WORDS = {
    "fr": {
        "first": "Bonjour, nous avons bien lu votre demande. Deux adresses peuvent convenir : seriez-vous disponible "
        "cette semaine pour en parler au téléphone ?",
        "proposal": "Nous vous avons réservé deux visites. Pouvez-vous nous confirmer la date et nous dire ce qui "
        "compte le plus : le loyer, la desserte ou la surface ?",
        "reply": "Merci pour votre retour rapide. La desserte d’abord, puis le loyer. Mardi ou jeudi matin nous "
        "conviennent.",
        "remind": "Nous restons à votre disposition. Votre projet est-il toujours d’actualité ?",
    },
    "en": {
        "first": "Hello, we have read your enquiry. Two addresses may fit: could we speak on the phone this week?",
        "proposal": "We have booked two visits for you. Could you confirm the date, and tell us what matters most: "
        "rent, access or surface?",
        "reply": "Thank you for the quick answer. Access first, then rent. Tuesday or Thursday morning would suit us.",
        "remind": "We remain at your disposal. Is your project still on?",
    },
}
# Internal notes are in French, the officers' working language.
NOTES = [
    "Échange téléphonique : budget confirmé, visite à organiser avec le propriétaire.",
    "Dossier complet. Le financement est suivi par la banque de l’entreprise.",
    "Voir avec le service urbanisme si l’activité est admise dans la zone.",
    "Rappeler après le comité d’engagement de l’entreprise.",
]
SETTLED = "Bail signé, installation prévue au prochain trimestre."
UNSUCCESSFUL = [
    "Projet reporté par l’entreprise, faute de financement.",
    "L’entreprise a choisi un site hors du territoire.",
    "Plus de nouvelles malgré trois relances.",
]
HAND_OVER = "Après échange, le besoin relève plutôt de votre compétence."
DECLINED = "L’activité principale reste chez vous ; nous pouvons contribuer."
SPAM = "Increase your sales now with our unbeatable list of ten million addresses."
