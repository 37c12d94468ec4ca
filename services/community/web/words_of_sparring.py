"""Codes of questions to colleagues in words."""

from collections.abc import Mapping
from typing import Final

from services.community.domain.sparring import AskState, QuestionState
from services.community.domain.sparring_turn import Skipped

QUESTIONS: Final[Mapping[QuestionState, tuple[str, str]]] = {
    QuestionState.ASKED: ("wacht op antwoord", "attention"),
    QuestionState.ANSWERED: ("er is een antwoord", "good"),
    QuestionState.HELPED: ("geholpen", "good"),
    QuestionState.TURNED: ("verder als aanvraag", "neutral"),
    QuestionState.WITHDRAWN: ("door jou weggehaald", "neutral"),
}
# Who declined and who was silent are told as one: nobody has to say why.
ASKS: Final[Mapping[AskState, str]] = {
    AskState.SENT: "gevraagd",
    AskState.ANSWERED: "gaf antwoord",
    AskState.PASSED_ON: "gaf de vraag door",
    AskState.DECLINED: "geen antwoord",
    AskState.LAPSED: "geen antwoord",
}
SKIPPED: Final[Mapping[Skipped, str]] = {
    Skipped.PAUSED: "neemt rust",
    Skipped.AWAY: "is er niet",
    Skipped.ENOUGH_THIS_WEEK: "is deze week al vaak genoeg gevraagd",
    Skipped.AT_LIMIT: "heeft nu genoeg te doen",
}
