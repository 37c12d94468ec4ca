"""What each button on the partner's page does: the form that belongs to it, and the handler that it sets to work."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from services.matching.commands import (
    AcceptReferral,
    CompleteHandover,
    DeclineReferral,
    DeliverHelp,
    FailHelp,
    StartHelp,
)
from services.matching.handlers.partner_answers import accept_referral, decline_referral, revert_acceptance
from services.matching.handlers.progress import complete_handover, deliver_help, fail_help, start_help
from services.matching.ports import MatchingUnit
from services.matching.web.forms import AcceptForm, DeclineForm, FailForm, HandoverForm, RevertForm, StepForm
from shared.access.links import LinkGrant

FormT = TypeVar("FormT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class PartnerAction(Generic[FormT]):
    """One button. `perform` raises what the handler refuses; `Invalid` belongs at a field of the form."""

    form: type[FormT]
    perform: Callable[[FormT, LinkGrant, MatchingUnit], Awaitable[object]]


def _accept(form: AcceptForm, grant: LinkGrant, unit: MatchingUnit) -> Awaitable[object]:
    return accept_referral(AcceptReferral(grant.subject_id, form.chosen_contact(), form.first_contact_on), unit)


def _decline(form: DeclineForm, grant: LinkGrant, unit: MatchingUnit) -> Awaitable[object]:
    return decline_referral(DeclineReferral(grant.subject_id, form.reason), unit)


def _revert(_: RevertForm, grant: LinkGrant, unit: MatchingUnit) -> Awaitable[object]:
    return revert_acceptance(grant.subject_id, unit)


def _hand_over(form: HandoverForm, grant: LinkGrant, unit: MatchingUnit) -> Awaitable[object]:
    return complete_handover(CompleteHandover(grant.subject_id, form.on, grant.holder_id, form.kind), unit)


def _start(form: StepForm, grant: LinkGrant, unit: MatchingUnit) -> Awaitable[object]:
    return start_help(StartHelp(grant.subject_id, form.on, grant.holder_id), unit)


def _deliver(form: StepForm, grant: LinkGrant, unit: MatchingUnit) -> Awaitable[object]:
    return deliver_help(DeliverHelp(grant.subject_id, form.on, grant.holder_id), unit)


def _fail(form: FailForm, grant: LinkGrant, unit: MatchingUnit) -> Awaitable[object]:
    return fail_help(FailHelp(grant.subject_id, form.failure, grant.holder_id), unit)


# By the value of the button (`choice`).
ACTIONS: Mapping[str, PartnerAction[Any]] = {
    "accept": PartnerAction(AcceptForm, _accept),
    "decline": PartnerAction(DeclineForm, _decline),
    "revert": PartnerAction(RevertForm, _revert),
    "handover": PartnerAction(HandoverForm, _hand_over),
    "start": PartnerAction(StepForm, _start),
    "deliver": PartnerAction(StepForm, _deliver),
    "fail": PartnerAction(FailForm, _fail),
}
