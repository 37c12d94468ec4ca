"""What is refused when a training is over."""

from shared.kernel.city import City
from shared.kernel.errors import Refusal


class TrainingOver(Refusal):
    """The training of this trusted person counts no more: no new families."""

    def __init__(self, city: City) -> None:
        super().__init__(
            "training-over",
            "Je opleiding telt niet meer. Daarom kun je nu geen zorg doorgeven. Wat je al doorgaf, blijft staan. "
            f"Volg een nieuwe opleiding, of vraag {city.desk.in_sentence} om de zorg door te geven.",
        )
