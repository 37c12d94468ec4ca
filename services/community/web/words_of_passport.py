"""Codes of the skills passport in words."""

from collections.abc import Mapping
from typing import Final

from services.community.domain.passport import EndorsementState, Helped, Source

SOURCE_OPTIONS: Final = (
    (Source.LEARNING.value, "Door een opleiding of cursus"),
    (Source.WORK.value, "Op mijn werk"),
    (Source.LIFE.value, "Door wat ik meemaakte"),
)
ENDORSEMENTS: Final[Mapping[EndorsementState, tuple[str, str]]] = {
    EndorsementState.ASKED: ("gevraagd", "attention"),
    EndorsementState.GIVEN: ("bevestigd", "good"),
    EndorsementState.REFUSED: ("niet bevestigd", "neutral"),
    EndorsementState.WITHDRAWN: ("ingetrokken", "neutral"),
}
HELPED_WORDS: Final = (
    (Helped.YES.value, "Ja"),
    (Helped.A_BIT.value, "Een beetje"),
    (Helped.NO.value, "Nee"),
)
