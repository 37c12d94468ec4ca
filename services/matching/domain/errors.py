"""Refusals by name: facts about the world that a person can read and act on."""

from shared.kernel.city import City
from shared.kernel.errors import Invalid, Missing, NotAllowed, Refusal


class ReferralNotOpen(Refusal):
    """The question is no longer open: it was withdrawn, it expired, or somebody answered already."""

    def __init__(self, state: str) -> None:
        super().__init__("referral-not-open", "Deze vraag staat niet meer open.")
        self.state = state


class StepNotPossible(Refusal):
    """The referral is not in a state from which this step can be taken."""

    def __init__(self, state: str, step: str) -> None:
        super().__init__("step-not-possible", "Deze stap kan nu niet. Kijk hieronder hoe het nu staat.")
        self.state = state
        self.step = step


class MeetFirst(Refusal):
    """Help does not begin before family and partner met, or chose not to for a reason."""

    def __init__(self) -> None:
        super().__init__(
            "meet-first",
            "Eerst samen kennismaken. Laat weten dat jullie elkaar gezien hebben, of kies waarom dat niet samen kon.",
        )


class AlreadySaidYes(Refusal):
    """The partner said yes before, with another contact person or for another day."""

    def __init__(self, city: City) -> None:
        super().__init__(
            "already-said-yes",
            "Jullie hebben al ja gezegd. Wat toen is ingevuld, blijft staan. "
            f"Klopt het niet meer? Bel {city.desk.in_sentence}.",
        )


class SomebodyElseWasAsked(Refusal):
    """A no cannot be taken back any more: another partner has the question now."""

    def __init__(self, city: City) -> None:
        super().__init__(
            "somebody-else-was-asked",
            f"We hebben al iemand anders gevraagd. Kunnen jullie toch helpen? Bel {city.desk.in_sentence}.",
        )


class AnswerIsFinal(Refusal):
    """The time to change an answer is over."""

    def __init__(self, city: City) -> None:
        super().__init__(
            "answer-is-final", f"Je kunt dit antwoord niet meer zelf veranderen. Bel {city.desk.in_sentence}."
        )


class PartnerAlreadyActive(Refusal):
    """This need has an active partner already (promise P2)."""

    def __init__(self) -> None:
        super().__init__("partner-already-active", "Voor deze hulpvraag is al een partner gevraagd.")


class FirstContactOutOfRange(Invalid):
    """The day of first contact is in the past or too far away."""

    def __init__(self, at_most_days: int) -> None:
        super().__init__(
            "first_contact_on",
            f"Kies een dag vanaf vandaag en binnen {at_most_days} dagen.",
            code="first-contact-out-of-range",
        )


class DayOutOfRange(Invalid):
    """A step is reported for a day that has not come yet, or for one before the partner was asked."""

    def __init__(self) -> None:
        super().__init__(
            "on",
            "Kies vandaag, of een dag die al geweest is sinds de partner gevraagd werd.",
            code="day-out-of-range",
        )


class StartDayOutOfRange(Invalid):
    """The day from which a partner could help is today, in the past, or too far away."""

    def __init__(self, at_most_days: int) -> None:
        super().__init__(
            "from_day", f"Kies een dag vanaf morgen en binnen {at_most_days} dagen.", code="start-day-out-of-range"
        )


class FullUntilOutOfRange(Invalid):
    """The day until which a partner has no place is in the past, or too far away."""

    def __init__(self, at_most_days: int) -> None:
        super().__init__(
            "full_until", f"Kies een dag vanaf morgen en binnen {at_most_days} dagen.", code="full-until-out-of-range"
        )


class PlannedDayOutOfRange(Invalid):
    """The day to meet is in the past or too far away."""

    def __init__(self, at_most_days: int) -> None:
        super().__init__(
            "planned_on",
            f"Kies een dag vanaf vandaag en binnen {at_most_days} dagen.",
            code="planned-day-out-of-range",
        )


class RestNotSaid(Invalid):
    """Help helped for a part, and nobody said what happens with the rest."""

    def __init__(self) -> None:
        super().__init__("rest", "Kies wat er met de rest gebeurt.", code="rest-not-said")


class OfferUnknown(Invalid):
    """The service that a partner names instead of itself is not there, or is its own."""

    def __init__(self) -> None:
        super().__init__("service", "Kies een aanbod van een andere organisatie uit de lijst.", code="offer-unknown")


class ContactUnknown(Invalid):
    """The chosen contact person does not work at this organisation (any more)."""

    def __init__(self) -> None:
        super().__init__(
            "contact",
            "Deze contactpersoon kennen we niet. Kies iemand anders of vul de gegevens in.",
            code="contact-unknown",
        )


class ContactFull(Invalid):
    """The chosen colleague has enough to do, and another one has room."""

    def __init__(self) -> None:
        super().__init__("to", "Deze collega heeft nu genoeg te doen. Kies iemand anders.", code="contact-full")


class ContactLeft(Invalid):
    """The person with this e-mail address is known, and left."""

    def __init__(self, city: City) -> None:
        super().__init__(
            "email",
            f"De persoon met dit e-mailadres doet niet meer mee. Kies iemand anders, of bel {city.desk.in_sentence}.",
            code="contact-left",
        )


class AddressTaken(Invalid):
    """The e-mail address belongs to somebody else, perhaps of another organisation."""

    def __init__(self) -> None:
        super().__init__("email", "Dit e-mailadres hoort al bij iemand anders.", code="address-taken")


class PersonUnknown(Missing):
    """There is no such person in the network."""

    def __init__(self) -> None:
        super().__init__("person-unknown", "Deze persoon kennen we niet.")


class NotYourFamily(NotAllowed):
    """Somebody else of the school is the family's own ambassador."""

    def __init__(self, city: City) -> None:
        super().__init__(
            "not-your-family", f"Dit is voor de {city.ambassador} van dit gezin en voor {city.desk.in_sentence}."
        )


class ReferralUnknown(Missing):
    """There is no such referral (any more)."""

    def __init__(self) -> None:
        super().__init__("referral-unknown", "Deze hulpvraag kennen we niet (meer).")


class NotOnTheMap(Missing):
    """There is no such service or organisation (any more)."""

    def __init__(self) -> None:
        super().__init__("not-on-the-map", "Dit staat niet (meer) op de sociale kaart.")
