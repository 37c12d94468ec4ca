"""Refusals about files with a social map, by name."""

from shared.kernel.errors import Missing, Refusal


class ImportUnknown(Missing):
    """There is no such file (any more)."""

    def __init__(self) -> None:
        super().__init__("map-import-unknown", "Dit bestand is er niet (meer). Lees het opnieuw in.")


class ImportOver(Refusal):
    """It was taken over before, or is too old."""

    def __init__(self) -> None:
        super().__init__(
            "map-import-over", "Dit voorbeeld kun je niet meer overnemen. Lees het bestand opnieuw in als dat nodig is."
        )


class NothingToTakeOver(Refusal):
    """The file changes nothing."""

    def __init__(self) -> None:
        super().__init__("map-import-empty", "Er is niets om over te nemen.")


class NothingToUndo(Refusal):
    """It is taken back already, or another one was taken over after it."""

    def __init__(self) -> None:
        super().__init__("map-import-not-last", "Alleen wat het laatst is overgenomen, kun je terugdraaien.")


class ImportBusy(Refusal):
    """Another file is being taken over or back."""

    def __init__(self) -> None:
        super().__init__(
            "map-import-busy", "Er wordt nu al een bestand overgenomen of teruggedraaid. Wacht tot dat klaar is."
        )
