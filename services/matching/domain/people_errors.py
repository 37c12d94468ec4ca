"""What is refused about people of the network, by name."""

from services.matching.domain.leaving import Hanging
from shared.kernel.city import City
from shared.kernel.errors import Invalid, Missing, Refusal


class ContactMissing(Missing):
    """Nobody was named so, or at another organisation."""

    def __init__(self) -> None:
        super().__init__("contact-missing", "Deze contactpersoon kennen we niet (meer).")


class ContactSettled(Refusal):
    """Somebody decided about this contact already, or the yes that named them was taken back."""

    def __init__(self) -> None:
        super().__init__("contact-settled", "Hierover is al besloten. Kijk hieronder hoe het nu staat.")


class TooManyNamed(Refusal):
    """Through links, only so many people are named for one question."""

    def __init__(self, city: City) -> None:
        super().__init__(
            "too-many-named",
            f"Voor deze hulpvraag zijn al vaak andere mensen doorgegeven. Bel {city.desk.in_sentence}.",
        )


class NotTheirLead(Missing):
    """Who their colleagues are, only leads of the organisation say."""

    def __init__(self) -> None:
        super().__init__("not-their-lead", "Deze contactpersoon kennen we niet (meer).")


class ChangedMeanwhile(Refusal):
    """Somebody else changed this person since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "changed-meanwhile",
            "Iemand anders heeft dit net veranderd. Hieronder staat hoe het nu is. Kijk het na en doe het dan opnieuw.",
        )


class StillHanging(Refusal):
    """Families, questions or offers hang on this person, or on this role of theirs."""

    def __init__(self, hanging: Hanging) -> None:
        super().__init__(
            "still-hanging",
            "Dit kan nog niet: er hangt nog werk aan deze persoon. Geef dat eerst over. Hieronder staat wat.",
        )
        self.hanging = hanging


class LastCoordinator(Refusal):
    """Without a coordinator nobody looks after what is stuck."""

    def __init__(self, city: City) -> None:
        super().__init__(
            "last-coordinator",
            f"Dit is de laatste persoon van {city.desk.in_sentence}. Voeg eerst iemand anders toe.",
        )


class RoleUnknown(Refusal):
    """The person has no such role there (any more)."""

    def __init__(self) -> None:
        super().__init__("role-unknown", "Deze persoon heeft die rol daar niet (meer).")


class OrganisationUnknown(Invalid):
    """The organisation is not on the map."""

    def __init__(self) -> None:
        super().__init__("organisation", "Kies een organisatie uit de lijst.", code="organisation-unknown")


class DeputyUnsuitable(Invalid):
    """A deputy is another active person of one of the same organisations."""

    def __init__(self) -> None:
        super().__init__(
            "deputy", "Kies een collega van dezelfde organisatie, die zelf meedoet.", code="deputy-unsuitable"
        )


class AbsenceOutOfRange(Invalid):
    """The last day away is in the past, or before the first."""

    def __init__(self) -> None:
        super().__init__(
            "away_until", "Kies een laatste dag vanaf vandaag, en niet vóór de eerste dag.", code="absence-out-of-range"
        )


class LeavingInThePast(Invalid):
    """Somebody leaves now, or on a day that comes."""

    def __init__(self) -> None:
        super().__init__("leaves_on", "Kies een dag vanaf morgen, of kies nu.", code="leaving-in-the-past")


class PhoneMissing(Invalid):
    """Somebody with this role is called, and has no number."""

    def __init__(self) -> None:
        super().__init__(
            "phone",
            "De contactpersoon van het gezin belt een vertrouwenspersoon. Vul eerst een telefoonnummer in.",
            example="010 123 45 67",
            code="phone-missing",
        )


class AlreadyInTheNetwork(Invalid):
    """The address is that of somebody who is known: they get a role more, instead of a second entry."""

    def __init__(self) -> None:
        super().__init__(
            "email",
            "Deze persoon staat er al. Zoek hem of haar op, en geef er daar een rol bij.",
            code="already-in-the-network",
        )
