"""Who may ask for an offer, and what people say is wrong about it, as pages of the social map say it."""

from services.matching.domain.kept import Kept
from services.matching.domain.network import WHO_ASKS, SignUp
from services.matching.domain.ranking import Offer
from shared.events.directory import EntryMistake
from shared.kernel.city import City
from shared.kernel.translatable import to_translate
from shared.web.languages import translated

MISTAKES: dict[EntryMistake, str] = {
    EntryMistake.TELEPHONE: to_translate("Het telefoonnummer of mailadres klopt niet."),
    EntryMistake.OPENING_HOURS: to_translate("De tijden kloppen niet."),
    EntryMistake.ADDRESS: to_translate("Het adres klopt niet."),
    EntryMistake.COST: to_translate("Het kost iets anders."),
    EntryMistake.FOR_WHOM: to_translate("Het is voor andere mensen."),
    EntryMistake.NO_PLACE: to_translate("Er is geen plek."),
    EntryMistake.STOPPED: to_translate("Dit bestaat niet meer."),
    EntryMistake.OTHER: to_translate("Iets anders, of meer dan één ding."),
}

# `{ambassador}`: as the city calls the contact person.
SIGN_UPS: dict[SignUp, str] = {
    SignUp.SELF: to_translate("Je kunt dit zelf vragen. Je hebt geen school of verwijzing nodig."),
    SignUp.THROUGH_SCHOOL: to_translate("Dit vraag je via school. De {ambassador} op school vraagt het voor je aan."),
    SignUp.EITHER: to_translate(
        "Je kunt dit zelf vragen. Of vraag de {ambassador} op school: die vraagt het voor je aan."
    ),
}
HAS_AGREEMENTS = to_translate(
    "Vraag de {ambassador} op school: die heeft afspraken met deze plek en vraagt het voor je aan."
)
NOBODY_SAID = to_translate(
    "We weten nog niet of je dit zelf kunt vragen. Bel of mail eerst, of vraag de {ambassador} op school."
)
# A refusal of the domain, which the error page says in the language of the reader.
NOT_THERE = to_translate("Dit staat niet (meer) op de sociale kaart.")


def who_asks(code: str) -> str:
    """Who may ask for it, as its own people read it; empty: nobody said."""
    return WHO_ASKS[SignUp(code)] if code else ""


def options_of_who_asks() -> list[tuple[str, str]]:
    """What they choose from."""
    return [(code.value, said) for code, said in WHO_ASKS.items()]


def sign_up(offer: Offer, city: City) -> str:
    """Who may ask for it: its own word, else what follows from the agreement with its organisation."""
    said = SIGN_UPS[SignUp(offer.service.sign_up)] if offer.service.sign_up else ""
    otherwise = HAS_AGREEMENTS if offer.organisation.has_agreement else NOBODY_SAID
    return translated(said or otherwise).format(ambassador=city.ambassador)


def reported(kept: Kept) -> str:
    """What is not right, as people say who looked at it: Het adres klopt niet. Er is geen plek."""
    return " ".join(MISTAKES[EntryMistake(code)] for code in dict.fromkeys(kept.reported))
