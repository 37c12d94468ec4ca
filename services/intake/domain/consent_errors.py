"""Why a consent does not count: the text was not there yet, or the child grew."""

from collections.abc import Sequence
from datetime import date

from services.intake.domain.consent import FieldSet
from services.intake.domain.errors import WHO_CONSENTS
from shared.events.base import ConsentGiver
from shared.kernel.errors import Invalid, Missing, Refusal


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


class ConsentNotInLanguage(Invalid):
    """The city never had this text in this language: nobody can have been asked it."""

    def __init__(self, language: str, known: Sequence[str]) -> None:
        others = f"Kies een van deze: {', '.join(known)}." if known else "Kies een andere tekst."
        super().__init__(
            "consent.language",
            f"Deze tekst is er niet in deze taal ({language}). {others}",
            example=next(iter(known), None),
            code="consent-not-in-language",
        )


class ConsentDayPassed(Invalid):
    """Consent until a day that was is no consent."""

    def __init__(self, example: date) -> None:
        super().__init__(
            "consent.until",
            "De laatste dag van de toestemming moet na vandaag liggen.",
            example=example.isoformat(),
            code="consent-day-passed",
        )


class UnknownPartnerKind(Invalid):
    """The city has no such kind of partner."""

    def __init__(self, kind: str, known: Sequence[str]) -> None:
        super().__init__(
            "consent.partnerKind",
            f"Deze soort partner ({kind}) kennen wij niet. Kies een van deze: {', '.join(known)}.",
            example=known[0],
            code="unknown-partner-kind",
        )


class NothingAllowed(Invalid):
    """A yes is a yes to something."""

    def __init__(self) -> None:
        super().__init__(
            "consent.fieldSets",
            "Kies wat de partner mag zien. Mag de partner niets zien? Kies dan nee.",
            example=FieldSet.REACH.value,
            code="nothing-allowed",
        )


class NothingToRead(Missing):
    """Of a family that shares nothing with this partner, and of one that is not there, a partner reads the same."""

    def __init__(self) -> None:
        super().__init__("nothing-to-read", "Hier is voor jou niets te lezen, of niet meer.")


class ConsentOutgrown(Refusal):
    """The child grew since the consent was given, and somebody else must give it now."""

    def __init__(self, right: ConsentGiver) -> None:
        super().__init__(
            "consent-outgrown",
            f"De toestemming past niet meer bij de leeftijd van het kind. "
            f"{WHO_CONSENTS[right]} Vraag eerst opnieuw toestemming, en vul die in bij "
            "het dossier. Daarna kan dit wel.",
        )
