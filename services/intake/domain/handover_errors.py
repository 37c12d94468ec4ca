"""Why a family, or a worry, cannot go to another ambassador."""

from datetime import date

from shared.kernel.city import City
from shared.kernel.errors import Invalid


class UnknownSuccessor(Invalid):
    """Whoever takes over is an active ambassador of the chosen organisation."""

    def __init__(self, city: City) -> None:
        super().__init__(
            "ambassadorId",
            f"Kies een {city.ambassador} van deze school of organisatie.",
            example="01890a5d-ac96-774b-bcce-b302099a8057",
            code="unknown-successor",
        )


class ToldOutOfRange(Invalid):
    """A family was told today or before; `example` is such a day."""

    def __init__(self, example: date) -> None:
        super().__init__(
            "toldOn",
            "De dag waarop het gezin het hoorde, is vandaag of eerder. Weet het gezin het nog niet? Laat dit dan leeg.",
            example=example.isoformat(),
            code="told-out-of-range",
        )


class TooManyAtOnce(Invalid):
    """So many go in one time, that what happens can be looked at."""

    def __init__(self, most: int) -> None:
        super().__init__("cases", f"Kies er hooguit {most} tegelijk.", example=str(most), code="too-many-at-once")
