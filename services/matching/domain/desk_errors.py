"""What the desk is refused on a need, in words that say what to do."""

from collections.abc import Mapping
from typing import Final

from services.matching.domain.case import CaseState, NeedState
from shared.kernel.errors import Invalid, Missing, Refusal

_CASES: Final[Mapping[CaseState, str]] = {
    CaseState.ON_HOLD: "Deze aanvraag is gepauzeerd.",
    CaseState.PAUSED: "Het gezin heeft rust. Er kan nu niemand gevraagd worden. Na de rust gaat het zoeken verder.",
    CaseState.CLOSED: "Dit dossier is afgesloten. Er kan niemand gevraagd worden. Doe het dossier eerst weer open.",
    CaseState.WITHDRAWN: "De aanvraag is ingetrokken. Er kan niemand meer gevraagd worden.",
}
_NEEDS: Final[Mapping[NeedState, str]] = {
    NeedState.WITH_PARTNER: "Er is al een partner mee bezig. Kijk hieronder wie dat is.",
    NeedState.DELIVERED: "De hulp is al gegeven. Het gezin vertelt nog of het geholpen heeft.",
    NeedState.MET: "Deze hulpvraag is klaar: het gezin is geholpen.",
    NeedState.FAMILY_DECIDES: "De hulp is gestopt. Vraag eerst of het gezin iemand anders wil.",
    NeedState.STOPPED: "Het gezin wil hiervoor niemand anders.",
    NeedState.GONE: "Deze hulpvraag is niet meer nodig. Er kan niemand gevraagd worden.",
}


class NeedUnknown(Missing):
    """There is no such need (any more)."""

    def __init__(self) -> None:
        super().__init__("need-unknown", "Deze hulpvraag kennen we niet (meer).")


class CaseNotOpen(Refusal):
    """The family rests, or the case is over: nobody is asked."""

    def __init__(self, state: CaseState) -> None:
        super().__init__("case-not-open", _CASES[state])


class ConsentOutgrown(Refusal):
    """The child grew, and who must consent now did not yet."""

    def __init__(self) -> None:
        super().__init__(
            "consent-outgrown",
            "De toestemming past niet meer bij de leeftijd van het kind. "
            "Er kan niemand gevraagd worden tot er opnieuw toestemming is. Bel de "
            "contactpersoon.",
        )


class NeedNotSought(Refusal):
    """Nobody is sought for this need now."""

    def __init__(self, state: NeedState) -> None:
        super().__init__("need-not-sought", _NEEDS[state])


class NobodyAsked(Refusal):
    """There is no open question that could be taken back."""

    def __init__(self) -> None:
        super().__init__("nobody-asked", "Er staat geen vraag open. Er is niemand om over te slaan.")


class ChangedMeanwhile(Refusal):
    """Somebody did something with this need since the page was opened: a colleague, or the partner."""

    def __init__(self) -> None:
        super().__init__(
            "changed-meanwhile",
            "Er is intussen iets veranderd bij deze hulpvraag. Er is nu niets gedaan. Kijk hoe het staat, en kies dan "
            "opnieuw.",
        )


class FamilyDoesNotWant(Refusal):
    """The family said that it does not want this organisation."""

    def __init__(self) -> None:
        super().__init__("family-does-not-want", "Het gezin wil deze organisatie liever niet. Kies een andere.")


class NobodyToAsk(Refusal):
    """The offer has no contact person who is still there."""

    def __init__(self) -> None:
        super().__init__(
            "nobody-to-ask",
            "Dit aanbod heeft nu geen contactpersoon. Kies een ander, of vraag iemand buiten de kaart.",
        )


class AlreadyTakesPart(Invalid):
    """The address is of somebody of an organisation that is on the map."""

    def __init__(self) -> None:
        super().__init__(
            "email",
            "Dit e-mailadres is van iemand die al meedoet. Zoek de organisatie op de kaart en vraag haar daar.",
            code="already-takes-part",
        )


class UntilOutOfRange(Invalid):
    """The day until which the desk waits is today, in the past, or too far away."""

    def __init__(self, at_most_days: int) -> None:
        super().__init__(
            "until", f"Kies een dag vanaf morgen en binnen {at_most_days} dagen.", code="until-out-of-range"
        )


class AlreadySought(Refusal):
    """The search goes on already."""

    def __init__(self) -> None:
        super().__init__("already-sought", "Er wordt al gezocht voor deze hulpvraag. Je hoeft niets te doen.")
