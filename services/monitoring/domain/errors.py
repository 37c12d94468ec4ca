"""What monitoring refuses, by name."""

from shared.kernel.errors import Gone, Missing, Refusal


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


class EscalationNotOpen(Refusal):
    """Somebody resolved it before, or it was never there."""

    def __init__(self) -> None:
        super().__init__("escalation-not-open", "Dit punt is al opgelost.")


class SavedViewNotFound(Missing):
    """There is no such view, or it is somebody else's own."""

    def __init__(self) -> None:
        super().__init__("saved-view-not-found", "Deze weergave is er niet (meer).")


class TooManySavedViews(Refusal):
    """Nobody finds anything in a list as long as that."""

    def __init__(self, most: int) -> None:
        super().__init__(
            "too-many-saved-views", f"Er zijn al {most} weergaven. Verwijder er eerst een die je niet meer gebruikt."
        )
