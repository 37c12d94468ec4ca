"""What an ambassador may worry about before a family asks anything, with what to ask next."""

from typing import Annotated

from pydantic import Field

from shared.kernel.city.codes import CODE, Noun
from shared.kernel.city.values import Text, Words


class Signal(Noun):
    """One kind of worry, and questions that help a conversation on; never a verdict about a family."""

    ask: tuple[Words, ...] = Field(
        strict=False, min_length=1, max_length=6, description="What the ambassador could ask, in plain words.",
        examples=[["Lukt het om elke dag warm te eten?"]],
    )  # fmt: skip
    explanation: Text | None = Field(
        None, max_length=300, description="One or two sentences: how somebody notices it in a conversation.",
        examples=["Het kind komt zonder ontbijt, of eet op school veel."],
    )  # fmt: skip
    suggests: tuple[Annotated[str, Field(pattern=CODE)], ...] = Field(
        (), strict=False, max_length=12, description="Codes of [categories] that may help; never a score.",
        examples=[["food"]],
    )  # fmt: skip
