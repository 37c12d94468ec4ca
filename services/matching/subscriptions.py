"""Which event sets which handler to work."""

from services.matching.handlers.cases import (
    ask_before_inventory,
    ask_nobody_new,
    await_inventory,
    erase_case,
    follow_new_ambassador,
    go_on,
    go_on_after_rest,
    go_on_with_consent,
    propose_partners,
    remember_case,
    rest,
    stop_for_closing,
)
from services.matching.handlers.corrections import follow_correction
from services.matching.handlers.entry_doubts import doubt_entries
from services.matching.handlers.holding import go_on_after_hold, stand_still
from services.matching.handlers.partner_answers import ask_next_after_silence
from services.matching.handlers.secret_address import hide_address, show_address
from services.matching.handlers.stopping import stop_for_withdrawal, stop_with_partner
from services.matching.handlers.unwanted import leave_out
from services.matching.ports import MatchingUnit
from shared.access.limits import keep_limit, lift_limit
from shared.events.care import LoadLimitLifted, LoadLimitReached
from shared.events.consents import PartnerConsentWithdrawn
from shared.events.family_safety import AddressHidden, AddressShown, SafetyHoldLifted, SafetyHoldSet
from shared.events.family_voice import OrganisationsExcluded
from shared.events.intake import (
    AmbassadorReplaced,
    CaseClosed,
    CaseCorrected,
    CaseErased,
    CasePaused,
    CaseReopened,
    CaseResumed,
    CaseWithdrawn,
    ConsentOutgrown,
    ConsentRenewed,
    NeedsAssessed,
    NewQuestionRaised,
    RequestReceived,
    UrgentNeedRaised,
)
from shared.events.monitoring import ResponseExpired
from shared.events.notify import AddressFlagged
from shared.messaging.subscriptions import Subscription, on

SUBSCRIPTIONS: tuple[Subscription[MatchingUnit], ...] = (
    on(LoadLimitReached, keep_limit),
    on(LoadLimitLifted, lift_limit),
    on(RequestReceived, remember_case),
    on(UrgentNeedRaised, ask_before_inventory),
    on(NeedsAssessed, propose_partners),
    on(CaseCorrected, follow_correction),
    on(NewQuestionRaised, await_inventory),
    on(AmbassadorReplaced, follow_new_ambassador),
    on(CaseReopened, go_on),
    on(CasePaused, rest),
    on(CaseResumed, go_on_after_rest),
    on(ConsentOutgrown, ask_nobody_new),
    on(ConsentRenewed, go_on_with_consent),
    on(PartnerConsentWithdrawn, stop_with_partner),
    on(OrganisationsExcluded, leave_out),
    on(AddressHidden, hide_address),
    on(AddressShown, show_address),
    on(SafetyHoldSet, stand_still),
    on(SafetyHoldLifted, go_on_after_hold),
    on(CaseWithdrawn, stop_for_withdrawal),
    on(CaseClosed, stop_for_closing),
    on(CaseErased, erase_case),
    on(ResponseExpired, ask_next_after_silence),
    on(AddressFlagged, doubt_entries),
)
