"""Refusals about joining and about entries, by name."""

from collections.abc import Mapping
from typing import Any

from shared.kernel.errors import Missing, Refusal


class ApplicationUnknown(Missing):
    """There is no such request to join (any more)."""

    def __init__(self) -> None:
        super().__init__("application-unknown", "Deze aanmelding is er niet (meer).")


class ApplicationSettled(Refusal):
    """Somebody of the desk said yes or no before, or the address is not confirmed."""

    def __init__(self) -> None:
        super().__init__("application-settled", "Over deze aanmelding is al beslist. Kijk hieronder hoe het nu staat.")


class ProposalUnknown(Missing):
    """There is no such proposal (any more)."""

    def __init__(self) -> None:
        super().__init__("proposal-unknown", "Dit voorstel is er niet (meer).")


class ProposalSettled(Refusal):
    """Somebody of the desk said yes or no before, or the organisation proposed something newer."""

    def __init__(self) -> None:
        super().__init__("proposal-settled", "Over dit voorstel is al beslist, of er is een nieuwer voorstel.")


class EntryChanged(Refusal):
    """Somebody else changed the same fields in the meantime: nothing was saved. `now` is what stands in them."""

    def __init__(self, now: Mapping[str, Any], version: int) -> None:
        super().__init__(
            "entry-changed", "Iemand anders veranderde intussen hetzelfde. Er is nog niets bewaard. Kies wat klopt."
        )
        self.now = now
        self.version = version


class EverydayWordUnknown(Missing):
    """There is no such everyday word (any more)."""

    def __init__(self) -> None:
        super().__init__("everyday-word-unknown", "Dit zoekwoord is er niet (meer).")


class EverydayWordChanged(Refusal):
    """Somebody else changed or removed it since the page was opened: nothing was done."""

    def __init__(self) -> None:
        super().__init__(
            "everyday-word-changed",
            "Iemand anders veranderde dit zoekwoord intussen. Er is nu niets gedaan. Kijk hoe het staat.",
        )


class EverydayWordExists(Refusal):
    """The desk keeps this word already, maybe written otherwise."""

    def __init__(self) -> None:
        super().__init__("everyday-word-exists", "Dit zoekwoord staat al in de lijst. Verander het daar.")


class TooManyEverydayWords(Refusal):
    """The list is full."""

    def __init__(self, most: int) -> None:
        super().__init__("too-many-everyday-words", f"Er staan al {most} zoekwoorden. Haal eerst woorden weg.")
