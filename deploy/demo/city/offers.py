"""What the invented organisations of Schiewijk offer, per need category: two kinds each."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Kind:
    """One kind of help. `ages` (0, 0): any age; `cost` empty: free."""

    name: str
    description: str
    ages: tuple[int, int] = (0, 17)
    cost: str = ""


@dataclass(frozen=True)
class Category:
    """How help of this category is given, whoever gives it."""

    kinds: tuple[Kind, Kind]
    does: str
    does_not: str
    expects: str


OFFERS: Final[dict[str, Category]] = {
    "food": Category(
        (Kind("Boodschappenpakket", "Elke week een pakket met verse boodschappen voor het hele gezin.", (0, 0)),
         Kind("Samen aan tafel", "Een warme maaltijd met buurtgenoten. Kinderen gratis.", (0, 0), "ouders 2 euro")),
        "We geven eten voor een gezin, zolang het nodig is.", "We geven geen geld.",
        "Vertel hoeveel mensen mee-eten en of er eten is dat niet kan.",
    ),
    "clothing": Category(
        (Kind("Winterkleding voor kinderen", "Een warme jas, schoenen en een trui die passen."),
         Kind("Kledingkast", "Kinderen kiezen zelf kleding uit die nog mooi is.")),
        "Kinderen krijgen kleding die past en die ze zelf kiezen.", "We bezorgen niet aan huis.",
        "Geef de maten door, en kom de eerste keer mee.",
    ),
    "bike": Category(
        (Kind("Kinderfiets op maat", "Een opgeknapte fiets met slot en licht, passend bij het kind.", (4, 17)),
         Kind("Fiets en fietsles", "Een fiets, en les om veilig naar school te rijden.", (6, 17), "5 euro")),
        "We geven een veilige fiets en stellen hem af.", "We repareren geen fietsen van anderen.",
        "Geef de lengte van het kind door.",
    ),
    "laptop": Category(
        (Kind("Laptop voor school", "Een nagekeken laptop met alles wat school vraagt.", (8, 17)),
         Kind("Tablet en internet", "Een tablet en een jaar internet thuis.", (6, 17))),
        "We leveren een werkende laptop en leggen uit hoe hij werkt.", "We vergoeden geen laptop die al gekocht is.",
        "Laat school zeggen wat het apparaat moet kunnen.",
    ),
    "school-costs": Category(
        (Kind("Schoolspullen en schoolreis", "Tas, schriften, rekenmachine en de schoolreis.", (4, 17)),
         Kind("Steunfonds schoolkosten", "Betaalt de ouderbijdrage en materialen aan de school zelf.", (4, 17))),
        "We betalen rechtstreeks aan school of winkel.", "We betalen geen oude rekeningen.",
        "Stuur een opgave van de kosten mee.",
    ),
    "sport": Category(
        (Kind("Sporten bij een club", "Een jaar contributie, met kleding en schoenen.", (4, 17)),
         Kind("Sport op het plein", "Elke week sporten in de buurt, met een vaste begeleider.", (6, 17))),
        "We betalen de club en helpen bij de eerste training.", "We kiezen de sport niet: dat doet het kind.",
        "Vraag het kind welke sport het wil.",
    ),
    "culture": Category(
        (Kind("Muziekles met instrument", "Les in een groepje; het instrument is te leen.", (6, 17), "1 euro per les"),
         Kind("Theater- en dansles", "Elke week les, en een voorstelling voor familie.", (5, 17))),
        "We geven een jaar les.", "We geven geen les aan huis.", "Kom samen kijken bij een proefles.",
    ),
    "birthday": Category(
        (Kind("Verjaardagsdoos", "Een doos met slingers, taart, traktatie en een cadeau.", (1, 17)),
         Kind("Feestje in het buurthuis", "Een feestje met vriendjes, alles is geregeld.", (4, 13))),
        "We zorgen dat het kind zijn verjaardag kan vieren.", "We geven geen geld of bonnen.",
        "Vraag het twee weken vooraf aan.",
    ),
    "swimming-lessons": Category(
        (Kind("Zwemles tot en met diploma A", "Les in een kleine groep, met badkleding.", (4, 12)),
         Kind("Snelcursus zwemmen", "In de vakantie elke dag les.", (6, 12))),
        "We betalen de les tot het diploma.", "We geven geen les aan volwassenen.",
        "Zorg dat iemand het kind brengt en haalt.",
    ),
    "holiday-activity": Category(
        (Kind("Zomerweek", "Vijf dagen spelen, bouwen en zwemmen met leeftijdgenoten.", (6, 14)),
         Kind("Uitje met het gezin", "Een dag uit met het gezin, vervoer en lunch.", (0, 0), "5 euro per gezin")),
        "Kinderen hebben een week om over te vertellen.", "We zijn geen opvang voor de hele vakantie.",
        "Meld aan vóór 1 mei of zodra je het weet.",
    ),
    "debt": Category(
        (Kind("Op orde: hulp bij schulden", "Een vaste vrijwilliger helpt met post, overzicht en afspraken.", (0, 0)),
         Kind("Schuldhulp zonder wachttijd", "Binnen een week een gesprek en een plan.", (0, 0))),
        "We maken overzicht en praten met wie er geld krijgt.", "We lenen geen geld uit.",
        "Bereid ouders voor: alle post mag mee, ook dicht.",
    ),
    "benefits-advice": Category(
        (Kind("Toeslagen-uur", "Samen uitzoeken waar je recht op hebt en het aanvragen.", (0, 0)),
         Kind("Formulierenhulp", "Hulp bij brieven en formulieren van de overheid.", (0, 0))),
        "We zoeken regelingen uit en vullen ze samen in.", "We beslissen niet over toeslagen.",
        "Neem papieren en inlogcode mee.",
    ),
    "housing": Category(
        (Kind("Woonspreekuur", "Advies over huur, dreigende uitzetting en verhuizen.", (0, 0)),
         Kind("Rust in huis", "Een woonmaatje helpt bij een vol, klein of onrustig huis.", (0, 0))),
        "We praten met de verhuurder en helpen bij een plan.", "We hebben zelf geen woningen.",
        "Meld een brief van de deurwaarder meteen.",
    ),
    "furniture": Category(
        (Kind("Een eigen bed", "Een bed met matras en dekbed voor elk kind.", (0, 17)),
         Kind("Huisraad en witgoed", "Tafel, kast, wasmachine of koelkast, thuis gebracht.", (0, 0))),
        "We brengen het thuis en zetten het neer.", "We leveren geen vloeren of gordijnen.",
        "Meet de kamer op.",
    ),
    "energy": Category(
        (Kind("Energiehulp aan huis", "Tips, tochtstrips en een gesprek over de rekening.", (0, 0)),
         Kind("Noodfonds energie", "Betaalt eenmalig een deel van de energierekening.", (0, 0))),
        "We verlagen de rekening en het verbruik.", "We betalen geen rekeningen van vorige adressen.",
        "Neem de laatste rekening mee.",
    ),
    "parenting-support": Category(
        (Kind("Ouders aan de koffie", "Elke week praten met andere ouders en een begeleider.", (0, 17)),
         Kind("Opvoedmaatje", "Een ervaren ouder komt een half jaar langs.", (0, 12))),
        "We luisteren en denken mee; de ouder kiest.", "We behandelen niet en schrijven geen rapport.",
        "Leg uit dat het vrijwillig is.",
    ),
    "homework-help": Category(
        (Kind("Huiswerkplek", "Een rustige plek na school, met hulp van studenten.", (8, 17)),
         Kind("Bijles van een student", "Een uur per week bijles, thuis of op school.", (9, 17))),
        "We helpen met huiswerk en plannen.", "We vervangen de school niet.", "Laat de leraar zeggen wat lastig is.",
    ),
    "language-learning": Category(
        (Kind("Taalmaatje", "Elke week Nederlands oefenen met een vrijwilliger.", (0, 0)),
         Kind("Voorlezen thuis", "Een voorlezer komt een half jaar bij jonge kinderen thuis.", (2, 8))),
        "We oefenen Nederlands in het gewone leven.", "We geven geen inburgeringsexamen.",
        "Vertel welke talen thuis gesproken worden.",
    ),
    "childcare": Category(
        (Kind("Peuterplek", "Vier dagdelen spelen en leren voor peuters.", (2, 4)),
         Kind("Oppasmoeders in de buurt", "Opvang bij een vertrouwde ouder als het even moet.", (0, 12))),
        "We zorgen voor een veilige plek overdag.", "We zijn 's nachts niet open.",
        "Vertel op welke dagen het nodig is.",
    ),
    "health-costs": Category(
        (Kind("Bril en gehoor", "Vergoedt een bril of gehoorapparaat voor een kind.", (3, 17)),
         Kind("Tandarts zonder rekening", "Controle en behandeling zonder eigen kosten.", (2, 17))),
        "We betalen de zorgverlener rechtstreeks.", "We vergoeden geen eigen risico van ouders.",
        "Stuur de offerte mee.",
    ),
    "social-support": Category(
        (Kind("Maatje voor een kind", "Elke week iets leuks doen met een vast maatje.", (6, 17)),
         Kind("Steungezin", "Een gezin in de buurt waar het kind vaak welkom is.", (0, 14))),
        "We koppelen zorgvuldig en blijven erbij.", "We zijn geen jeugdzorg.", "Vertel wat het kind leuk vindt.",
    ),
    "transport": Category(
        (Kind("Meerijden", "Een vrijwilliger rijdt kind en ouder naar school, zorg of sport.", (0, 0)),
         Kind("Reispas voor jongeren", "Een jaar reizen met bus en tram in de stad.", (12, 17))),
        "We brengen en halen op tijd.", "We rijden niet buiten de regio.", "Meld drie dagen vooraf.",
    ),
}  # fmt: skip
