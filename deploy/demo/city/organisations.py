"""The invented organisations of Schiewijk: name, kind, what they offer, and in which districts (empty: everywhere)."""

from typing import Final, NamedTuple


class Owner(NamedTuple):
    """One organisation."""

    name: str
    kind: str
    categories: str
    districts: str = ""


ORGANISATIONS: Final = (
    Owner("Buurthuis De Groene Pomp", "welfare", "food social-support parenting-support", "oost"),
    Owner("Buurthuis De Scheve Toren", "welfare", "food homework-help language-learning", "west"),
    Owner("Buurthuis De Blauwe Brug", "welfare", "social-support parenting-support benefits-advice", "noord"),
    Owner("Buurthuis Het Zoute Plein", "welfare", "food social-support homework-help", "zuid"),
    Owner("Wijkkamer Nieuwlandhof", "welfare", "benefits-advice debt language-learning", "nieuwland"),
    Owner("Wijkkamer Groenoordbaan", "welfare", "benefits-advice parenting-support energy", "groenoord"),
    Owner("Wijkkamer De Ketelaar", "welfare", "social-support homework-help transport", "kethel"),
    Owner("Wijkkamer Lange Gracht", "welfare", "debt housing benefits-advice", "centrum"),
    Owner("Voedselpunt De Volle Mand", "volunteers", "food"),
    Owner("Soepkeuken Het Grote Deksel", "volunteers", "food", "centrum zuid"),
    Owner("Moestuin Onder de Molen", "volunteers", "food holiday-activity", "kethel noord"),
    Owner("Kledingkast De Blauwe Knoop", "volunteers", "clothing"),
    Owner("Ruilwinkel Nog Een Keer", "volunteers", "clothing furniture", "west nieuwland"),
    Owner("Winterfonds De Warme Want", "fund", "clothing energy"),
    Owner("Fietsenfonds De Gouden Bel", "fund", "bike"),
    Owner("Fietswerkplaats Ketting en Co", "volunteers", "bike", "oost centrum"),
    Owner("Trappers van West", "volunteers", "bike transport", "west nieuwland"),
    Owner("Fietsclub De Rode Pedaal", "volunteers", "bike", "zuid groenoord"),
    Owner("Stichting Open Scherm", "fund", "laptop"),
    Owner("Computerhoek Klik en Klaar", "volunteers", "laptop homework-help", "noord oost"),
    Owner("Repaircafé De Losse Draad", "volunteers", "laptop furniture", "centrum"),
    Owner("Schooltasfonds Schiewijk", "fund", "school-costs"),
    Owner("Stichting Het Zevende Steentje", "fund", "school-costs sport culture"),
    Owner("Jeugdfonds De Eerste Bal", "fund", "sport"),
    Owner("Voetbalclub Schiewijkse Leeuwen", "sports-club", "sport", "zuid centrum"),
    Owner("Turnvereniging De Hoge Mat", "sports-club", "sport", "noord kethel"),
    Owner("Judoschool Zachte Val", "sports-club", "sport", "oost"),
    Owner("Sportplein Groenoord", "sports-club", "sport holiday-activity", "groenoord nieuwland"),
    Owner("Zwemclub De Schieotter", "sports-club", "swimming-lessons"),
    Owner("Zwemfonds Kopje Boven", "fund", "swimming-lessons"),
    Owner("Zwemschool De Natte Sok", "sports-club", "swimming-lessons", "west noord"),
    Owner("Muziekschool De Losse Snaar", "culture", "culture"),
    Owner("Theater De Kleine Deur", "culture", "culture birthday", "centrum oost"),
    Owner("Dansatelier Op Sokken", "culture", "culture", "zuid west"),
    Owner("Atelier De Natte Kwast", "culture", "culture holiday-activity", "noord groenoord"),
    Owner("Verjaardagsclub Twaalf Slingers", "volunteers", "birthday"),
    Owner("Bakkerij-vrijwilligers De Taart", "volunteers", "birthday", "nieuwland west"),
    Owner("Stichting Zomer Voor Iedereen", "fund", "holiday-activity"),
    Owner("Kampvereniging De Losse Tent", "volunteers", "holiday-activity", "oost noord"),
    Owner("Schuldmaatjes Schiewijk", "volunteers", "debt benefits-advice"),
    Owner("Budgetloket Schiewijk", "municipality", "debt benefits-advice energy"),
    Owner("Inloop De Open Envelop", "volunteers", "debt benefits-advice", "west groenoord"),
    Owner("Huurdersraad De Sleutelbos", "housing", "housing"),
    Owner("Woonmaatjes Onder Dak", "volunteers", "housing furniture", "zuid oost"),
    Owner("Woonloket Schiewijk", "municipality", "housing energy"),
    Owner("Stichting Een Eigen Bed", "fund", "furniture"),
    Owner("Kringloop De Tweede Ronde", "volunteers", "furniture clothing"),
    Owner("Energieploeg Dichte Kier", "volunteers", "energy", "noord oost zuid"),
    Owner("Ouderhuis De Theepot", "welfare", "parenting-support childcare", "oost zuid"),
    Owner("Ouderkring De Lange Tafel", "volunteers", "parenting-support", "west nieuwland"),
    Owner("Opvoedlijn Schiewijk", "health", "parenting-support"),
    Owner("Huiswerkhuis De Scherpe Punt", "education", "homework-help", "centrum west"),
    Owner("Studenten Leren Mee", "volunteers", "homework-help laptop"),
    Owner("Taalhuis De Zachte G", "education", "language-learning"),
    Owner("Voorleesploeg Er Was Eens", "volunteers", "language-learning", "noord kethel groenoord"),
    Owner("Peuterhof De Eerste Stap", "education", "childcare", "noord nieuwland"),
    Owner("Oppascentrale Hand in Hand", "volunteers", "childcare", "zuid centrum"),
    Owner("Tandartsbus De Witte Kies", "health", "health-costs"),
    Owner("Brillenfonds Scherp Zicht", "fund", "health-costs"),
    Owner("Wijkzorg De Pleister", "health", "health-costs parenting-support", "groenoord kethel"),
    Owner("Maatjesproject Naast Je", "volunteers", "social-support"),
    Owner("Steungezinnen Schiewijk", "volunteers", "social-support childcare", "oost west noord"),
    Owner("Moskee-vrouwen De Open Hand", "faith", "food clothing social-support", "west nieuwland"),
    Owner("Kerkgroep De Stille Hulp", "faith", "food furniture energy", "centrum kethel"),
    Owner("Rijders van Dienst", "volunteers", "transport"),
    Owner("Reisfonds Op Weg", "fund", "transport school-costs"),
    Owner("Jongerenpunt De Loods", "welfare", "social-support sport homework-help", "zuid groenoord"),
    Owner("Kansfonds De Kleine Duw", "fund", "bike laptop sport birthday"),
)

