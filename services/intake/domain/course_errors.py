"""Why the course of a case cannot be as somebody asks: its closing, its rest, who reads along, what is given back."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from shared.kernel.errors import Invalid, Refusal, SeveralInvalid


class ResultMissing(SeveralInvalid):
    """A case is closed only when it is told of each need what became of it."""

    def __init__(self, need_ids: Sequence[UUID]) -> None:
        super().__init__([
            Invalid(
                f"results.{need_id}", "Kies wat er van deze hulpvraag kwam.", example="met", code="result-missing"
            )
            for need_id in need_ids
        ])  # fmt: skip


class NotAllMet(Invalid):
    """The reason says that all is met, and one of the results says otherwise."""

    def __init__(self) -> None:
        super().__init__(
            "reason",
            "Nog niet alles is geregeld. Laat het dossier open: dan blijven wij vragen hoe het gaat. "
            "Of kies een andere reden.",
            example="family-continues-alone",
            code="not-all-met",
        )


class PauseOutOfRange(Invalid):
    """A rest ends on a day after today, and not later than the city allows."""

    def __init__(self, example: date, weeks: int) -> None:
        super().__init__(
            "until",
            f"Kies een dag na vandaag, en binnen {weeks} weken.",
            example=example.isoformat(),
            code="pause-out-of-range",
        )


class VisitYetToCome(Refusal):
    """A visit takes place on its day, not before; that it does not go on may be told earlier."""

    def __init__(self) -> None:
        super().__init__(
            "visit-yet-to-come",
            "Het huisbezoek is nog niet geweest: de dag komt nog. Verzet eerst de dag als het eerder was.",
        )


class NotTalkedYet(Refusal):
    """Before the talk with the family is there, it says itself what is needed."""

    def __init__(self) -> None:
        super().__init__("not-talked-yet", "Het gesprek met het gezin is nog niet af. Verander daar wat er nodig is.")


class HelpRuns(Refusal):
    """Whoever helps with this need does not help with another kind of thing."""

    def __init__(self) -> None:
        super().__init__(
            "help-runs",
            "Voor deze hulpvraag helpt al iemand. Is er ook iets anders nodig? Voeg dan een nieuwe hulpvraag toe.",
        )


class NothingMissing(Invalid):
    """A request that is given back says what is missing."""

    def __init__(self) -> None:
        super().__init__("missing", "Kies wat er mist.", example="for-whom", code="nothing-missing")


class NobodyToReadAlong(Invalid):
    """Who reads along is another active person of the same school."""

    def __init__(self, example: UUID) -> None:
        super().__init__(
            "secondReaderId", "Kies een collega van dezelfde school.", example=str(example), code="unknown-reader"
        )
