"""Why a family, or a worry, cannot go to another ambassador."""

from datetime import date

from shared.events.care import OverLimitReason
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


class HasEnoughToDo(Invalid):
    """This person asks for no more; only the desk asks all the same, and says why."""

    def __init__(self) -> None:
        super().__init__(
            "ambassadorId",
            "Deze persoon heeft nu genoeg te doen. Kies iemand anders.",
            example="01890a5d-ac96-774b-bcce-b302099a8057",
            code="has-enough-to-do",
        )


class SayWhyAllTheSame(Invalid):
    """The desk asks somebody who has enough to do only with a reason, which that person reads."""

    def __init__(self) -> None:
        super().__init__(
            "overLimit",
            "Deze persoon heeft nu genoeg te doen. Kies iemand anders, of kies waarom je het toch vraagt.",
            example=OverLimitReason.AGREED.value,
            code="say-why-all-the-same",
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
