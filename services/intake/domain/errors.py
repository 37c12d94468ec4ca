"""Why intake refuses something, each by its name; the sentence is for the person at the page."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from shared.events.base import ConsentGiver
from shared.kernel.city import City
from shared.kernel.errors import Gone, Invalid, Missing, NotAllowed, Refusal

WHO_CONSENTS = {
    ConsentGiver.GUARDIAN: "Tot 12 jaar geeft een ouder of voogd toestemming.",
    ConsentGiver.GUARDIAN_AND_CHILD: "Van 12 tot en met 15 jaar geven ouder of voogd en kind samen toestemming.",
    ConsentGiver.YOUNG_PERSON: "Vanaf 16 jaar geeft de jongere zelf toestemming.",
}


class UnknownAmbassador(Invalid):
    """This person is not an active ambassador of the organisation that asks."""

    def __init__(self, person_id: UUID) -> None:
        super().__init__(
            "ambassadorId",
            "Deze persoon kan niet namens jouw organisatie hulp vragen.",
            example="01890a5d-ac96-774b-bcce-b302099a8057",
            code="unknown-ambassador",
        )
        self.person_id = person_id


class WrongConsentGiver(Invalid):
    """Somebody else must consent at this age."""

    def __init__(self, right: ConsentGiver) -> None:
        super().__init__("consent.givenBy", WHO_CONSENTS[right], example=right.value, code="wrong-consent-giver")


class NotAChild(Invalid):
    """The birth date is in the future or of an adult."""

    def __init__(self) -> None:
        super().__init__(
            "child.birthDate",
            "De geboortedatum moet van een kind onder de 18 zijn.",
            example="2016-04-23",
            code="not-a-child",
        )


class ConsentInTheFuture(Invalid):
    """Consent is something that was given already."""

    def __init__(self) -> None:
        super().__init__(
            "consent.givenOn",
            "De datum van de toestemming mag niet in de toekomst liggen.",
            example="2026-01-31",
            code="consent-in-the-future",
        )


class ConsentBeforeBirth(Invalid):
    """Nobody consents to help for a child that is not there yet: one of the two dates was mistyped."""

    def __init__(self) -> None:
        super().__init__(
            "consent.givenOn",
            "De datum van de toestemming ligt voor de geboorte van het kind. Kijk de datums na.",
            example="2026-01-31",
            code="consent-before-birth",
        )


class NotDiscussed(Invalid):
    """The inventory must have been discussed with the family, no earlier than a year before the consent."""

    def __init__(self) -> None:
        super().__init__(
            "discussedOn",
            "Het gesprek met het gezin was vandaag of eerder, en hooguit een jaar voor de toestemming.",
            example="2026-01-31",
            code="not-discussed",
        )


class HomeVisitOutOfRange(Invalid):
    """A home visit is planned from today on, within a year; `example` is such a day."""

    def __init__(self, field: str, example: date) -> None:
        super().__init__(
            field,
            "Een huisbezoek is vandaag of later, en binnen een jaar.",
            example=example.isoformat(),
            code="home-visit-out-of-range",
        )


class UnknownNeed(Invalid):
    """The inventory names a need that this case does not have; `example` is one that it has."""

    def __init__(self, field: str, example: UUID) -> None:
        super().__init__(field, "Deze hulpvraag hoort niet bij dit dossier.", example=str(example), code="unknown-need")


class SameNeedTwice(Invalid):
    """The inventory names one need in two places; a new one has no id."""

    def __init__(self, field: str) -> None:
        super().__init__(
            field,
            "Deze hulpvraag staat al eerder in de lijst. Is dit een nieuwe? Laat het kenmerk dan leeg.",
            example="null",
            code="same-need-twice",
        )


class NeedsInACircle(Invalid):
    """Needs wait for each other, so that none of them would ever begin."""

    def __init__(self, field: str) -> None:
        super().__init__(
            field, "Deze hulpvragen wachten op elkaar. Kies welke eerst mag beginnen.", code="needs-in-a-circle"
        )


class CategoryRetired(Invalid):
    """The city offers this kind of help no more; a need of the case that has it already keeps it."""

    def __init__(self, field: str, example: str) -> None:
        super().__init__(
            field,
            "Deze soort hulp is er niet meer. Kies een andere.",
            example=example,
            code="category-retired",
        )


class NeedsNotSeen(Invalid):
    """Somebody named needs that the sender of this inventory never saw: to leave them out would stop their help."""

    def __init__(self, need_ids: Collection[UUID]) -> None:
        super().__init__(
            "needs", "Deze hulpvraag kwam er intussen bij. Kijk of alles klopt, en bewaar dan opnieuw.",
            code="needs-not-seen",
        )  # fmt: skip
        self.need_ids = frozenset(need_ids)


class UnknownCase(Missing):
    """There is no such case, or not for this person: nobody can tell which."""

    def __init__(self) -> None:
        super().__init__("unknown-case", "Dit dossier bestaat niet, of is niet van jouw organisatie.")


CONFIRMS_ERASING = {"matching": "wie helpt", "monitoring": "het bord", "notify": "de berichten"}


class CaseIsErased(Gone):
    """It is being erased, or was: nothing of it can be read any more. `waits_for`: who still has to confirm it."""

    title = "Gewist"

    def __init__(self, erased_on: date | None = None, waits_for: Collection[str] = ()) -> None:
        told = f"Dit dossier is gewist op {erased_on:%d-%m-%Y}." if erased_on else "Dit dossier wordt nu gewist."
        if waits_for:
            parts = ", ".join(CONFIRMS_ERASING.get(each, each) for each in sorted(waits_for))
            told += f" Nog niet bevestigd: {parts}."
        super().__init__("case-erased", f"{told} Er is niets meer van te lezen, en het kan niet terug.")


class UnknownDraft(Missing):
    """There is no such draft, or it is somebody else's."""

    def __init__(self) -> None:
        super().__init__(
            "unknown-draft", "Dit is er niet meer. Het is verstuurd of weggegooid, of er kwam te lang niets meer bij."
        )


