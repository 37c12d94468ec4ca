"""What monitoring refuses, by name."""

from datetime import datetime
from uuid import UUID

from shared.kernel.errors import Gone, Invalid, Missing, Refusal


class UnknownCase(LookupError):
    """A fact about a case that nobody ever asked for; it is parked, so that a person sees it."""


class UnknownReferral(LookupError):
    """A fact about a referral that was never activated; it is parked, so that a person sees it."""


class CaseNotFound(Missing):
    """There is no such case on the board."""

    def __init__(self) -> None:
        super().__init__("case-not-found", "Dit dossier staat niet op het bord.")


class FollowUpNotFound(Missing):
    """There is no such follow-up (any more)."""

    def __init__(self) -> None:
        super().__init__("follow-up-not-found", "Deze vraag kennen we niet (meer).")


class FollowUpAlreadyAnswered(Refusal):
    """The ambassador answered this before, or cannot change it any more: the answer that was given counts."""

    def __init__(self) -> None:
        super().__init__("follow-up-already-answered", "Deze vraag is al beantwoord. Dank je wel.")


class FollowUpNotAsked(Refusal):
    """Its time has not come."""

    def __init__(self) -> None:
        super().__init__("follow-up-not-asked", "Deze vraag is nog niet gesteld.")


class CaseNotWatched(Gone):
    """The case is closed, withdrawn or erased: there is nothing to answer any more."""

    def __init__(self) -> None:
        super().__init__("case-not-watched", "Dit dossier is afgerond. Je hoeft niets meer te doen.")


class PointNotFound(Missing):
    """This point was never on the list of this case."""

    def __init__(self) -> None:
        super().__init__("point-not-found", "Dit punt kennen we niet. Begin bij de aanvraag.")


class EscalationNotOpen(Refusal):
    """Somebody resolved it before, or it went away by itself."""

    def __init__(self) -> None:
        super().__init__("escalation-not-open", "Dit punt is al opgelost.")


class PointTaken(Refusal):
    """A colleague has this point: `owner_id`, since then."""

    def __init__(self, owner_id: UUID, since: datetime) -> None:
        super().__init__("point-taken", "Een collega heeft dit punt al opgepakt.")
        self.owner_id = owner_id
        self.since = since


class PointChanged(Refusal):
    """Somebody did something with this point since it was read."""

    def __init__(self) -> None:
        super().__init__("point-changed", "Dit punt is net veranderd. Kijk eerst hoe het er nu mee staat.")


class NotOfTheDesk(Invalid):
    """A point goes to somebody of the desk who still works there."""

    def __init__(self) -> None:
        super().__init__("to", "Deze collega kennen we niet. Kies een van de namen.", code="not-of-the-desk")


class CannotWait(Invalid):
    """This point does not wait: a child is out of sight, or it is about what is needed today."""

    def __init__(self) -> None:
        super().__init__(
            "until", "Dit punt kan niet wachten. Het kind is uit het oog, of er is vandaag hulp nodig.",
            code="point-cannot-wait",
        )  # fmt: skip


class WrongDayToWaitFor(Invalid):
    """It lies behind us, or too far ahead."""

    def __init__(self, most_days: int, example: str) -> None:
        super().__init__(
            "until", f"Kies een dag na vandaag, en hooguit {most_days} dagen later.",
            example=example, code="wrong-day-to-wait-for",
        )  # fmt: skip


class SolvedElsewhere(Refusal):
    """Nobody was found: what happens now is chosen at the need."""

    def __init__(self) -> None:
        super().__init__(
            "solved-elsewhere", "Bij dit punt kies je eerst bij de hulpvraag wat er gebeurt. Dan gaat het vanzelf weg."
        )


class NotOnThisList(Refusal):
    """It is a point of another school, or of another cause, than the list that it was ticked on."""

    def __init__(self) -> None:
        super().__init__("not-on-this-list", "Dit punt hoort niet bij deze lijst. Open het bij de aanvraag zelf.")


class AskedToday(Refusal):
    """The ambassador had this mail today already."""

    def __init__(self) -> None:
        super().__init__("asked-today", "Deze contactpersoon kreeg vandaag al een mail hierover. Morgen kan het weer.")


class SavedViewNotFound(Missing):
    """There is no such view, or it is somebody else's own."""

    def __init__(self) -> None:
        super().__init__("saved-view-not-found", "Deze weergave is er niet (meer).")


class ViewOfColleague(Refusal):
    """A colleague's view of the team has this title."""

    def __init__(self) -> None:
        super().__init__(
            "view-of-colleague", "Een collega maakte voor het team al een weergave met deze naam. Kies een andere naam."
        )


class TooManySavedViews(Refusal):
    """Nobody finds anything in a list as long as that."""

    def __init__(self, most: int) -> None:
        super().__init__(
            "too-many-saved-views", f"Er zijn al {most} weergaven. Verwijder er eerst een die je niet meer gebruikt."
        )


class ReadingPointNotFound(Missing):
    """Nobody has to look into this, or a colleague did."""

    def __init__(self) -> None:
        super().__init__("reading-point-not-found", "Dit punt is er niet (meer). Een collega heeft het al uitgezocht.")


class YourOwnReading(Refusal):
    """Who read does not say that it was all right."""

    def __init__(self) -> None:
        super().__init__("your-own-reading", "Dit gaat over jou. Een collega zoekt het uit.")
