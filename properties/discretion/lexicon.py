"""Folded vocabulary for parsing addresses and descriptions. Pure.

Street words and their abbreviations: La Poste (norme NF Z 10-011) and the types of the SIRENE register.
"""

# One street word a line, followed by its other spellings.
_STREETS = """
allee allees all
avenue av ave
boulevard bd bld blvd boul
carrefour car
chaussee chs
chemin che chem ch
cite
clos
cote
cours crs
esplanade esp
faubourg fbg fg
galerie
grande-rue grand-rue grand'rue
impasse imp
mail
montee
parvis
passage pass pas
place pl
placette
pont
promenade prom
quai qu
rond-point rpt
route rte
rue r
ruelle
sente
sentier sen
square sq
traverse
venelle
villa
voie
"""
STREET_WORDS = {word: line.split()[0] for line in _STREETS.strip().splitlines() for word in line.split()}
# A street's whole name: `12 Grande Rue`.
WHOLE_NAMES = frozenset(("grande-rue", "grand-rue", "grand'rue"))
BEFORE_RUE = frozenset(("grande", "grand", "petite", "vieille", "haute", "basse"))
ARTICLES = frozenset(("de", "du", "des", "d", "la", "le", "les", "l", "aux"))

# Words around a house number, meaningless without the number.
_ANNOUNCING = "n no n° nos num numero numeros number au à et and bis ter quater &"
ANNOUNCING = frozenset(_ANNOUNCING.split())

# Words ending the street's name in an address.
_PARTS = """
appartement appt bat batiment batiments box bp bureau bureaux cedex cellule cs entree esc escalier etage hall imm
immeuble local lot lots niveau porte rdc sous-sol tour tsa
"""
_PARKS = "centre parc residence za zac zi zone"
BUILDING_PARTS = frozenset(_PARTS.split())
BESIDE_STREETS = BUILDING_PARTS | frozenset(_PARKS.split())

# One value a line, followed by its words.
_NUMBERS = """
0 zero
1 un une one
2 deux two
3 trois three
4 quatre four
5 cinq five
6 six
7 sept seven
8 huit eight
9 neuf nine
10 dix ten
11 onze eleven
12 douze twelve
13 treize thirteen
14 quatorze fourteen
15 quinze fifteen
16 seize sixteen
17 seventeen
18 eighteen
19 nineteen
20 vingt vingts twenty
30 trente thirty
40 quarante forty
50 cinquante fifty
60 soixante sixty
70 septante seventy
80 huitante octante eighty
90 nonante ninety
100 cent cents hundred
1000 mille thousand
"""
NUMBER_VALUES = {word: int(line.split()[0]) for line in _NUMBERS.strip().splitlines() for word in line.split()[1:]}
# Articles, and "new": on their own, rarely a number.
ADDS_NOTHING_ALONE = frozenset(("un", "une", "one", "neuf"))
SUFFIXES = frozenset(("bis", "ter", "quater", "quinquies"))

# Countable things: a number followed by such a word is not a house number.
_UNITS = """
% € cm dm e eme er eur euro euros ft h ha hectare hectares j k k€ kg km kn kva kw kwc kwh m m2 m3 meter meters metre
metres min mins mm mn mw sqm t ton tonne tonnes tons v volt volts w percent ampere amperes are ares
an annee annees ans day days heure heures hour hours jour jours minute minutes mo mois month months second seconds
semaine semaines week weeks year years
"""
_THINGS = """
appareils arret arrets atelier ateliers bay bays bike bikes borne bornes box bureau bureaux camion camions car cars
cell cells cellule cellules collaborateurs desk desks dock docks door doors emplacement emplacements emploi emplois
employees etage etages facade facades floor floors gate gates jobs level levels lit lits logement logements lorries lot
lots niveau niveaux office offices palette palettes pallets parking parkings people personnes piece pieces pl places
plateau plateaux plot plots plug plugs ponts portes poste postes quais room rooms salarie salaries salle salles
sanitaires shed sheds societe societes space spaces staff station stations stop stops travee travees unit units vehicle
vehicles vehicule vehicules velo velos vitrine vitrines vl voiture voitures wc workshop workshops workstations
"""
_MONTHS = """
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
january february march april may june july august september october november december
"""
MONTHS = frozenset(_MONTHS.split())
COUNTED = frozenset(f"{_UNITS} {_THINGS} {_MONTHS}".split())

# Words making the number after them something else than a house.
_NAMED = """
article autoroute bus cat categorie category class classe erp etage floor heading headings ligne lignes line lines lot
lots metro niveau phase plot r rd rer rn rubrique rubriques t tram tramway type unit zone
"""
NAMED = frozenset(_NAMED.split())

# Words with a plural's ending, never counted.
NOT_COUNTED = frozenset(
    "dans sous sans vers apres tres plus mais nous vous chez puis des les aux ces ses bis paris thiais".split()  # noqa: SIM905
)
