"""What an ambassador may worry about before a family asks anything, with what to ask next."""

from pydantic import Field

from shared.kernel.city.codes import Noun
from shared.kernel.city.values import Words


class Signal(Noun):
    """One kind of worry, and questions that help a conversation on; never a verdict about a family."""

    ask: tuple[Words, ...] = Field(
        strict=False, min_length=1, max_length=6, description="What the ambassador could ask, in plain words.",
        examples=[["Lukt het om elke dag warm te eten?"]],
    )  # fmt: skip