SCHOOLS: Final = (
    ("Basisschool De Zevensprong", "oost", ("Noor Spaarndijk", "Emre Kadelaar")),
    ("Basisschool De Windroos", "west", ("Fatima Schiehaven",)),
    ("Basisschool Het Kompas van Noord", "noord", ("Joris Polderman-Vink",)),
    ("Basisschool De Zandloper", "zuid", ("Maryam Waterkant",)),
    ("Basisschool De Bonte Beuk", "groenoord", ("Tess Molenwerf",)),
    ("Basisschool De Nieuwe Akker", "nieuwland", ("Daniël Kadezicht",)),
    ("Basisschool De Dorpslinde", "kethel", ("Anouk Veerpont",)),
    ("Schiewijk College", "centrum", ("Ravi Grachtenoord", "Lotte Sluisman-Daal")),
    ("Praktijkschool De Werkbank", "zuid", ("Samira Torenvalk",)),
    ("Huisartsenpost Lange Gracht", "centrum", ("Pieter Havenloods",)),
)
DESK: Final = "Schakelpunt Schiewijk"
DESK_PEOPLE: Final = (
    ("coordinator", "Mila Brugwachter"),
    ("coordinator", "Hassan Kaaimuur"),
    ("operator", "Bo Seinhuis"),
)
_FIRST = (
    "Aisha Bram Chantal Dilan Eva Farid Greet Hicham Ilse Jamal Katja Lars Meryem Nadia Olga Pim Quinten Rosa Sven "
    "Tirza Umar Vera Wout Xenia Yara Zeki Amber Boris Celeste Djamila Elif Floor Gijs Hanna Imran Jolanda"
)
_LAST = (
    "Aardewerf Bakenvoort Dijkzang Eendenkooi Fluitekruid Gaslantaarn Haringkade Ijsvogelaar Jaagpad Klinkerstraat "
    "Lisdodde Meerpaal Noorderwind Oevermuur Pakhuisman Rietkraag Schuitenvoerder Trekvaart Uiterwaarde Vuurtoren "
    "Walkant Zeilmakerij Bolderkar Duinviool Steigerhout"
)
FIRST_NAMES: Final = tuple(_FIRST.split())
LAST_NAMES: Final = tuple(_LAST.split())
