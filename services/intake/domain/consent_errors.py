"""Why a consent does not count: the text was not there yet, or the child grew."""

from collections.abc import Sequence

from services.intake.domain.errors import WHO_CONSENTS
from shared.events.base import ConsentGiver
from shared.kernel.errors import Invalid, Refusal


class ConsentTextNotYet(Invalid):
    """On the day of the consent nobody was asked this text."""

    def __init__(self, asked: Sequence[str]) -> None:
        those = f" Kies een van deze: {', '.join(asked)}." if asked else " Kijk de datum na."
        super().__init__(
            "consent.textVersion",
            f"Deze tekst was er nog niet op de dag van de toestemming.{those}",
            example=asked[-1] if asked else None,
            code="consent-text-not-yet",
        )


class ConsentOutgrown(Refusal):
    """The child grew since the consent was given, and somebody else must give it now."""

    def __init__(self, right: ConsentGiver) -> None:
        super().__init__(
            "consent-outgrown",
            f"Het kind is ouder geworden. {WHO_CONSENTS[right]} Vraag eerst opnieuw toestemming, en vul die in bij "
            "het dossier. Daarna kan dit wel.",
        )
