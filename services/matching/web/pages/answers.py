"""What each button on the partner's page does. Returns the form; with errors nothing was changed."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request

from services.matching.commands import (
    AcceptReferral,
    CompleteHandover,
    DeclineReferral,
    DeliverHelp,
    FailHelp,
    RevertAcceptance,
    StartHelp,
)
from services.matching.domain.errors import (
    AddressTaken,
    ContactLeft,
    ContactUnknown,
    DayOutOfRange,
    FirstContactOutOfRange,
)
from services.matching.handlers.answers import accept_referral, decline_referral, revert_acceptance
from services.matching.handlers.progress import complete_handover, deliver_help, fail_help, start_help
from services.matching.web.dependencies import Doors
from services.matching.web.forms import AcceptForm, DeclineForm, FailForm, HandoverForm, StepForm, contact_in
from shared.access.links import LinkGrant
from shared.web.forms import Form, read_form

AnyForm = Form[Any]
Action = Callable[[Request, Doors, LinkGrant], Awaitable[AnyForm]]


async def accept(request: Request, doors: Doors, grant: LinkGrant) -> AnyForm:
    """Yes, with a contact person and a day."""
    form = await read_form(request, AcceptForm)
    contact = contact_in(form, doors.contact_details)
    if form.data is None or contact is None:
        return form
    command = AcceptReferral(grant.subject_id, contact, form.data.first_contact_on)
    try:
        async with doors.units.begin() as unit:
            await accept_referral(command, unit)
    except FirstContactOutOfRange as wrong:
        form.refuse("first_contact_on", wrong.message)
    except ContactUnknown as wrong:
        form.refuse("contact", wrong.message)
    except (AddressTaken, ContactLeft) as wrong:
        form.refuse("email", wrong.message)
    return form


async def decline(request: Request, doors: Doors, grant: LinkGrant) -> AnyForm:
    """No, with a reason."""
    form = await read_form(request, DeclineForm)
    if form.data is not None:
        async with doors.units.begin() as unit:
            await decline_referral(DeclineReferral(grant.subject_id, form.data.reason), unit)
    return form


async def revert(_: Request, doors: Doors, grant: LinkGrant) -> AnyForm:
    """The yes is taken back."""
    async with doors.units.begin() as unit:
        await revert_acceptance(RevertAcceptance(grant.subject_id), unit)
    return Form()


async def hand_over(request: Request, doors: Doors, grant: LinkGrant) -> AnyForm:
    """The family was handed over."""
    form = await read_form(request, HandoverForm)
    if form.data is not None:
        command = CompleteHandover(grant.subject_id, form.data.on, grant.holder_id, form.data.kind)
        try:
            async with doors.units.begin() as unit:
                await complete_handover(command, unit)
        except DayOutOfRange as wrong:
            form.refuse("on", wrong.message)
    return form


async def start(request: Request, doors: Doors, grant: LinkGrant) -> AnyForm:
    """The help began."""
    form = await read_form(request, StepForm)
    if form.data is not None:
        try:
            async with doors.units.begin() as unit:
                await start_help(StartHelp(grant.subject_id, form.data.on, grant.holder_id), unit)
        except DayOutOfRange as wrong:
            form.refuse("on", wrong.message)
    return form


async def deliver(request: Request, doors: Doors, grant: LinkGrant) -> AnyForm:
    """The help was given."""
    form = await read_form(request, StepForm)
    if form.data is not None:
        try:
            async with doors.units.begin() as unit:
                await deliver_help(DeliverHelp(grant.subject_id, form.data.on, grant.holder_id), unit)
        except DayOutOfRange as wrong:
            form.refuse("on", wrong.message)
    return form


async def fail(request: Request, doors: Doors, grant: LinkGrant) -> AnyForm:
    """The help stopped."""
    form = await read_form(request, FailForm)
    if form.data is not None:
        async with doors.units.begin() as unit:
            await fail_help(FailHelp(grant.subject_id, form.data.failure, grant.holder_id), unit)
    return form


ACTIONS: dict[str, Action] = {
    "accept": accept,
    "decline": decline,
    "revert": revert,
    "handover": hand_over,
    "start": start,
    "deliver": deliver,
    "fail": fail,
}