class TooManyDrafts(Invalid):
    """Somebody has so many requests that are not sent, that these come first."""

    def __init__(self, most: int) -> None:
        super().__init__(
            "drafts",
            f"Je hebt al {most} aanvragen die nog niet verstuurd zijn. Verstuur er een, of gooi er een weg. "
            "Dan is er weer plaats.",
            code="too-many-drafts",
        )


class UnknownSignal(Missing):
    """There is no such early signal, or it is somebody else's."""

    def __init__(self) -> None:
        super().__init__("unknown-signal", "Dit signaal bestaat niet, of is van iemand anders.")


class SignalIsOver(Refusal):
    """The signal ended in another way."""

    def __init__(self) -> None:
        super().__init__("signal-is-over", "Dit signaal is al gestopt. Maak je je weer zorgen? Begin dan een nieuw.")


class NotYourFamily(NotAllowed):
    """Somebody of the same school sees the case, and may not know or change more than that."""

    def __init__(self, city: City) -> None:
        super().__init__(
            "not-your-family", f"Dit is voor de {city.ambassador} van dit gezin en voor {city.desk.in_sentence}."
        )


class NotTheDesk(NotAllowed):
    """Only the coordinator can say what the desk has seen."""

    def __init__(self, city: City) -> None:
        super().__init__("not-the-desk", f"Alleen {city.desk.in_sentence} kan dit noteren.")


class NotPossibleNow(Refusal):
    """The case is in a state in which this cannot be done."""

    def __init__(self, action: str, state: str) -> None:
        super().__init__(
            "not-possible-now", "Dit kan niet meer: het dossier is intussen veranderd. Kijk hoe het er nu voor staat."
        )
        self.action = action
        self.state = state


class NoCodeFree(Refusal):
    """Chance gave only case codes that are taken."""

    def __init__(self) -> None:
        super().__init__("no-code-free", "Er is nu geen kenmerk vrij. Probeer het nog eens.")


class UnknownApiKey(Missing):
    """There is no such API key."""

    def __init__(self) -> None:
        super().__init__("unknown-api-key", "Deze API-sleutel bestaat niet.")
