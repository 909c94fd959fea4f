"""Customers of the firm: who they are, where, on what terms, how they pay."""

GOOD, USUAL, SLOW, BAD = "good", "usual", "slow", "bad"

# name, street, postcode, city, terms, how they pay
COMPANIES = (
    ("Bâtiment Ligérien SAS", "4 rue de la Loire", "44200", "Nantes", "45fdm", SLOW),
    ("Promotion Atlantis SA", "21 bd du Zénith", "44800", "Saint-Herblain", "60", BAD),
    ("Hôtel du Passage SARL", "3 quai de la Fosse", "44000", "Nantes", "30", USUAL),
    ("Boulangerie Kerdoncuff", "17 rue Noire", "44000", "Nantes", "30", SLOW),
    ("Clinique des Tilleuls", "90 rue du Bocage", "44700", "Orvault", "45fdm", GOOD),
    ("Architectes Rivage", "8 allée des Îles", "44000", "Nantes", "30", GOOD),
    ("Garage Moreau et Fils", "52 route de Vannes", "44100", "Nantes", "30", BAD),
    ("Restaurant La Gabare", "1 quai Turenne", "44000", "Nantes", "30-70", BAD),
    ("Pharmacie du Cens", "6 place du Cens", "44300", "Nantes", "30", GOOD),
    ("Transports Guillou SAS", "ZA des Landes", "44470", "Carquefou", "60", SLOW),
    ("Cabinet Delaunay Notaires", "12 rue Crébillon", "44000", "Nantes", "30", GOOD),
    ("Imprimerie du Sillon", "3 rue des Presses", "44800", "Saint-Herblain", "30", BAD),
    ("Crèche Les Petits Pas", "9 rue des Lilas", "44400", "Rezé", "30", USUAL),
    ("Résidences Océane SAS", "40 av. de la Mer", "44500", "La Baule", "45fdm", SLOW),
    ("Brasserie Saint-Félix", "28 quai Malakoff", "44000", "Nantes", "30", USUAL),
    ("Constructions Vendéennes", "ZI Sud", "85000", "La Roche-sur-Yon", "45fdm", USUAL),
    ("Optique Graslin", "2 place Graslin", "44000", "Nantes", "30", GOOD),
    ("Maisons Bois d'Armor", "15 rue du Port", "56000", "Vannes", "30-70", USUAL),
    ("Domaine de la Haie SCEA", "Le Moulin", "44690", "La Haie-Fouassière", "60", SLOW),
    ("Immobilière du Gesvres", "7 rue du Château", "44119", "Treillières", "30", USUAL),
    ("Cycles Beaulieu SARL", "11 bd de Doulon", "44300", "Nantes", "30", SLOW),
    ("Formation Compétences Ouest", "5 rue Gutenberg", "35000", "Rennes", "60", USUAL),
    ("Laboratoire Armoric", "22 rue Pasteur", "35700", "Rennes", "45fdm", GOOD),
    (
        "Agencement Bertho SARL",
        "ZA de la Biliais",
        "44360",
        "Vigneux-de-Bretagne",
        "30",
        SLOW,
    ),
    ("Camping des Pins SARL", "Route de la Plage", "44380", "Pornichet", "3x", BAD),
    ("Traiteur Le Goff", "14 rue des Halles", "44600", "Saint-Nazaire", "30", USUAL),
    ("Chantiers Navals Roussel", "Quai Nord", "44600", "Saint-Nazaire", "60", USUAL),
    ("Salle de sport Énergie 44", "33 rue Béranger", "44000", "Nantes", "3x", SLOW),
    ("Librairie des Quais", "19 quai de Versailles", "44000", "Nantes", "30", USUAL),
    ("Audit et Conseil Loire", "6 rue Voltaire", "49000", "Angers", "30", GOOD),
    ("Foncière Bouffay SCI", "2 place du Bouffay", "44000", "Nantes", "30", USUAL),
    ("Plâtrerie Cormerais", "8 rue de l'Outarde", "44115", "Haute-Goulaine", "30", BAD),
    ("Menuiserie Le Bihan", "3 rue du Moulin", "56100", "Lorient", "45fdm", USUAL),
    ("Cidrerie de Brocéliande", "Le Bourg", "35380", "Paimpont", "30", USUAL),
    ("Groupe Scolaire Ste-Anne", "25 rue d'Auray", "44400", "Rezé", "30", GOOD),
    ("Technopole Services SAS", "1 rue Ampère", "44300", "Nantes", "45fdm", SLOW),
)
SOLE_TRADERS = (
    ("Julien Dupont EI", "5 rue des Artisans", "44240", "Sucé-sur-Erdre", "30", SLOW),
    ("Sophie Garnier EI", "18 rue Haute", "44190", "Clisson", "30", GOOD),
    ("Mickaël Tanguy EI", "La Métairie", "44390", "Nort-sur-Erdre", "30", BAD),
    ("Valérie Pineau EI", "7 place de l'Église", "44120", "Vertou", "30", USUAL),
    ("Rachid Amrani EI", "30 rue de Rezé", "44400", "Rezé", "30", USUAL),
    ("Élodie Caillaud EI", "2 impasse du Lavoir", "49270", "Divatte", "30", SLOW),
)
CONSUMERS = (
    ("Jeanne Le Floc'h", "14 rue de la Paix", "44000", "Nantes", "reception", SLOW),
    ("Paul Martineau", "3 allée des Chênes", "44700", "Orvault", "30-70", BAD),
    ("Amina Diallo", "27 rue des Olivettes", "44000", "Nantes", "reception", GOOD),
    ("Bernard Chauvet", "Le Pré Clos", "44850", "Ligné", "15", BAD),
    (
        "Catherine Rousseau",
        "6 rue du Verger",
        "44240",
        "Sucé-sur-Erdre",
        "reception",
        GOOD,
    ),
    ("Nicolas Hervé", "12 bd Michelet", "44300", "Nantes", "3x", SLOW),
    ("Monique Pasquier", "8 rue des Roses", "44340", "Bouguenais", "15", BAD),
    ("Yann Kermarrec", "19 route de Sautron", "44700", "Orvault", "15", BAD),
    ("Fatou Ndiaye", "5 rue Paul-Bellamy", "44000", "Nantes", "reception", BAD),
    ("Gérard Blanchet", "La Gâcherie", "44240", "La Chapelle-sur-Erdre", "30-70", SLOW),
    ("Isabelle Texier", "44 rue de Strasbourg", "44000", "Nantes", "15", SLOW),
    (
        "Louis Bricaud",
        "2 chemin du Halage",
        "44470",
        "Thouaré-sur-Loire",
        "reception",
        BAD,
    ),
)
# The same, then the first digits of the SIREN ("": none).
OTHERS = (
    (
        "Association Erdre Aviron",
        "12 quai de Versailles",
        "44000",
        "Nantes",
        "30",
        SLOW,
        "7",
    ),
    (
        "SDC Résidence Les Magnolias",
        "10 rue Dobrée",
        "44100",
        "Nantes",
        "30",
        BAD,
        "",
    ),
    ("SDC Le Clos Feltre", "4 rue du Calvaire", "44000", "Nantes", "30", BAD, ""),
    ("CSE Laboratoire Armoric", "22 rue Pasteur", "35700", "Rennes", "30", USUAL, ""),
    (
        "Commune de Saint-Aubin",
        "1 place de la Mairie",
        "44110",
        "Saint-Aubin",
        "30",
        SLOW,
        "214400",
    ),
    (
        "Centre hospitalier du Val",
        "60 rue du Docteur-Laënnec",
        "44110",
        "Erbray",
        "50",
        SLOW,
        "264400",
    ),
    (
        "Lycée Olympe de Gouges",
        "35 avenue des Droits-de-l'Homme",
        "44100",
        "Nantes",
        "30",
        USUAL,
        "194400",
    ),
)
KINDS = {
    "Association Erdre Aviron": "non_professional",
    "SDC Résidence Les Magnolias": "non_professional",
    "CSE Laboratoire Armoric": "non_professional",
    "Hudson Millwork Inc.": "professional",
}
UNCONFIRMED = {
    "SDC Le Clos Feltre",
    "Domaine de la Haie SCEA",
    "Louis Bricaud",
    "Rachid Amrani EI",
}
BRITISH = {
    "name": "Thameside Joinery Ltd",
    "street": "14 Wharf Lane",
    "zip": "SE1 9PL",
    "city": "London",
    "lang": "en_US",
    "email": "accounts@thameside-joinery.example",
}
AMERICAN = {
    "name": "Hudson Millwork Inc.",
    "street": "210 Water Street",
    "zip": "10038",
    "city": "New York",
    "lang": "en_US",
    "email": "payables@hudson-millwork.example",
}
WITHOUT_ADDRESS = "Le Camion du Bois"
WITHOUT_EMAIL = {
    "Domaine de la Haie SCEA",
    "Plâtrerie Cormerais",
    "Mickaël Tanguy EI",
    "Bernard Chauvet",
    "Monique Pasquier",
    "Gérard Blanchet",
    "SDC Résidence Les Magnolias",
}
INVOICE_CONTACTS = {
    "Bâtiment Ligérien SAS": "Comptabilité fournisseurs",
    "Promotion Atlantis SA": "Service comptable",
    "Clinique des Tilleuls": "Direction financière",
    "Constructions Vendéennes": "Comptabilité chantiers",
    "Laboratoire Armoric": "Centre de facturation",
    "Chantiers Navals Roussel": "Comptabilité fournisseurs",
    "SDC Résidence Les Magnolias": "Cabinet Aubry Syndic",
    "SDC Le Clos Feltre": "Cabinet Aubry Syndic",
    "Commune de Saint-Aubin": "Service des finances",
    "Centre hospitalier du Val": "Direction des achats",
}
RECOVERY_CONTACTS = {
    "Promotion Atlantis SA": "Martine Jolivet",
    "Restaurant La Gabare": "Éric Salaün",
    "Transports Guillou SAS": "Sylvie Guillou",
    "Résidences Océane SAS": "Marc Evrard",
    "Camping des Pins SARL": "Annie Bodin",
}
TAGS = {
    "Grand compte": {
        "Bâtiment Ligérien SAS",
        "Promotion Atlantis SA",
        "Résidences Océane SAS",
        "Constructions Vendéennes",
    },
    "Promoteur": {"Promotion Atlantis SA", "Résidences Océane SAS"},
    "Secteur public": {
        "Commune de Saint-Aubin",
        "Centre hospitalier du Val",
        "Lycée Olympe de Gouges",
    },
}
# Invoices to which something happens: customer, days late. Nothing else is late there.
EVENTS = {
    "blocked": ("Agencement Bertho SARL", 40),
    "no_followup": ("Groupe Scolaire Ste-Anne", 20),
    "cancelled_payment": ("Imprimerie du Sillon", 25),
    "reversed_payment": ("Cycles Beaulieu SARL", 35),
    "remainder": ("Librairie des Quais", 30),
    "covered_1": ("Pharmacie du Cens", 18),
    "covered_2": ("Cabinet Delaunay Notaires", 45),
    "partly_covered_1": ("Traiteur Le Goff", 22),
    "partly_covered_2": ("Julien Dupont EI", 33),
    "dispute": ("Foncière Bouffay SCI", 28),
    "promise": ("Brasserie Saint-Félix", 50),
    "pause": ("Formation Compétences Ouest", 15),
}
EVENT_CUSTOMERS = {customer for customer, _days in EVENTS.values()}
# Invoices that nobody has paid, so that every kind of debtor is late: customer, days.
STILL_OPEN = (
    ("Optique Graslin", 7),
    ("Audit et Conseil Loire", 9),
    ("Louis Bricaud", 12),
    ("Commune de Saint-Aubin", 13),
    ("Association Erdre Aviron", 25),
    ("Lycée Olympe de Gouges", 30),
    ("Domaine de la Haie SCEA", 30),
    ("Hudson Millwork Inc.", 33),
    ("Yann Kermarrec", 40),
    ("SDC Le Clos Feltre", 40),
    ("Le Camion du Bois", 45),
    ("Centre hospitalier du Val", 125),
    ("Thameside Joinery Ltd", 70),
    ("SDC Résidence Les Magnolias", 130),
    ("Bernard Chauvet", 135),
)
