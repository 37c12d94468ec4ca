"""Which event sets which handler to work."""

from collections.abc import Awaitable, Callable
from typing import Any

from services.matching.handlers.answers import ask_next_after_silence
from services.matching.handlers.cases import (
    ask_for_urgent_need,
    await_inventory,
    erase_case,
    go_on,
    propose_partners,
    remember_case,
    replace_ambassador,
    stop_for_closing,
    stop_for_withdrawal,
)
from services.matching.ports import MatchingUnit
from shared.events.base import Event
from shared.events.intake import (
    AmbassadorReplaced,
    CaseClosed,
    CaseErased,
    CaseReopened,
    CaseWithdrawn,
    NeedsAssessed,
    NewQuestionRaised,
    RequestReceived,
    UrgentNeedRaised,
)
from shared.events.monitoring import ResponseExpired

LISTENS_TO = ("intake", "monitoring")

# Any: each handler takes its own class of event, and the table says which.
HANDLERS: dict[type[Event], Callable[[Any, MatchingUnit], Awaitable[None]]] = {
    RequestReceived: remember_case,
    UrgentNeedRaised: ask_for_urgent_need,
    NeedsAssessed: propose_partners,
    AmbassadorReplaced: replace_ambassador,
    NewQuestionRaised: await_inventory,
    CaseReopened: go_on,
    CaseWithdrawn: stop_for_withdrawal,
    CaseClosed: stop_for_closing,
    CaseErased: erase_case,
    ResponseExpired: ask_next_after_silence,
}
